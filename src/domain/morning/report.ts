import type { Currency, Instant, IsoDate } from '../units';
import type { FigureName, Unit } from './definitions';

/** One line of a report: a figure, perhaps of a part (a bucket, a channel), against earlier days. */
export interface Line {
  readonly figure: FigureName;
  /** Which part of it: `M2`, `sms`, `C24 sms`; empty for the whole. */
  readonly part: string;
  /** Of a cohort: how old it was, `month 6`. Ages of one part stand beside each other. */
  readonly age?: string;
  /** Of an amount; null for what has no currency. */
  readonly currency: Currency | null;
  readonly unit: Unit;
  /** Null where it cannot be said: nothing to divide by. */
  readonly value: number | null;
  /** The same on the same weekday a week before; left out where a figure has no such day. */
  readonly week?: number | null;
  /** The same on the same day of the month before. */
  readonly cycle?: number | null;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
  /** What a reader must know, in sentences. */
  readonly notes: readonly string[];
}

/** A course of days, for a plot. */
export interface Course {
  readonly figure: FigureName;
  readonly part: string;
  readonly currency: Currency | null;
  readonly points: readonly { readonly day: IsoDate; readonly value: number }[];
}

export interface FiguresReport {
  readonly report: string;
  readonly title: string;
  /** The morning that it is made for. */
  readonly asOf: IsoDate;
  /** The last closed day. */
  readonly day: IsoDate;
  readonly lender: string | null;
  readonly madeAt: Instant;
  readonly health: string;
  readonly sections: readonly Section[];
  readonly courses: readonly Course[];
}
