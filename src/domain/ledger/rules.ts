import type { RatePpm } from '../agreement/rate';
import type { Ahead } from './loan';
import { INSTALMENT_LOAN, type AllocationRules } from './order';

/** What a strategy says of money: in which order it pays, and what may be charged at most. Of a product, by DPD. */
export interface MoneyRules {
  readonly allocation: AllocationRules;
  /** Money beyond what is due, where the loan's own contract does not say. */
  readonly ahead: Ahead;
  /** Interest and charges together a year, on the unpaid principal; the lower of this and the contract's own. */
  readonly capRate?: RatePpm;
  /** Interest and charges together in all, of what was lent. */
  readonly capShare?: RatePpm;
  /** Whether interest and charges run on when the debt is written off; left out: they run, for the debt lives on. */
  readonly atWriteOff?: 'run' | 'stop';
}

/** Where the strategy says nothing (ladders 11). */
export const MONEY_RULES: MoneyRules = { allocation: INSTALMENT_LOAN, ahead: 'keep' };
