import { addDays, daysBetween } from '../calendar/day';
import { instantOf } from '../calendar/zone';
import type { Instant, IsoDate } from '../units';
import type { Situation } from './situation';

/**
 * Which day of the ladder it is: treatment DPD when something is past due, minus the days to the next due date before
 * that; null when neither is known.
 */
export function ladderDay({ standing, day }: Situation): number | null {
  if (standing.treatmentDue !== null) return standing.treatmentDpd;
  return standing.nextDue !== null && standing.nextDue >= day ? -daysBetween(day, standing.nextDue) : null;
}

/** The calendar day on which the ladder reaches day `n`, as things stand today. */
export function dayOfLadder({ standing, strategy }: Situation, n: number): IsoDate | null {
  if (standing.treatmentDue === null) return standing.nextDue === null ? null : addDays(standing.nextDue, n);
  const { grace } = strategy.counting;
  const offset = grace.counting === 'offset' ? grace.days : 0;
  return addDays(standing.treatmentDue, n + standing.pausedDays + offset);
}

/** The moment of a local day at which steps without a time of their own come due, or at `time`. */
export function momentOf({ account, strategy }: Situation, day: IsoDate, time?: string): Instant {
  return instantOf(day, time ?? strategy.sendAt, account.terms.zone);
}
