import type { Moment } from './moment';
import { afterPeriod } from './period';
import type { Waived } from './request';
import type { Waiver } from './rule';

/** Whether one of the waivers that a rule knows was given with evidence, and in time for a moment. */
export function isWaived(
  known: readonly Waiver[],
  given: readonly Waived[],
  ms: number,
  on: Moment,
): boolean {
  if (known.length === 0 || given.length === 0) return false;
  return known.some(({ by, within }) =>
    given.some((one) => {
      if (one.by !== by || one.evidence === null) return false;
      if (one.at !== null && Date.parse(one.at) > ms) return false;
      if (within === null) return true;
      return one.at !== null && ms < afterPeriod(Date.parse(one.at), within, on);
    }),
  );
}
