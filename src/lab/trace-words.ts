import { z } from 'zod';
import { DISPUTE_REASONS } from '../domain/account/dispute-reasons';
import { PAYERS, type AccountEvent } from '../domain/account/events';
import { DAY_COUNTS } from '../domain/agreement/rate';
import { AHEAD } from '../domain/ledger/loan';
import { COMPLAINT_CAUSES } from '../domain/account/complaint-causes';
import { LATE_REASONS, RESULT_CODES, type ResultCode, VISIT_CODES } from '../domain/account/result-codes';
import { isIsoDate } from '../domain/calendar/day';
import { instantOf } from '../domain/calendar/zone';
import { HOLD_EFFECTS } from '../domain/hold/effects';
import { withEnd } from '../domain/hold/guard';
import type { Instant, IsoDate, Minor, Zone } from '../domain/units';

/** Where a word stands: its day, its moment, and what the trace says for all of them. */
export interface Said {
  readonly day: IsoDate;
  readonly at: Instant;
  readonly id: string;
  readonly zone: Zone;
  /** The amount under that key, in minor units. */
  amount(key: string): Minor;
}

const day = z.string().refine(isIsoDate, 'must be a real day as YYYY-MM-DD');
const name = z.union([z.string().min(1), z.number()]).transform(String);
const amount = z.union([z.string(), z.number()], 'must be an amount such as 1200.50');
/** Percent a year, in the millionths of the core. */
const percent = z.number().min(0).max(100);
const ppm = (value: number): number => Math.round(value * 10_000);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const common = {
  time: z
    .string()
    .regex(/^\d{2}:\d{2}$/, 'must be HH:MM')
    .optional(),
  id: name.optional(),
};
const codes = Object.keys(RESULT_CODES) as [ResultCode, ...ResultCode[]];
const holds = Object.keys(HOLD_EFFECTS) as [keyof typeof HOLD_EFFECTS, ...(keyof typeof HOLD_EFFECTS)[]];

interface Word {
  readonly schema: z.ZodType;
  event(item: never, said: Said): AccountEvent;
}
function word<S extends z.ZodRawShape>(
  shape: S,
  event: (item: z.output<z.ZodObject<S & typeof common>>, said: Said) => AccountEvent,
): Word {
  return { schema: z.strictObject({ ...common, ...shape }), event };
}
const told = ({ id, at }: Said) => ({ id, at });
const given = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;

