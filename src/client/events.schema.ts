import { z } from 'zod';
import { DISPUTE_REASONS } from '../domain/account/dispute-reasons';
import { PAYERS, type AccountEvent, type EventKind } from '../domain/account/events';
import { MOST_FACTS } from '../domain/account/facts-kept';
import { COMPLAINT_CAUSES } from '../domain/account/complaint-causes';
import { MOST_PARTS } from '../domain/account/promise';
import { MOST_ITEMS } from '../domain/account/read-event';
import { LATE_REASONS, RESULT_CODES, VISIT_CODES, type ResultCode } from '../domain/account/result-codes';
import { isIsoDate } from '../domain/calendar/day';
import { fail } from '../domain/errors/forbear-error';
import { HOLD_EFFECTS } from '../domain/hold/effects';
import { AHEAD } from '../domain/ledger/loan';
import { DAY_COUNTS } from '../domain/agreement/rate';
import { MOST_RATE } from '../domain/ledger/read-contract';

/** Opaque names: what they hold reaches histories and logs, where no name, number or address may stand. */
const id = z
  .string()
  // Without @: an e-mail address is no id.
  .regex(/^[\w.:#/+-]{1,120}$/, 'must be 1 to 120 letters, digits or . : - _ without spaces');
const code = z.string().regex(/^[\w.:-]{1,40}$/, 'must be a short code without spaces');
const day = z.string().refine(isIsoDate, 'must be a real day as YYYY-MM-DD');
const instant = z.iso
  .datetime({ offset: true, error: 'must be a moment with its offset' })
  .transform((text) => new Date(text).toISOString());
const amount = z.int('must be whole minor units').positive('must be more than zero');
const figure = z.int('must be whole minor units').nonnegative('must not be negative');
const signed = z.int('must be whole minor units').refine((value) => value !== 0, 'must not be zero');
const yearly = z.int('must be whole millionths').min(0).max(MOST_RATE, 'must be at most 100 percent');
const scalar = z.union([z.number(), z.boolean(), code]);
const facts = z
  .record(z.string().regex(/^[a-z][\w.]{0,59}$/), scalar)
  .refine((told) => Object.keys(told).length <= MOST_FACTS, `must be at most ${MOST_FACTS} facts`);

const told = { id, at: instant, by: id.optional(), seq: z.int().positive().optional() };
const event = <K extends EventKind, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...told, ...shape });

const figures = z
  .strictObject({
    asOf: instant,
    pastDue: figure,
    oldestDue: day.nullable(),
    cycles: z.int().nonnegative(),
    balance: z.int(),
    nextDue: day.optional(),
    nextAmount: figure.optional(),
    statementDate: day.optional(),
  })
  .refine((told) => told.pastDue === 0 || told.oldestDue !== null, {
    path: ['oldestDue'],
    error: 'must be given while something is past due',
  });

const items = z
  .array(z.strictObject({ item: id, amount: amount.optional() }))
  .min(1)
  .max(MOST_ITEMS);

const total = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((sum, part) => sum + part.amount, 0);

const outcome = z.enum(['upheld', 'partly', 'rejected']);
const codes = Object.keys(RESULT_CODES) as [ResultCode, ...ResultCode[]];
const holds = Object.keys(HOLD_EFFECTS) as [keyof typeof HOLD_EFFECTS, ...(keyof typeof HOLD_EFFECTS)[]];

/** Agreements are not told: they are offered, and the book says who may agree (book/offers.ts). */
export type ToldKind = Exclude<EventKind, 'agreement' | 'agreement-ended'>;

