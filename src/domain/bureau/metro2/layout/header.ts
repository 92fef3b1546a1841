import { layout, type ValuesOf } from './field';

/** The first record of a file: who reports, to whom, for which period. */
export const HEADER = layout({ id: 'header', mark: 'HEADER', length: 426, source: 'both' }, [
  ['recordDescriptorWord', 1, 4, 'length', 'Y'],
  ['recordIdentifier', 5, 6, 'mark', 'Y'],
  ['cycleIdentifier', 11, 2, 'text', 'A'],
  ['innovisProgramIdentifier', 13, 10, 'text', 'A'],
  ['equifaxProgramIdentifier', 23, 10, 'text', 'A'],
  ['experianProgramIdentifier', 33, 5, 'text', 'A'],
  ['transUnionProgramIdentifier', 38, 10, 'text', 'A'],
  ['activityDate', 48, 8, 'date', 'Y'],
  ['dateCreated', 56, 8, 'date', 'Y'],
  ['programDate', 64, 8, 'date', '-'],
  ['programRevisionDate', 72, 8, 'date', '-'],
  ['reporterName', 80, 40, 'text', 'Y'],
  ['reporterAddress', 120, 96, 'text', 'Y'],
  ['reporterTelephoneNumber', 216, 10, 'digits', '-'],
  ['softwareVendorName', 226, 40, 'text', 'A'],
  ['softwareVersionNumber', 266, 5, 'text', 'A'],
  ['prbcProgramIdentifier', 271, 10, 'text', 'A'],
  ['reserved', 281, 146, 'reserved', '-'],
]);

export type HeaderValues = ValuesOf<typeof HEADER>;