/** The words of a day, each with its own fields; docs/trace.md explains them. */
export const WORDS: Readonly<Record<string, Word>> = {
  obligation: word({ obligation: amount, due: day.optional(), name: name.optional() }, (item, said) => ({
    ...told(said),
    kind: 'obligation',
    obligation: item.name ?? said.id,
    due: item.due ?? said.day,
    amount: said.amount('obligation'),
  })),
  payment: word(
    {
      ...{ payment: amount, value_date: day.optional(), posted: day.optional() },
      ...{ pending: z.boolean().optional(), method: name.optional(), posts: name.optional() },
      payer: z.enum(PAYERS).optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'payment',
      amount: said.amount('payment'),
      valueDate: item.value_date ?? said.day,
      ...given({ pending: item.pending, method: item.method, postingDate: item.posted, posts: item.posts }),
      ...given({ payer: item.payer }),
    }),
  ),
  refund: word({ refund: amount, counts: z.boolean().default(false) }, (item, said) => ({
    ...told(said),
    kind: 'refund',
    amount: said.amount('refund'),
    valueDate: said.day,
    countsTowardsMinimum: item.counts,
  })),
  reverse: word(
    {
      reverse: name,
      reason: z.enum(['returned', 'chargeback', 'mistake']).default('returned'),
      undone: z.boolean().optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'reversal',
      of: item.reverse,
      reason: item.reason,
      ...given({ undone: item.undone }),
    }),
  ),
  adjustment: word({ adjustment: amount, of: name.optional() }, (item, said) => ({
    ...told(said),
    kind: 'adjustment',
    amount: said.amount('adjustment'),
    valueDate: said.day,
    ...given({ obligation: item.of }),
  })),
  charge: word(
    { charge: amount, of: z.enum(['costs', 'late-charge']).default('costs'), value_date: day.optional() },
    (item, said) => ({
      ...told(said),
      kind: 'charge',
      amount: said.amount('charge'),
      valueDate: item.value_date ?? said.day,
      component: item.of,
    }),
  ),
  payout: word({ payout: amount }, (_item, said) => ({
    ...told(said),
    kind: 'payout',
    amount: said.amount('payout'),
    valueDate: said.day,
  })),
  loan: word(
    {
      loan: z.strictObject({
        starts: day,
        day_count: z.enum(DAY_COUNTS),
        rate: percent,
        penalty_rate: percent.optional(),
        grace: z.int().min(0).optional(),
        late_charge: z
          .strictObject({ percent, least: amount, most: amount, tolerance: amount.default(0) })
          .optional(),
        cap: percent.optional(),
        ahead: z.enum(AHEAD).optional(),
      }),
    },
    ({ loan }, said) => ({
      ...told(said),
      kind: 'loan',
      ...{ startsOn: loan.starts, dayCount: loan.day_count, rate: ppm(loan.rate) },
      ...given({
        penaltyRate: loan.penalty_rate === undefined ? undefined : ppm(loan.penalty_rate),
        graceDays: loan.grace,
        lateCharge: loan.late_charge && {
          ppm: ppm(loan.late_charge.percent),
          least: said.amount('loan.late_charge.least'),
          most: said.amount('loan.late_charge.most'),
          tolerance: Number(loan.late_charge.tolerance) === 0 ? 0 : said.amount('loan.late_charge.tolerance'),
        },
        capRate: loan.cap === undefined ? undefined : ppm(loan.cap),
        ahead: loan.ahead,
      }),
    }),
  ),
  accelerate: word({ accelerate: z.boolean() }, (item, said) => ({
    ...told(said),
    kind: 'acceleration',
    ...given({ undone: item.accelerate ? undefined : true }),
  })),
  write_off: word({ write_off: z.boolean() }, (item, said) => ({
    ...told(said),
    kind: 'write-off',
    ...given({ undone: item.write_off ? undefined : true }),
  })),
  host: word(
    {
      host: z.strictObject({
        past_due: amount,
        balance: amount,
        oldest_due: day.nullable().default(null),
        cycles: z.int().nonnegative().default(0),
        next_due: day.optional(),
        next_amount: amount.optional(),
        statement: day.optional(),
        as_of: z.iso.datetime().optional(),
      }),
    },
    ({ host }, said) => ({
      ...told(said),
      kind: 'host-update',
      figures: {
        asOf: host.as_of === undefined ? said.at : new Date(host.as_of).toISOString(),
        pastDue: said.amount('host.past_due'),
        oldestDue: host.oldest_due,
        cycles: host.cycles,
        balance: said.amount('host.balance'),
        ...given({
          nextDue: host.next_due,
          nextAmount: host.next_amount === undefined ? undefined : said.amount('host.next_amount'),
          statementDate: host.statement,
        }),
      },
    }),
  ),
  facts: word({ facts: z.record(z.string(), scalar) }, ({ facts }, said) => ({
    ...told(said),
    kind: 'facts',
    facts,
  })),
  dispute: word(
    {
      dispute: z.enum(DISPUTE_REASONS),
      amount: amount.optional(),
      items: z
        .array(z.strictObject({ item: name, amount: amount.optional() }))
        .min(1)
        .optional(),
      again: z.boolean().optional(),
      name: name.optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'dispute-raised',
      dispute: item.name ?? said.id,
      reason: item.dispute,
      ...given({
        amount: item.amount === undefined ? undefined : said.amount('amount'),
        items: item.items?.map(({ item: of, amount: part }, n) => ({
          item: of,
          ...given({ amount: part === undefined ? undefined : said.amount(`items.${n}.amount`) }),
        })),
        again: item.again,
      }),
    }),
  ),
  resolve: word(
    { resolve: name, outcome: z.enum(['upheld', 'partly', 'rejected']), amount: amount.optional() },
    (item, said) => ({
      ...told(said),
      kind: 'dispute-resolved',
      dispute: item.resolve,
      outcome: item.outcome,
      ...given({ amount: item.amount === undefined ? undefined : said.amount('amount') }),
    }),
  ),
  evidence: word({ evidence: z.enum(['asked', 'received']), dispute: name }, (item, said) => ({
    ...told(said),
    kind: 'dispute-evidence',
    dispute: item.dispute,
    evidence: item.evidence,
  })),
  complaint: word(
    {
      complaint: z.enum(COMPLAINT_CAUSES),
      channel: name.default('letter'),
      collector: name.optional(),
      agency: name.optional(),
      matter: name.optional(),
      rests: z.boolean().optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'complaint',
      complaint: said.id,
      cause: item.complaint,
      channel: item.channel,
      ...given({ collector: item.collector, agency: item.agency, matter: item.matter, rests: item.rests }),
    }),
  ),
  answer_complaint: word(
    { answer_complaint: name, outcome: z.enum(['upheld', 'partly', 'rejected']) },
    (item, said) => ({
      ...told(said),
      kind: 'complaint-answered',
      complaint: item.answer_complaint,
      outcome: item.outcome,
    }),
  ),
  promise: word(
    {
      promise: amount,
      by: day.optional(),
      method: name.default('bank'),
      channel: name.default('call'),
      given_by: z.enum(['debtor', 'third-party']).default('debtor'),
      parts: z
        .array(z.strictObject({ amount, by: day }))
        .min(1)
        .optional(),
      party: name.optional(),
      beside: z.boolean().optional(),
      rest_of: name.optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'promise',
      promise: said.id,
      amount: said.amount('promise'),
      method: item.method,
      channel: item.channel,
      givenBy: item.given_by,
      ...given({
        date: item.by ?? item.parts?.at(-1)?.by,
        parts: item.parts?.map(({ by }, n) => ({ amount: said.amount(`parts.${n}.amount`), date: by })),
        party: item.party,
        beside: item.beside,
        restOf: item.rest_of,
      }),
    }),
  ),
  cancel_promise: word({ cancel_promise: name }, (item, said) => ({
    ...told(said),
    kind: 'promise-cancelled',
    promise: item.cancel_promise,
  })),
  call: word(
    {
      call: z.enum(codes),
      channel: name.default('call'),
      step: name.optional(),
      reason: z.enum(LATE_REASONS).optional(),
      call_back: day.optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'contact-outcome',
      code: item.call,
      channel: item.channel,
      ...given({
        step: item.step,
        reason: item.reason,
        callBackAt: item.call_back === undefined ? undefined : instantOf(item.call_back, '10:00', said.zone),
      }),
    }),
  ),
  visit: word(
    {
      visit: z.enum(VISIT_CODES),
      step: name.optional(),
      follow_up: day.optional(),
    },
    (item, said) => ({
      ...told(said),
      kind: 'visit-outcome',
      code: item.visit,
      ...given({ step: item.step, followUpOn: item.follow_up }),
    }),
  ),
  delivery: word(
    { delivery: z.enum(['delivered', 'undelivered', 'arrived', 'returned']), step: name },
    (item, said) => ({ ...told(said), kind: 'delivery', step: item.step, status: item.delivery }),
  ),
  host_result: word({ host_result: z.enum(['done', 'failed', 'refused']), step: name }, (item, said) => ({
    ...told(said),
    kind: 'host-result',
    step: item.step,
    result: item.host_result,
  })),
  debit: word(
    { debit: z.enum(['paid', 'failed']), on: day.optional(), due: day.optional(), retry: day.optional() },
    (item, said) => ({
      ...told(said),
      kind: 'debit-result',
      date: item.on ?? said.day,
      result: item.debit,
      ...given({ due: item.due, retryOn: item.retry }),
    }),
  ),
  says_paid: word({ says_paid: z.literal(true), channel: name.default('letter') }, (item, said) => ({
    ...told(said),
    kind: 'paid-claim',
    channel: item.channel,
  })),
  task: word({ task: name, step: name }, (item, said) => ({
    ...told(said),
    kind: 'task-result',
    step: item.step,
    result: item.task,
  })),
  hold: word(
    {
      hold: z.enum(holds),
      until: day.optional(),
      party: name.optional(),
      items: z.array(name).min(1).optional(),
    },
    (item, said) =>
      withEnd({
        ...told(said),
        kind: 'hold',
        hold: said.id,
        type: item.hold,
        from: said.day,
        ...given({ until: item.until, party: item.party, items: item.items?.map((of) => ({ item: of })) }),
      }),
  ),
  score: word({ score: z.int(), model: name, on: day.optional() }, (item, said) => ({
    ...told(said),
    kind: 'score',
    model: item.model,
    value: item.score,
    on: item.on ?? said.day,
  })),
  release: word({ release: name, last_day: day.optional() }, (item, said) => ({
    ...told(said),
    kind: 'release',
    hold: item.release,
    ...given({ lastDay: item.last_day }),
  })),
  reachable: word({ reachable: z.boolean() }, (item, said) => ({
    ...told(said),
    kind: 'contact-changed',
    reachable: item.reachable,
  })),
  close: word({ close: z.enum(['settled', 'sold', 'closed']) }, (item, said) => ({
    ...told(said),
    kind: 'close',
    reason: item.close,
  })),
};
