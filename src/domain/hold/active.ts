import type { Hold } from '../account/state';
import type { Step } from '../strategy/strategy';
import type { IsoDate } from '../units';
import { HOLD_EFFECTS, type HoldEffects } from './effects';

/** Holds in force on a day: the first and the last day count. */
export function activeHolds<H extends Hold>(holds: readonly H[], day: IsoDate): readonly H[] {
  return holds.filter((hold) => hold.from <= day && (hold.until === null || day <= hold.until));
}

/**
 * A death holds whatever speaks to the one who died. What a step tells the heirs begins with it: they answer with the
 * estate, and are to know.
 */
export function goesOnWithHeirs({ to }: Pick<Step, 'to'>, { type }: Hold): boolean {
  return to === 'heir' && type === 'deceased';
}

/** Whether the host's last snapshot had the account no more. */
export function hasLeft({ holds }: { readonly holds: readonly Hold[] }, day: IsoDate): boolean {
  return activeHolds(holds, day).some(({ type }) => type === 'left');
}

/** The hold that stops `effect` on the day and lasts longest, or null when nothing stops it. */
export function stoppedBy(holds: readonly Hold[], day: IsoDate, effect: keyof HoldEffects): Hold | null {
  let longest: Hold | null = null;
  for (const hold of activeHolds(holds, day)) {
    if (!HOLD_EFFECTS[hold.type][effect]) continue;
    if (longest === null || (longest.until !== null && (hold.until === null || hold.until > longest.until)))
      longest = hold;
  }
  return longest;
}
