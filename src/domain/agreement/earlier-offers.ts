import { addDays } from '../calendar/day';
import type { IsoDate, Minor } from '../units';

/** A person has one waiver in so many days, and a case its cap over as many (ladders 7.1). */
export const WAIVER_DAYS = 365;
/** Asking again does not raise an offer for so many days (ladders 7.1). */
const ASKED_AGAIN_DAYS = 30;

/** An earlier offer as its book has it: how it was answered, on which day, and the most that it was offered. */
export interface EarlierOffer {
  readonly status: string;
  readonly on: IsoDate;
  /** Minor units; null where nothing was to be given up. */
  readonly best: Minor | null;
}

/** Whether it became an agreement. */
export const isGiven = (status: string): boolean => status === 'accept' || status === 'approved';

/** What was taken back, has expired or still waits was refused by nobody. */
const REFUSED: readonly string[] = ['counter', 'refuse', 'declined'];

/**
 * The offer that bars a higher one on a day: the first that was refused within its days. Asking once more neither raises
 * it nor makes the days begin anew. `earlier` in the order in which they were asked for.
 */
export function refusedOffer(
  earlier: readonly EarlierOffer[],
  day: IsoDate,
): { readonly on: IsoDate; readonly amount: Minor } | null {
  for (const { status, on, best } of earlier)
    if (best !== null && REFUSED.includes(status) && stillBars(on, day)) return { on, amount: best };
  return null;
}

/** Whether a refusal of that day still counts on another. */
export const stillBars = (refusedOn: IsoDate, day: IsoDate): boolean =>
  refusedOn > addDays(day, -ASKED_AGAIN_DAYS);
