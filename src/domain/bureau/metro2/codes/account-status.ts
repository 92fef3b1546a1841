import type { CodeTable } from './table';

/** Field 17A. Source: cfpb/Metro2 (CC0). */
export const ACCOUNT_STATUS = {
  '05': 'transferred',
  '11': 'current, 0 to 29 days past due',
  '13': 'paid or closed, zero balance',
  '61': 'paid in full, was a voluntary surrender',
  '62': 'paid in full, was a collection',
  '63': 'paid in full, was a repossession',
  '64': 'paid in full, was a charge-off',
  '65': 'paid in full, a foreclosure had started',
  '71': '30 to 59 days past due',
  '78': '60 to 89 days past due',
  '80': '90 to 119 days past due',
  '82': '120 to 149 days past due',
  '83': '150 to 179 days past due',
  '84': '180 days past due or more',
  '88': 'claim filed with the government for the insured part',
  '89': 'deed received in lieu of foreclosure',
  '93': 'assigned to collections',
  '94': 'foreclosure completed',
  '95': 'voluntary surrender',
  '96': 'repossessed',
  '97': 'charged off',
  DA: 'delete the account',
  DF: 'delete the account, fraud confirmed',
} as const satisfies CodeTable;

export type AccountStatus = keyof typeof ACCOUNT_STATUS;

export function isAccountStatus(code: string): code is AccountStatus {
  return Object.hasOwn(ACCOUNT_STATUS, code);
}

/** Paid statuses other than 13: nothing is owed, and the day paid is told. */
const PAID: ReadonlySet<string> = new Set(['13', '61', '62', '63', '64', '65']);
const RATED: ReadonlySet<string> = new Set(['05', '13', '65', '88', '89', '94', '95']);
const DELINQUENT: ReadonlySet<string> = new Set([
  ...['61', '62', '63', '64', '65', '71', '78', '80', '82', '83', '84'],
  ...['88', '89', '93', '94', '95', '96', '97'],
]);
const CHARGED_OFF: ReadonlySet<string> = new Set(['64', '97']);
const DELETED: ReadonlySet<string> = new Set(['DA', 'DF']);
/** Statuses whose figures are of the period that is reported (rule M5). */
const OF_THE_PERIOD: ReadonlySet<string> = new Set([
  ...['11', '71', '78', '80', '82', '83', '84', '88', '89', '93', '94', '95', '96', '97', 'DA', 'DF'],
]);

export const isPaid = (status: string): boolean => PAID.has(status);
/** Whether a payment rating must stand beside the status; beside all others it is blank. */
export const isRated = (status: string): boolean => RATED.has(status);
/** Whether the status itself came of a delinquency and so has the day of the first. */
export const cameOfDelinquency = (status: string): boolean => DELINQUENT.has(status);
/** Whether the original charge-off amount is told. */
export const wasChargedOff = (status: string): boolean => CHARGED_OFF.has(status);
export const isDeleted = (status: string): boolean => DELETED.has(status);
export const isOfThePeriod = (status: string): boolean => OF_THE_PERIOD.has(status);
