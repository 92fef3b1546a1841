import { z } from 'zod';
import { AGREEMENT_KINDS } from '../domain/agreement/agreement';
import { DECIDERS } from '../domain/agreement/authority';
import { isIsoDate } from '../domain/calendar/day';
import { readOffer } from '../domain/offer/asked';
import type { TraceOffer } from './trace-offers';
import type { Said } from './trace-words';

const day = z.string().refine(isIsoDate, 'must be a real day as YYYY-MM-DD');
const name = z.union([z.string().min(1), z.number()]).transform(String);
const amount = z.union([z.string(), z.number()], 'must be an amount such as 1200.50');
const common = { time: z.string().optional(), id: name.optional() };
const role = z.enum(DECIDERS);
const PPM_OF_PERCENT = 10_000;

const asked = z.strictObject({
  ...common,
  offer: z.enum(AGREEMENT_KINDS),
  role: role.default('team-leader'),
  count: z.int().optional(),
  first: day.optional(),
  rate: z.number().optional(),
  down: amount.optional(),
  parts: z.array(z.strictObject({ due: day, amount })).optional(),
  amount: amount.optional(),
  by: day.optional(),
  months: z.int().optional(),
  day: z.int().optional(),
  income: amount.optional(),
  essentials: amount.optional(),
  household: z.int().optional(),
  review: day.optional(),
});
const approved = z.strictObject({ ...common, approve: name, role: role.default('committee') });
const withdrawn = z.strictObject({ ...common, withdraw: name, role: role.default('team-leader') });

const SCHEMAS = { offer: asked, approve: approved, withdraw: withdrawn } as const;

/** Whether an entry of a trace is about an offer. */
export function offerWord(item: Readonly<Record<string, unknown>>): keyof typeof SCHEMAS | null {
  const [first = ''] = Object.keys(item);
  return Object.hasOwn(SCHEMAS, first) ? (first as keyof typeof SCHEMAS) : null;
}

/** What is done with offers: the entry read, its mistakes in its own form, or why it is no offer. */
export function readOfferWord(
  item: Readonly<Record<string, unknown>>,
  said: Said,
):
  | { readonly act: TraceOffer }
  | { readonly issues: readonly z.core.$ZodIssue[] }
  | { readonly refused: string } {
  const word = offerWord(item) ?? 'offer';
  const parsed = SCHEMAS[word].safeParse(item);
  if (!parsed.success) return { issues: parsed.error.issues };
  const { at } = said;
  if ('approve' in parsed.data)
    return { act: { at, role: parsed.data.role, do: 'approve', offer: parsed.data.approve } };
  if ('withdraw' in parsed.data)
    return { act: { at, role: parsed.data.role, do: 'withdraw', offer: parsed.data.withdraw } };
  const { offer: kind, rate, parts, time: _time, role: by, ...rest } = parsed.data;
  const money = (['amount', 'down', 'income', 'essentials'] as const).flatMap((key) =>
    rest[key] === undefined ? [] : [[key, said.amount(key)] as const],
  );
  const read = readOffer({
    ...rest,
    ...Object.fromEntries(money),
    ...{ kind, at, id: said.id },
    ...(rate === undefined ? {} : { rate: Math.round(rate * PPM_OF_PERCENT) }),
    ...(parts === undefined
      ? {}
      : { parts: parts.map(({ due }, index) => [due, said.amount(`parts.${index}.amount`)]) }),
  });
  return 'refused' in read
    ? { refused: read.refused }
    : { act: { at, role: by, do: 'ask', offer: read.offer } };
}
