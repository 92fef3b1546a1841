import type { Hold } from '../account/state';
import { addDays, daysBetween, maxDate, minDate } from '../calendar/day';
import { HOLD_EFFECTS } from '../hold/effects';
import type { IsoDate } from '../units';

/** Days on which the count stands still, both ends included; `until` null is without end. */
export interface Pause {
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}

/** The holds that stop the count as pauses; a hold that was released before it began is none. */
export function effectivePauses(holds: readonly Hold[]): readonly Pause[] {
  return merged(
    holds.filter(({ type, from, until }) => HOLD_EFFECTS[type].count && (until === null || until >= from)),
  );
}

/** In order; overlapping, nested and adjoining ones are one. */
export function merged(spans: readonly Pause[]): readonly Pause[] {
  const stopping = [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const pauses: Pause[] = [];
  for (const { from, until } of stopping) {
    const last = pauses[pauses.length - 1];
    if (last === undefined || (last.until !== null && from > addDays(last.until, 1)))
      pauses.push({ from, until });
    else pauses[pauses.length - 1] = { from: last.from, until: later(last.until, until) };
  }
  return pauses;
}

function later(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  return a === null || b === null ? null : maxDate(a, b);
}

/**
 * Days after `due` up to and including `day` that pauses keep from counting. The count on a pause's last day is that of
 * its first day: it stands still from the first to the last, as in Apache Fineract.
 */
export function pausedDays(pauses: readonly Pause[], due: IsoDate, day: IsoDate): number {
  let paused = 0;
  for (const { from, until } of pauses) {
    const first = maxDate(from, due);
    const last = until === null ? day : minDate(until, day);
    if (last > first) paused += daysBetween(first, last);
  }
  return paused;
}
