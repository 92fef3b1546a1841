import type { Holidays } from '../../calendar/business';
import type { IsoDate, Zone } from '../../units';
import type { Rule } from './rule';
import type { Role } from './words';

/** The holidays that a pack counts by: reviewed years only. */
export interface HolidayTable {
  readonly name: string;
  /** Content hash of the years. */
  readonly version: string;
  readonly years: Holidays;
}

/** One jurisdiction's rules as a dated document. Plain data; whoever loads it names it by its content. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  /** Content hash of the compiled document: another rule is another version. */
  readonly version: string;
  /** As `CN` or `US-MA`. */
  readonly jurisdiction: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  /** Names of the packs that it stands on: theirs hold as well, and nothing here takes them back. */
  readonly on: readonly string[];
  /** Every zone of the jurisdiction, the one that its offices keep first. Who is somewhere in it is in one of them. */
  readonly zones: readonly Zone[];
  readonly holidays: HolidayTable;
  readonly roles: readonly Role[];
  readonly products: readonly string[] | null;
  readonly rules: readonly Rule[];
}
