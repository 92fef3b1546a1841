/** Columns of a portfolio file, in the order in which docs/enrol.md explains them. */
export const COLUMNS = [
  'account',
  'lender',
  'person',
  'name',
  'language',
  'phone',
  'email',
  'address',
  'contact_source',
  'country',
  'product',
  'currency',
  'zone',
  'opened_on',
  'as_of',
  'past_due',
  'oldest_due',
  'cycles',
  'balance',
  'next_due',
  'next_amount',
  'statement_date',
  'obligations',
  'parties',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Without these a file cannot be a portfolio. */
export const REQUIRED: readonly Column[] = ['account'];

/** A column `fact.score` becomes the fact `score` of the account. */
export const FACT_PREFIX = 'fact.';
const FACT_NAME = /^fact\.[a-z][a-z0-9_]{0,39}$/;

export function isFact(name: string): boolean {
  return FACT_NAME.test(name);
}

export function isColumn(name: string): boolean {
  return isFact(name) || COLUMNS.some((column) => column === name);
}
