import type { CodeTable } from './table';

/** Field 17B. Source: cfpb/Metro2 (CC0). */
export const PAYMENT_RATING = {
  '0': 'current, 0 to 29 days past due',
  '1': '30 to 59 days past due',
  '2': '60 to 89 days past due',
  '3': '90 to 119 days past due',
  '4': '120 to 149 days past due',
  '5': '150 to 179 days past due',
  '6': '180 days past due or more',
  G: 'collection',
  L: 'charge-off',
} as const satisfies CodeTable;

export type PaymentRating = keyof typeof PAYMENT_RATING;

/** Each of the 24 characters of field 18. Source: cfpb/Metro2 (CC0). */
export const PAYMENT_HISTORY = {
  ...PAYMENT_RATING,
  B: 'no history before this month',
  D: 'nothing reported for this month',
  E: 'zero balance and current',
  H: 'foreclosure completed',
  J: 'voluntary surrender',
  K: 'repossession',
} as const satisfies CodeTable;

/** Months in a payment history profile, the most recent first. */
export const PROFILE_MONTHS = 24;

/** Field 14. Source: cfpb/Metro2 (CC0). */
export const TERMS_FREQUENCY = {
  D: 'deferred',
  P: 'single payment',
  W: 'weekly',
  B: 'every two weeks',
  E: 'twice a month',
  M: 'monthly',
  L: 'every two months',
  Q: 'quarterly',
  T: 'every four months',
  S: 'twice a year',
  Y: 'yearly',
} as const satisfies CodeTable;

/** Field 28. Source: cfpb/Metro2 (CC0). */
export const INTEREST_TYPE = { F: 'fixed', V: 'variable' } as const satisfies CodeTable;

/** K4. Source: moov-io/metro2. */
export const SPECIALIZED_PAYMENT = { '01': 'balloon', '02': 'deferred' } as const satisfies CodeTable;
