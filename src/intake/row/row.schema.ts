import { z } from 'zod';
import { MOST_FACTS } from '../../domain/account/facts-kept';
import type { HostFigures } from '../../domain/account/events';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { ErrorArgs } from '../../domain/errors/forbear-error';
import type { Scalar } from '../../domain/units';
import { isIsoDate } from '../../domain/calendar/day';
import { isZone } from '../../domain/calendar/zone';
import { isCurrency } from '../../domain/money';
import { readAmount } from './amount';
import { FACT_PREFIX, isFact } from './columns';
import { readParties } from './parties.schema';
import { emails, isCountry, phones, SOURCE, SOURCE_SHAPE } from './contact';
import { LANGUAGE, mustBeDefaults } from './defaults';
import { isPrintable } from '../file/printable';
import type { EnrolRow, RowDefaults, RowEndpoint, RowObligation } from './row';

/** Why a row is refused: a code of the catalogue and its arguments, never a value of the row. */
export interface RowIssue {
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
}
export type CheckedRow =
  { readonly row: EnrolRow } | { readonly issues: readonly [RowIssue, ...(readonly RowIssue[])] };

const issue = (code: ErrorCode, args: ErrorArgs = {}) => ({
  code: 'custom' as const,
  params: { code, args },
});
const malformed = (field: string, wanted: string) => issue('ROW_FIELD_MALFORMED', { field, wanted });

const text = (field: string, most: number) =>
  z.string().refine((value) => value.length <= most, malformed(field, `a text of at most ${most} letters`));

/** A calendar day. `2026-02-30` has the right shape and is no day: the two mistakes have codes of their own. */
const day = (field: string) =>
  z.string().superRefine((value, ctx) => {
    if (!DAY.test(value)) ctx.addIssue(malformed(field, 'a day as YYYY-MM-DD'));
    else if (!isIsoDate(value)) ctx.addIssue(issue('ROW_DATE_IMPOSSIBLE', { field }));
  });
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** A moment with its offset; a day alone is its first moment in UTC. */
const moment = (field: string) =>
  z.string().transform((value, ctx) => {
    const parts = MOMENT.exec(value);
    const at = new Date(parts?.[2] === undefined ? `${value}T00:00:00.000Z` : value.replace(' ', 'T'));
    if (parts === null) ctx.addIssue(malformed(field, 'a day, or a moment with its offset'));
    else if (!isIsoDate(parts[1] ?? '') || Number.isNaN(at.getTime()))
      ctx.addIssue(issue('ROW_DATE_IMPOSSIBLE', { field }));
    else return at.toISOString();
    return z.NEVER;
  });

const blank = z.string().optional();
const fields = z.strictObject({
  account: text('account', 64),
  lender: text('lender', 32)
    .refine((value) => /^[\w.-]+$/.test(value), malformed('lender', 'letters, digits, dot or dash'))
    .optional(),
  person: text('person', 64).optional(),
  name: text('name', 200).optional(),
  language: z
    .string()
    .refine((value) => LANGUAGE.test(value), malformed('language', 'a tag such as zh or en'))
    .optional(),
  phone: blank,
  email: blank,
  address: text('address', 500).optional(),
  contact_source: z
    .string()
    .refine((value) => SOURCE.test(value), malformed('contact_source', SOURCE_SHAPE))
    .optional(),
  country: z.string().refine(isCountry, malformed('country', 'two capital letters such as CN')).optional(),
  product: z.enum(['credit_card', 'consumer_loan'], { error: () => 'product' }).optional(),
  currency: z
    .string()
    .refine((value) => isCurrency(value), issue('ROW_CURRENCY_UNKNOWN'))
    .optional(),
  zone: z
    .string()
    .refine(isZone, issue('ROW_ZONE_UNKNOWN', { field: 'zone' }))
    .optional(),
  opened_on: day('opened_on').optional(),
  as_of: moment('as_of').optional(),
  past_due: blank,
  oldest_due: day('oldest_due').optional(),
  cycles: z
    .string()
    .refine((value) => /^\d{1,3}$/.test(value), malformed('cycles', 'a whole number'))
    .optional(),
  balance: blank,
  next_due: day('next_due').optional(),
  next_amount: blank,
  statement_date: day('statement_date').optional(),
  obligations: blank,
  parties: blank,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
type Fields = z.output<typeof fields>;

/**
 * Checks rows against what the command and the strategy say for all of them. Throws for no row whatever; OPTION_WRONG
 * for what is said for all.
 */
export function rowChecker(defaults: RowDefaults): (values: Readonly<Record<string, unknown>>) => CheckedRow {
  mustBeDefaults(defaults);
  const schema = fields.transform((row, ctx) => {
    const issues: RowIssue[] = [];
    const checked = assemble(row, defaults, issues);
    for (const found of issues) ctx.addIssue({ ...issue(found.code, found.args), input: '' });
    return issues.length === 0 && checked !== null ? checked : z.NEVER;
  });
  return (values) => {
    const raw = normalise(values);
    if ('issues' in raw) return raw;
    const parsed = schema.safeParse(raw.fields);
    if (parsed.success) return { row: parsed.data };
    const [first, ...rest] = parsed.error.issues.map(toIssue);
    return { issues: [first ?? { code: 'ROW_NOT_READABLE', args: { reason: 'no reason' } }, ...rest] };
  };
}

type Refused = Extract<CheckedRow, { issues: unknown }>;

/** Cells as trimmed text without the empty ones, facts apart and typed. */
function normalise(values: Readonly<Record<string, unknown>>): { fields: Record<string, unknown> } | Refused {
  const cells: Record<string, unknown> = {};
  const facts: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    if (isFact(name)) {
      const fact = readFact(value);
      if (fact === null) return refused('ROW_FIELD_MALFORMED', { field: name, wanted: FACT_SHAPE });
      facts[name.slice(FACT_PREFIX.length)] = fact;
    } else if (name === 'obligations' && Array.isArray(value)) cells[name] = obligationsText(value);
    else if (name === 'parties' && Array.isArray(value)) cells[name] = JSON.stringify(value);
    else if (typeof value === 'object')
      return refused('ROW_FIELD_MALFORMED', { field: safe(name), wanted: 'a single value' });
    else if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
      return refused('ROW_FIELD_MALFORMED', { field: safe(name), wanted: INEXACT });
    else {
      const cell = String(value as Scalar).trim();
      if (!isPrintable(cell))
        return refused('ROW_FIELD_MALFORMED', { field: safe(name), wanted: 'free of control characters' });
      if (cell !== '') cells[name] = cell;
    }
  }
  const count = Object.keys(facts).length;
  if (count > MOST_FACTS) return refused('ROW_FACTS_TOO_MANY', { count, most: MOST_FACTS });
  return { fields: { ...cells, facts } };
}

/** A card's sixteen digits or more lose the last ones when JSON takes them as a number. */
const INEXACT = 'a number that JSON keeps exactly; it belongs in quotes';
const FACT_SHAPE = 'a number, true, false or a short code without spaces';

/** A number, a yes or no, or a short code: facts reach the workflow, where no name or address may ever stand. */
function readFact(value: unknown): Scalar | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const cell = value.trim();
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(cell)) return Number(cell);
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return /^[\w.:-]{1,40}$/.test(cell) ? cell : null;
}

