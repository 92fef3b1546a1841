import type { DayCount, RatePpm } from '../agreement/rate';
import type { IsoDate, Minor } from '../units';
import type { Amounts } from './components';
import type { AllocationRules } from './order';

/**
 * A loan that the engine was given whole, and whose interest and charges it therefore works out itself. Where the host
 * keeps the books nothing of this is used: its figures are the truth.
 */
export interface LoanTerms {
  readonly startsOn: IsoDate;
  /** What is to be repaid of the principal, and when; the sum is what was lent. Oldest first. */
  readonly parts: readonly { readonly id: string; readonly due: IsoDate; readonly principal: Minor }[];
  readonly dayCount: DayCount;
  /** A year, on all unpaid principal. */
  readonly rate: RatePpm;
  /** On top of it, a year, on principal that is past due, for the nights after its grace. */
  readonly penaltyRate: RatePpm;
  readonly graceDays: number;
  /** Once for each part of which more than the tolerance is unpaid when its grace is over; no interest runs on it. */
  readonly lateCharge: {
    readonly ppm: RatePpm;
    readonly least: Minor;
    readonly most: Minor;
    readonly tolerance: Minor;
  } | null;
  /** Interest, penalty interest and late charges together never exceed this a year on the unpaid principal (CN-K9). */
  readonly capRate: RatePpm | null;
  readonly allocation: AllocationRules;
  /** Money beyond what is due: pays later parts at once, or is kept until they fall due. */
  readonly ahead: 'pay' | 'keep';
}

export type Stopped = 'interest' | 'penalty-interest' | 'late-charge';

/** What happened to the loan. `undone` says that it is to count as if it had never been. */
export type LedgerEntry = { readonly id: string; readonly on: IsoDate; readonly undone?: true } & (
  | { readonly kind: 'payment'; readonly amount: Minor }
  /** Money that is given back: at most what found nothing to pay. */
  | { readonly kind: 'refund'; readonly amount: Minor }
  /** Court fees and the like; they are owed at once. */
  | { readonly kind: 'cost'; readonly amount: Minor }
  /** Given up, component by component; never more than is owed on the day. Void: what was given up comes back. */
  | { readonly kind: 'waiver'; readonly amounts: Partial<Amounts> }
  /** A hold or an agreement: nothing of that accrues from the day up to and with the last one. */
  | { readonly kind: 'stop'; readonly what: readonly Stopped[]; readonly lastDay: IsoDate }
  /** All that is not due falls due on the day; undone, every part is back on its own date. */
  | { readonly kind: 'acceleration' }
);