/** One schema for each kind of event that may be told. */
export const EVENTS = {
  payment: event('payment', {
    amount,
    valueDate: day,
    postingDate: day.optional(),
    method: code.optional(),
    pending: z.boolean().optional(),
    posts: id.optional(),
    payer: z.enum(PAYERS).optional(),
  }).refine((told) => told.posts === undefined || told.pending !== true, {
    path: ['posts'],
    error: 'must not be given for a payment that is only announced',
  }),
  refund: event('refund', {
    amount,
    valueDate: day,
    postingDate: day.optional(),
    countsTowardsMinimum: z.boolean(),
  }),
  reversal: event('reversal', {
    of: id,
    reason: z.enum(['returned', 'chargeback', 'mistake']),
    undone: z.boolean().optional(),
  }),
  adjustment: event('adjustment', { amount: signed, valueDate: day, obligation: id.optional() }),
  charge: event('charge', { amount, valueDate: day, component: z.enum(['costs', 'late-charge']) }),
  payout: event('payout', { amount, valueDate: day }),
  loan: event('loan', {
    startsOn: day,
    dayCount: z.enum(DAY_COUNTS),
    rate: yearly,
    penaltyRate: yearly.optional(),
    graceDays: z.int().min(0).max(60, 'must be at most 60 days').optional(),
    lateCharge: z
      .strictObject({ ppm: yearly, least: figure, most: figure, tolerance: figure })
      .refine(({ least, most }) => most >= least, { path: ['most'], error: 'must not be below the least' })
      .optional(),
    capRate: yearly.optional(),
    ahead: z.enum(AHEAD).optional(),
  }),
  acceleration: event('acceleration', { undone: z.boolean().optional() }),
  'write-off': event('write-off', { undone: z.boolean().optional() }),
  'host-update': event('host-update', { figures, facts: facts.optional(), wanted: z.boolean().optional() }),
  obligation: event('obligation', { obligation: id, due: day, amount, statementDate: day.optional() }),
  facts: event('facts', { facts }),
  score: event('score', {
    model: z
      .string()
      .regex(
        /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
        'must be small letters and digits, parts joined by -, at most 40',
      ),
    value: z.int('must be a whole number'),
    on: day,
  }),
  'dispute-raised': event('dispute-raised', {
    dispute: id,
    amount: amount.optional(),
    reason: z.enum(DISPUTE_REASONS),
    items: items.optional(),
    again: z.boolean().optional(),
  }).refine((told) => told.items === undefined || told.amount === undefined, {
    path: ['amount'],
    error: 'must not be given beside items, which have their own',
  }),
  'dispute-resolved': event('dispute-resolved', {
    dispute: id,
    outcome,
    amount: amount.optional(),
  })
    .refine((told) => told.amount === undefined || told.outcome === 'partly', {
      path: ['amount'],
      error: 'must be given for what was decided in part only',
    })
    .refine((told) => told.outcome !== 'partly' || (told.amount ?? 0) > 0, {
      path: ['amount'],
      error: 'must say in how much the person is right',
    }),
  'dispute-evidence': event('dispute-evidence', { dispute: id, evidence: z.enum(['asked', 'received']) }),
  complaint: event('complaint', {
    complaint: id,
    cause: z.enum(COMPLAINT_CAUSES),
    channel: code,
    collector: id.optional(),
    agency: id.optional(),
    matter: id.optional(),
    rests: z.boolean().optional(),
  }).refine((told) => told.rests !== true || told.by !== undefined, {
    path: ['by'],
    error: 'must say who decided that it rests contact again',
  }),
  'complaint-answered': event('complaint-answered', { complaint: id, outcome }),
  promise: event('promise', {
    promise: id,
    amount: amount.optional(),
    date: day.optional(),
    method: code.optional(),
    givenBy: z.enum(['debtor', 'third-party']),
    channel: code,
    parts: z
      .array(z.strictObject({ amount, date: day }))
      .min(1)
      .max(MOST_PARTS)
      .optional(),
    party: id.optional(),
    beside: z.boolean().optional(),
    restOf: id.optional(),
    intention: z.boolean().optional(),
  })
    .refine(({ parts, amount: sum }) => parts === undefined || sum === undefined || sum === total(parts), {
      path: ['parts'],
      error: 'must together be the amount',
    })
    .refine(({ parts = [] }) => parts.every(({ date }, n) => n === 0 || date > (parts[n - 1]?.date ?? '')), {
      path: ['parts'],
      error: 'must have days one after the other',
    }),
  'promise-cancelled': event('promise-cancelled', { promise: id }),
  'contact-outcome': event('contact-outcome', {
    code: z.enum(codes),
    channel: code,
    step: id.optional(),
    reason: z.enum(LATE_REASONS).optional(),
    callBackAt: instant.optional(),
    party: id.optional(),
    agency: code.optional(),
  }).refine((told) => !RESULT_CODES[told.code].rpc || told.reason !== undefined, {
    path: ['reason'],
    error: 'must say why the person is late after every right-party contact',
  }),
  'visit-outcome': event('visit-outcome', {
    step: id.optional(),
    code: z.enum(VISIT_CODES),
    followUpOn: day.optional(),
    party: id.optional(),
    agency: code.optional(),
  }),
  delivery: event('delivery', {
    step: id,
    status: z.enum(['delivered', 'undelivered', 'arrived', 'returned']),
  }),
  'host-result': event('host-result', { step: id, result: z.enum(['done', 'failed', 'refused']) }),
  'debit-result': event('debit-result', {
    date: day,
    result: z.enum(['paid', 'failed']),
    due: day.optional(),
    retryOn: day.optional(),
  })
    .refine((told) => told.retryOn === undefined || told.result === 'failed', {
      path: ['retryOn'],
      error: 'must not be given for a debit that was paid',
    })
    .refine((told) => told.retryOn === undefined || told.retryOn >= told.date, {
      path: ['retryOn'],
      error: 'must not lie before the debit',
    }),
  'paid-claim': event('paid-claim', {
    channel: code,
    paidOn: day.optional(),
    amount: amount.optional(),
    method: code.optional(),
  }),
  'task-result': event('task-result', { step: id, result: code }),
  hold: event('hold', {
    hold: id,
    type: z.enum(holds),
    from: day,
    until: day.optional(),
    party: id.optional(),
    items: items.optional(),
  })
    .refine((told) => told.until === undefined || told.until >= told.from, {
      path: ['until'],
      error: 'must not lie before the first day',
    })
    .refine((told) => told.items === undefined || told.party === undefined, {
      path: ['items'],
      error: 'must not be given for a hold of one party',
    }),
  release: event('release', {
    hold: id,
    lastDay: day.optional(),
    event: code.optional(),
    on: day.optional(),
    asked: id.optional(),
  }),
  'contact-changed': event('contact-changed', { reachable: z.boolean() }),
  close: event('close', { reason: z.enum(['settled', 'sold', 'closed']) }),
} as const satisfies { readonly [K in ToldKind]: z.ZodType<Extract<AccountEvent, { kind: K }>> };

/** The event, whole and checked. Throws EVENT_MALFORMED, naming the field and never its value. */
export function checkEvent(given: {
  readonly kind: string;
  readonly [field: string]: unknown;
}): AccountEvent {
  const kind = given.kind;
  const schema: z.ZodType<AccountEvent> | undefined = isKind(kind) ? EVENTS[kind] : undefined;
  if (schema === undefined) fail('EVENT_MALFORMED', { kind: 'event', field: 'kind', reason: 'is not known' });
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'it';
  fail('EVENT_MALFORMED', { kind, field, reason: reasonOf(issue) });
}

function isKind(kind: string): kind is ToldKind {
  return Object.hasOwn(EVENTS, kind);
}

// zod's own sentences may repeat what was given; ours do not.
function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'is wrong';
  if (issue.code === 'unrecognized_keys')
    return `has fields that are not known: ${issue.keys.join(', ').slice(0, 80)}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type')
    return /undefined/.test(issue.message) ? 'is missing' : `must be a ${issue.expected}`;
  return issue.message.startsWith('must') ? issue.message : 'is not right';
}
