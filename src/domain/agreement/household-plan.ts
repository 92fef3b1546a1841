import type { Minor } from '../units';
import { affordableInstalment, type Budget } from './affordable';
import { equalInstalments, type MonthlyTerms, type Schedule } from './schedule';

/** Longest plan by balance, in instalments (ladders 6, [assumption]); the first band that the balance is below. */
export interface LengthBand {
  readonly below: Minor | null;
  readonly most: number;
}
export const LENGTHS: readonly LengthBand[] = [
  { below: 3_000_00, most: 12 },
  { below: 10_000_00, most: 24 },
  { below: 50_000_00, most: 36 },
  { below: null, most: 60 },
];
/** Least instalment (ladders 6, [assumption]): 100 yuan. */
export const LEAST_INSTALMENT: Minor = 100_00;

export type HouseholdPlan =
  | {
      readonly offer: 'plan';
      readonly count: number;
      readonly schedule: Schedule;
      readonly affordable: Minor;
    }
  /** No instalment that the household can carry pays the debt in the longest time: relief, not a plan. */
  | { readonly offer: 'relief'; readonly affordable: Minor };

export function longestFor(balance: Minor, bands: readonly LengthBand[] = LENGTHS): number {
  return bands.find(({ below }) => below === null || balance < below)?.most ?? 0;
}

/**
 * The shortest plan whose instalments the household can carry (ladders 6): half of what income leaves above essentials,
 * at least the least instalment, and never below the month's running interest. Shorter costs the person less.
 */
export function planForHousehold(
  terms: Omit<MonthlyTerms, 'count' | 'downPayment'>,
  budget: Budget,
  least: Minor = LEAST_INSTALMENT,
  bands: readonly LengthBand[] = LENGTHS,
): HouseholdPlan {
  const affordable = affordableInstalment(budget);
  if (affordable < Math.min(least, terms.principal)) return { offer: 'relief', affordable };
  for (let count = 1; count <= longestFor(terms.principal, bands); count += 1) {
    const schedule = equalInstalments({ ...terms, count });
    if (typeof schedule === 'string') break;
    const { instalments } = schedule;
    const carried = instalments.every(({ amount }) => amount <= affordable);
    // The last one takes what is left, and may be smaller than the least.
    if (carried && instalments.slice(0, -1).every(({ amount }) => amount >= least))
      return { offer: 'plan', count, schedule, affordable };
  }
  return { offer: 'relief', affordable };
}
