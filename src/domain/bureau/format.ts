import type { IsoDate } from '../units';
import type { Snapshot } from './cut-off/snapshot';
import type { Consumer } from './metro2/derive/data-record';
import type { Deleted } from './metro2/derive/from-snapshot';
import type { ProductTerms, Reporting } from './reporting';

/** An account's month in the words of a format: plain JSON, without its people. */
export interface Furnished {
  readonly fields: unknown;
  /** What the next month must agree with. */
  readonly told: unknown;
}

export interface MonthFacts {
  readonly snapshot: Snapshot;
  /** What was told of the month before; null for none. */
  readonly last: unknown;
  /** What was told last of any month, where this one is told anew: its codes are ended, not forgotten. */
  readonly said?: unknown;
  readonly terms: ProductTerms;
  readonly deleted: Deleted;
}

/** One record, with who is on it. Personal. */
export interface RecordFacts {
  readonly fields: unknown;
  readonly consumers: readonly Consumer[];
  /** The lender's own number of the account. */
  readonly number: string;
  readonly corrects: boolean;
}

export interface CheckFacts extends RecordFacts {
  readonly on: IsoDate;
  /** Fields of the file before, where the two must agree; null: none was sent; undefined: they need not. */
  readonly before: unknown;
  readonly disputed: boolean;
}

/** A file's frame: what it is for, and what it will hold. */
export interface FileFacts {
  readonly on: IsoDate;
  readonly createdOn: IsoDate;
  /** Bytes of the longest record. */
  readonly longest: number;
}

export interface FormatWriter {
  head(): string;
  /** Throws coded errors for a record that cannot be written; the next may be. */
  data(record: RecordFacts): string;
  tail(): string;
}

/**
 * What a kind of bureau wants to be told. The process around it (cut-off, putting aside, disputes, sending, answers,
 * corrections) is the same for all.
 */
export interface Format {
  /** Behind the name of a file. */
  readonly extension: string;
  /** Errors of the catalogue: such a record is put aside. */
  furnish(facts: MonthFacts): Furnished;
  /** Says something bad of somebody, for which the notice must have gone out. */
  isAdverse(fields: unknown): boolean;
  /** The delinquency that is told was told before. */
  wasAdverse(told: unknown): boolean;
  /** Nothing more is told of it. */
  isOver(told: unknown): boolean;
  isDeleted(told: unknown): boolean;
  /** From when on what is told is too old to be told; null where nothing is. */
  firstDelinquency(fields: unknown): IsoDate | null;
  /** What is wrong with a record, as `CODE field`, and how many bytes it takes. */
  check(
    facts: CheckFacts,
    reporting: Reporting,
  ): { readonly codes: readonly string[]; readonly length: number };
  writer(reporting: Reporting, file: FileFacts): FormatWriter;
}
