import type { CodeTable } from './table';

/** Field 8. Sources: cfpb/Metro2 (CC0), and moov-io/metro2 for L. */
export const PORTFOLIO_TYPE = {
  C: 'line of credit',
  I: 'instalment',
  L: 'lease',
  M: 'mortgage',
  O: 'open',
  R: 'revolving',
} as const satisfies CodeTable;

export type PortfolioType = keyof typeof PORTFOLIO_TYPE;

/** How long the terms run, by portfolio type (field 13); the types that are not here give a number of months. */
export const TERMS_DURATION: Readonly<Partial<Record<string, string>>> = { C: 'LOC', O: '001', R: 'REV' };

const LINES = ['15', '47', '89', '7A', '9B'];
const CARDS = ['07', '18', '37', '2A', '0G', '8A'];
const LOANS = ['00', '01', '02', '03', '06', '91'];
const MORTGAGES = ['19', '25', '26', '2C'];
const COLLECTIONS = ['48', '77'];

/**
 * Portfolio types that an account type may stand under. That C has only lines of credit is in cfpb/Metro2; the others
 * follow from what the types are. A type that is not here fits under all but C.
 */
const FITTING: ReadonlyMap<string, string> = new Map([
  ...LINES.map((type) => [type, 'C'] as const),
  ...CARDS.map((type) => [type, 'RO'] as const),
  ...LOANS.map((type) => [type, 'I'] as const),
  ...MORTGAGES.map((type) => [type, 'M'] as const),
  ...COLLECTIONS.map((type) => [type, 'O'] as const),
  ['43', 'CRO'],
  // A bought debt stays under the portfolio that it came from.
  ['0C', 'CILMOR'],
]);

export function fits(accountType: string, portfolio: string): boolean {
  return (FITTING.get(accountType) ?? 'ILMOR').includes(portfolio);
}

/** Account types under which a collection agency or a buyer of debts reports: the original creditor is named (M8). */
export const AGENCY_TYPES: ReadonlySet<string> = new Set(['48', '77', '0C']);
export const DEBT_BUYER = '0C';
