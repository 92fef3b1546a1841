import type { Minor } from '../units';

/** Income and outgoings of a month as they were stated, in minor units. */
export interface Budget {
  readonly income: Minor;
  readonly essentials: Minor;
  /** The least that living costs a head where the person lives, and how many heads: essentials are never below that. */
  readonly leastLiving?: Minor;
  readonly household?: number;
}

/** Of what is left over, so much is asked for: percent (ladders 6, [assumption]). */
const SHARE = 50;

/**
 * The instalment that a household can carry (ladders 6): half of what income leaves above essentials, rounded down,
 * never below zero. Integers all the way.
 */
export function affordableInstalment(budget: Budget): Minor {
  const { income, essentials, leastLiving = 0, household = 1 } = budget;
  const needed = Math.max(essentials, leastLiving * household);
  return Math.max(0, Math.floor(((income - needed) * SHARE) / 100));
}
