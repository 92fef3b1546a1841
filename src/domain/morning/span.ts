import type { Currency, IsoDate, Minor } from '../units';
import type { Product } from '../account/terms';

/**
 * How an account stood at the close of each day from `from` on, until the next span. A day is closed in the morning
 * after it (CLOSES_AT), and never changes afterwards: what is told later counts from the day on which it was known.
 * Amounts are minor units of the account's currency.
 */
export interface Span {
  readonly from: IsoDate;
  /** The day before which it ends; null while it goes on. */
  readonly to: IsoDate | null;
  /** M0 … M7 as 0 … 7, by cycles or days as the strategy counts. In grace is M0: late nowhere (ladders 2.1). */
  readonly bucket: number;
  /** Contract days past due on the first day of the span. */
  readonly dpd: number;
  readonly pastDue: Minor;
  readonly balance: Minor;
  readonly stage: string | null;
  readonly segment: string | null;
  /** Types of the holds in force, in the order of the alphabet, with commas between; empty without any. */
  readonly holds: string;
  readonly promised: boolean;
  readonly writtenOff: boolean;
  /** Spoken to or visited by a person since it became late. */
  readonly contacted: boolean;
  /** Why the account has closed; such spans only complete the cycle that was running. */
  readonly ended: string | null;
  /** The next day on which the bucket rises by itself; null when it does not. */
  readonly rollsOn: IsoDate | null;
  /** The snapshot day that the running cycle or month began with; null for who came in the middle of it. */
  readonly cycle: IsoDate | null;
  readonly startBucket: number | null;
  readonly startBalance: Minor | null;
}

/** What never changes about an account in the figures. */
export interface Cohort {
  readonly account: string;
  readonly lender: string;
  readonly currency: Currency;
  readonly product: Product;
}

/** What a vintage asks of an account: the first days on which it was so late, by the contract. */
export interface Milestones {
  /** When it first stood in the book with something past due beyond grace, and how much it owed then. */
  readonly enteredOn: IsoDate | null;
  readonly enteredBalance: Minor;
  readonly ever30: IsoDate | null;
  readonly ever60: IsoDate | null;
  readonly ever90: IsoDate | null;
}

/** A promise as the figures count it. */
export interface PromiseFigure {
  readonly promise: string;
  readonly madeOn: IsoDate;
  /** The day it was promised for. */
  readonly date: IsoDate;
  readonly amount: Minor;
  readonly channel: string;
  /** Opaque reference of who took it; null when nobody was named. */
  readonly by: string | null;
  readonly segment: string | null;
  readonly status: string;
  readonly judgedOn: IsoDate | null;
  /** What came in for it by the end of its grace. */
  readonly paid: Minor;
}
