import type { IsoDate, Minor } from '../../domain/units';
import type { MadeUpPerson } from './people';

/** What an account is chosen and drawn by; what it does after these months changes nothing of it. */
export const SHOWN_MONTHS = 10;

/** One card account of a portfolio, with what is going to happen to it. All amounts in fen. */
export interface Card {
  /** The lender's own number of it. */
  readonly number: string;
  readonly person: MadeUpPerson;
  readonly manner: Manner;
  readonly limit: Minor;
  /** On the day of enrolment. */
  readonly balance: Minor;
  /** The new part that falls due each month. */
  readonly minimum: Minor;
  /** Day of the month on which it falls due, 1 to 28. */
  readonly dueDay: number;
  readonly openedOn: IsoDate;
  readonly autopay: 'own-bank' | 'other-bank' | null;
  readonly neverPaid: boolean;
  readonly score: number;
  /** Months late on the day after each due date, as the file counts: the first was before the enrolment. */
  readonly monthsLate: readonly number[];
}

/** How a person meets a collector when no payment is near. Decides nothing about the money. */
export type Manner =
  | 'forgetful'
  | 'promises'
  | 'in-hardship'
  | 'refuses'
  | 'unreachable'
  | 'disputes'
  | 'vulnerable'
  | 'deceased';