function obligationsText(list: readonly unknown[]): string {
  return list
    .map((item) => {
      const { due, amount } = (item ?? {}) as { due?: unknown; amount?: unknown };
      return `${String(due)}:${String(amount)}`;
    })
    .join(';');
}

function assemble(row: Fields, defaults: RowDefaults, issues: RowIssue[]): EnrolRow | null {
  const add = (code: ErrorCode, args: ErrorArgs = {}): null => {
    issues.push({ code, args });
    return null;
  };
  const currency = row.currency ?? defaults.currency ?? add('ROW_FIELD_MISSING', { field: 'currency' });
  const product = row.product ?? defaults.product ?? add('ROW_FIELD_MISSING', { field: 'product' });
  const zone = row.zone ?? defaults.zone ?? add('ROW_FIELD_MISSING', { field: 'zone' });
  if (currency === null || product === null || zone === null) return null;
  const { only } = defaults;
  if (only !== undefined && (only.product !== product || only.currency !== currency)) {
    add('ROW_NOT_FOR_STRATEGY', {
      found: `${product} in ${currency}`,
      wanted: `${only.product} in ${only.currency}`,
    });
  }
  const country = row.country ?? defaults.country;
  const reachable = [
    ...phones(row.phone ?? '', country !== undefined && isCountry(country) ? country : undefined),
    ...emails(row.email ?? ''),
  ];
  if (reachable.length === 0 && defaults.daily !== true) add('ROW_NOT_REACHABLE');
  const address = row.address?.replace(/\s+/g, ' ');
  const owed = owes(row, currency, defaults, add);
  const language = row.language ?? defaults.language ?? 'en';
  const others = readParties(row.parties, { account: row.person ?? row.account, country, language }, add);
  if (owed === null || others === null) return null;
  return {
    lender: row.lender ?? defaults.lender,
    account: row.account,
    product,
    currency,
    zone,
    books: owed.host === null ? 'obligations' : 'host',
    openedOn: row.opened_on ?? null,
    person: {
      number: row.person ?? row.account,
      name: row.name ?? null,
      language,
    },
    endpoints: knownFrom(
      row.contact_source,
      address === undefined ? reachable : [...reachable, { kind: 'address', value: address }],
    ),
    ...owed,
    facts: row.facts,
    ...(others.length === 0 ? {} : { parties: others }),
  };
}

/** Left out where it is not said, so that a row without it is the same as ever. */
function knownFrom(source: string | undefined, endpoints: readonly RowEndpoint[]): readonly RowEndpoint[] {
  return source === undefined ? endpoints : endpoints.map((one) => ({ ...one, source }));
}

type Add = (code: ErrorCode, args?: ErrorArgs) => null;
type Owes = Pick<EnrolRow, 'host' | 'obligations'>;

