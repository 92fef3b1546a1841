import type { CodeTable } from './table';

/** Field 37: how the consumer answers for the account. 0, 4 and 6 are obsolete. Source: cfpb/Metro2 (CC0). */
export const ECOA = {
  '1': 'individual',
  '2': 'joint, liable by contract',
  '3': 'authorised user',
  '5': 'co-maker or guarantor',
  '7': 'maker',
  T: 'association terminated',
  W: 'business',
  X: 'deceased',
  Z: 'delete the consumer',
} as const satisfies CodeTable;

export type EcoaCode = keyof typeof ECOA;

/** Field 38. W, X and Y are obsolete. Source: cfpb/Metro2 (CC0). */
export const CONSUMER_INFORMATION = {
  A: 'petition, chapter 7',
  B: 'petition, chapter 11',
  C: 'petition, chapter 12',
  D: 'petition, chapter 13',
  E: 'discharged, chapter 7',
  F: 'discharged, chapter 11',
  G: 'discharged, chapter 12',
  H: 'discharged, chapter 13',
  Q: 'bankruptcy closed, dismissed or withdrawn without discharge, or removes its code',
  R: 'debt reaffirmed, chapter 7',
  S: 'removes R, V and 2A',
  T: 'consumer cannot be located',
  U: 'consumer located again',
  V: 'reaffirmation rescinded, chapter 7',
  '1A': 'personal receivership',
  '2A': 'lease assumed',
} as const satisfies CodeTable;

export type ConsumerInformation = keyof typeof CONSUMER_INFORMATION;

/** Petitions and discharges, under which the day of first delinquency may be the day of the petition (M1). */
export const isBankruptcy = (code: string): boolean => /^[A-H]$/.test(code);

/** Field 33. Source: moov-io/metro2. */
export const GENERATION: CodeTable = {
  J: 'junior',
  S: 'senior',
  ...Object.fromEntries(['2', '3', '4', '5', '6', '7', '8', '9'].map((n) => [n, `number ${n}`])),
};

/** Field 45. Source: moov-io/metro2. */
export const ADDRESS_INDICATOR = {
  B: "business address, not the consumer's home",
  C: 'confirmed',
  D: "the furnisher's own address",
  M: 'military',
  N: 'not confirmed',
  P: 'bill payer service',
  S: 'secondary',
  U: 'mail is returned',
  Y: 'known to be the consumer',
} as const satisfies CodeTable;

/** Field 46. Source: moov-io/metro2. */
export const RESIDENCE = { O: 'owns', R: 'rents' } as const satisfies CodeTable;
