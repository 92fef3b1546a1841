import type { CodeTable } from './table';

/** K1: what kind of creditor the first one was. Source: moov-io/metro2. */
export const CREDITOR_CLASSIFICATION = {
  '01': 'retail',
  '02': 'medical',
  '03': 'oil',
  '04': 'government',
  '05': 'personal services',
  '06': 'insurance',
  '07': 'education',
  '08': 'banking',
  '09': 'rental or leasing',
  '10': 'utilities',
  '11': 'cable or cellular',
  '12': 'financial',
  '13': 'credit union',
  '14': 'cars',
  '15': 'cheque guarantee',
} as const satisfies CodeTable;

/** K2. Source: cfpb/Metro2 (CC0). */
export const PURCHASED = {
  '1': 'purchased from',
  '2': 'sold to',
  '9': 'removes what was told before',
} as const satisfies CodeTable;

/** K3. Source: moov-io/metro2. */
export const MORTGAGE_AGENCY = {
  '00': 'not applicable',
  '01': 'Fannie Mae',
  '02': 'Freddie Mac',
} as const satisfies CodeTable;

/** L1. Source: cfpb/Metro2 (CC0). */
export const CHANGE = {
  '1': 'account number',
  '2': 'identification number',
  '3': 'account number and identification number',
} as const satisfies CodeTable;

/** Field 4. Source: moov-io/metro2; cfpb/Metro2 calls it reserved. */
export const CORRECTION = {
  '0': 'not a replacement',
  '1': 'replaces what was sent',
} as const satisfies CodeTable;