function owes(row: Fields, currency: string, defaults: RowDefaults, add: Add): Owes | null {
  const amount = (field: string, said: string): number | null => {
    const read = readAmount(said, currency);
    return typeof read === 'number' ? read : add(read, { field, currency });
  };
  if (row.obligations !== undefined) {
    if (row.past_due !== undefined || row.as_of !== undefined) {
      return add('ROW_CONTRADICTS', { reason: 'either the host keeps the books or there are obligations' });
    }
    const list = obligations(row.obligations, amount, add);
    return list === null ? null : { host: null, obligations: list };
  }
  const { as_of: asOf = defaults.asOf, past_due: pastDueText, balance: balanceText } = row;
  if (asOf === undefined && pastDueText === undefined && balanceText === undefined)
    return add('ROW_NO_OBLIGATION');
  if (asOf === undefined) return add('ROW_FIELD_MISSING', { field: 'as_of' });
  if (pastDueText === undefined) return add('ROW_FIELD_MISSING', { field: 'past_due' });
  if (balanceText === undefined) return add('ROW_FIELD_MISSING', { field: 'balance' });
  const pastDue = amount('past_due', pastDueText);
  const read = readAmount(balanceText, currency, defaults.daily === true);
  const balance = typeof read === 'number' ? read : add(read, { field: 'balance', currency });
  const nextAmount = row.next_amount === undefined ? undefined : amount('next_amount', row.next_amount);
  if (pastDue === null || balance === null || nextAmount === null) return null;
  if (pastDue > 0 && row.oldest_due === undefined) return add('ROW_FIELD_MISSING', { field: 'oldest_due' });
  if (pastDue > 0 && row.cycles === undefined) return add('ROW_FIELD_MISSING', { field: 'cycles' });
  if (pastDue > Math.max(0, balance))
    return add('ROW_CONTRADICTS', { reason: 'more is past due than is owed' });
  const oldestDue = pastDue > 0 ? (row.oldest_due ?? null) : null;
  // A day of slack: as_of is a moment in UTC, the due date a day in the account's zone.
  if (oldestDue !== null && Date.parse(oldestDue) > Date.parse(asOf) + 86_400_000) {
    return add('ROW_CONTRADICTS', { reason: 'the oldest due date lies after as_of' });
  }
  const host: HostFigures = {
    asOf,
    pastDue,
    oldestDue,
    cycles: pastDue > 0 ? Number(row.cycles ?? 0) : 0,
    balance,
    ...(row.next_due === undefined ? {} : { nextDue: row.next_due }),
    ...(nextAmount === undefined ? {} : { nextAmount }),
    ...(row.statement_date === undefined ? {} : { statementDate: row.statement_date }),
  };
  return { host, obligations: [] };
}

/** `2026-03-25:1200.00;2026-04-25:190.00`: each new part with its due date, in any order. */
function obligations(
  said: string,
  amount: (field: string, text: string) => number | null,
  add: Add,
): readonly RowObligation[] | null {
  const list: RowObligation[] = [];
  for (const piece of said.split(';').filter((part) => part.trim() !== '')) {
    const [due = '', sum = '', more] = piece.trim().split(':');
    if (!DAY.test(due) || sum === '' || more !== undefined) {
      return add('ROW_FIELD_MALFORMED', {
        field: 'obligations',
        wanted: 'a list of DAY:AMOUNT with ; between',
      });
    }
    if (!isIsoDate(due)) return add('ROW_DATE_IMPOSSIBLE', { field: 'obligations' });
    const value = amount('obligations', sum);
    if (value === null) return null;
    list.push({ due, amount: value });
  }
  if (list.length === 0) return add('ROW_NO_OBLIGATION');
  const days = new Set(list.map((item) => item.due));
  if (days.size < list.length)
    return add('ROW_CONTRADICTS', { reason: 'two obligations fall due on one day' });
  return list.sort((a, b) => (a.due < b.due ? -1 : 1));
}

function refused(code: ErrorCode, args: ErrorArgs): Refused {
  return { issues: [{ code, args }] };
}

// A name that is no column may be anything, a person's name too.
function safe(name: string): string {
  return /^[a-z_.]{1,40}$/.test(name) ? name : 'with an unknown name';
}

function toIssue(found: z.core.$ZodIssue): RowIssue {
  if (found.code === 'custom' && found.params !== undefined) {
    const { code, args } = found.params as { code: ErrorCode; args: ErrorArgs };
    return { code, args };
  }
  if (found.code === 'unrecognized_keys') {
    return { code: 'ROW_FIELD_UNKNOWN', args: { field: safe(found.keys[0] ?? '') } };
  }
  const field = String(found.path[0] ?? 'row');
  if (found.code === 'invalid_type') return { code: 'ROW_FIELD_MISSING', args: { field } };
  if (field === 'product')
    return { code: 'ROW_FIELD_MALFORMED', args: { field, wanted: 'credit_card or consumer_loan' } };
  return { code: 'ROW_FIELD_MALFORMED', args: { field, wanted: 'a value of that column' } };
}
