import { COLUMNS, isFact } from '../row/columns';

/** Kinds of files that a mapping can be for. */
export type MappingKind = 'accounts' | 'payments' | 'debits';

/** Columns of a payments file, in the order in which docs/feeds.md explains them. */
export const PAYMENT_COLUMNS = [
  'account',
  'id',
  'kind',
  'amount',
  'currency',
  'value_date',
  'posting_date',
  'counts',
  'of',
  'reason',
  'method',
  'posts',
] as const;

/** Columns of a file of debit results. */
export const DEBIT_COLUMNS = [
  'account',
  'id',
  'date',
  'result',
  'due',
  'retry_on',
  'reason',
  'amount',
  'currency',
] as const;

/** Why a row of an accounts file left; with one of these its account is closed so. */
export const CLOSING_REASONS: readonly string[] = ['sold', 'settled', 'closed'];

const ACCOUNT_COLUMNS: readonly string[] = [...COLUMNS.filter((name) => name !== 'obligations'), 'left'];

const BY_KIND: Readonly<Record<MappingKind, readonly string[]>> = {
  accounts: ACCOUNT_COLUMNS,
  payments: PAYMENT_COLUMNS,
  debits: DEBIT_COLUMNS,
};

export const NEEDED: Readonly<Record<MappingKind, readonly string[]>> = {
  accounts: ['account', 'past_due', 'balance'],
  payments: ['account', 'amount', 'value_date'],
  debits: ['account', 'date', 'result'],
};

/** Which columns hold what, so that their writing can be read. */
export const DAYS: ReadonlySet<string> = new Set([
  ...['opened_on', 'oldest_due', 'next_due', 'statement_date', 'value_date', 'posting_date', 'date'],
  ...['due', 'retry_on'],
]);
export const AMOUNTS: ReadonlySet<string> = new Set(['past_due', 'balance', 'next_amount', 'amount']);

/** `party_1_role`, `party_1_person` …: other people on the account, where the file has them in columns. */
export const PARTY =
  /^party_([1-9])_(role|person|name|language|phone|email|address|country|limitation|zone)$/;

/** Whether a mapping of that kind may give the column. */
export function isTarget(kind: MappingKind, name: string): boolean {
  if (BY_KIND[kind].includes(name)) return true;
  return kind === 'accounts' && (isFact(name) || PARTY.test(name));
}
