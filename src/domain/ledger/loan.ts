import type { DayCount, RatePpm } from '../agreement/rate';
import type { IsoDate, Minor } from '../units';
import type { Amounts, Component } from './components';
import type { AllocationRules } from './order';

/** Once for each part of which more than the tolerance is unpaid when its grace is over; no interest runs on it. */
export interface LateCharge {
  /** Share of what is unpaid of the part, within a least and a most amount in minor units. */
  readonly ppm: RatePpm;
  readonly least: Minor;
  readonly most: Minor;
  readonly tolerance: Minor;
}

/** What the contract of a loan says, as it is told with the loan. Yearly rates are whole millionths: 18 % is 180,000. */
export interface LoanContract {
  /** The first night bears interest: that from this day to the next. */
  readonly startsOn: IsoDate;
  readonly dayCount: DayCount;
  /** A year, on all unpaid principal. */
  readonly rate: RatePpm;
  /** On top of it, a year, on principal that is past due, for the nights after its grace; left out: none. */
  readonly penaltyRate?: RatePpm;
  /** Left out: none. */
  readonly graceDays?: number;
  readonly lateCharge?: LateCharge;
  readonly capRate?: RatePpm;
  /** Left out: as the strategy says. */
  readonly ahead?: Ahead;
}

/**
 * A loan that the engine was given whole, and whose interest and charges it therefore works out itself. Where the host
 * keeps the books nothing of this is used: its figures are the truth.
 */
export interface LoanTerms extends Omit<
  LoanContract,
  'penaltyRate' | 'graceDays' | 'lateCharge' | 'capRate' | 'ahead'
> {
  /** What is to be repaid of the principal, and when; the sum is what was lent. Oldest first. */
  readonly parts: readonly { readonly id: string; readonly due: IsoDate; readonly principal: Minor }[];
  readonly penaltyRate: RatePpm;
  readonly graceDays: number;
  readonly lateCharge: LateCharge | null;
  /** Interest, penalty interest and late charges together never exceed this a year on the unpaid principal (CN-K9). */
  readonly capRate: RatePpm | null;
  /** Nor this share of what was lent, in all; left out: no such cap. Brazil's law of cards has 100 percent. */
  readonly capShare?: RatePpm;
  readonly allocation: AllocationRules;
  readonly ahead: Ahead;
}

/**
 * Money beyond what is due: is kept until something falls due, pays the next parts at once, or the last ones, so that
 * the loan ends sooner.
 */
export const AHEAD = ['keep', 'pay', 'pay-last'] as const;
export type Ahead = (typeof AHEAD)[number];

export type Stopped = 'interest' | 'penalty-interest' | 'late-charge';

/** What happened to the loan. `undone` says that it is to count as if it had never been. */
export type LedgerEntry = { readonly id: string; readonly on: IsoDate; readonly undone?: true } & (
  | { readonly kind: 'payment'; readonly amount: Minor }
  /** A goodwill credit or a correction: pays like money, its own part first where it names one. It is no payment. */
  | { readonly kind: 'credit'; readonly amount: Minor; readonly part?: string; readonly from?: 'end' }
  /** Money that is given back. More than found nothing to pay is owed again from that day on. */
  | { readonly kind: 'refund'; readonly amount: Minor }
  /** Court fees and the like: owed with what is past due, else with the part that falls due next. */
  | {
      readonly kind: 'cost';
      readonly amount: Minor;
      readonly component?: Component;
      readonly part?: string;
    }
  /** Given up, component by component; never more than is owed in all. Void: what was given up comes back. */
  | { readonly kind: 'waiver'; readonly amounts: Partial<Amounts> }
  /** A hold or an agreement: nothing of that accrues from the day up to and with the last one. */
  | { readonly kind: 'stop'; readonly what: readonly Stopped[]; readonly lastDay: IsoDate }
  /** All that is not due falls due on the day; undone, every part is back on its own date. */
  | { readonly kind: 'acceleration' }
);
