import type { Zone } from '../../units';
import type { HappeningName } from './happenings';
import type { Attempt, DatedHappening, Ledger, LedgerIndex, Selected } from './ledger';
import { dayIn } from './moment';

const NONE: readonly DatedHappening[] = [];

/** Sorts a ledger by what and when, once. What a rule selects is kept, so that only the first question pays for it. */
export function indexLedger({ attempts, happenings }: Ledger): LedgerIndex {
  const sorted = attempts
    .map((attempt) => ({ attempt, ms: Date.parse(attempt.at) }))
    .sort((a, b) => a.ms - b.ms);
  const byName = new Map<HappeningName, DatedHappening[]>();
  for (const happening of happenings) {
    const dated = { ...happening, ms: Date.parse(happening.at) };
    const known = byName.get(happening.event);
    if (known === undefined) byName.set(happening.event, [dated]);
    else known.push(dated);
  }
  for (const list of byName.values()) list.sort((a, b) => a.ms - b.ms);
  const kept = new WeakMap<object, Selected>();
  return {
    select(owner, passes) {
      const before = kept.get(owner);
      if (before !== undefined) return before;
      const made = selected(sorted.filter(({ attempt }) => passes(attempt)));
      kept.set(owner, made);
      return made;
    },
    of: (event) => byName.get(event) ?? NONE,
  };
}

function selected(entries: readonly { readonly attempt: Attempt; readonly ms: number }[]): Selected {
  const times = entries.map(({ ms }) => ms);
  const byZone = new Map<Zone, readonly number[]>();
  return {
    items: entries.map(({ attempt }) => attempt),
    times,
    daysIn(zone) {
      const before = byZone.get(zone);
      if (before !== undefined) return before;
      const days = times.map((ms) => dayIn(ms, zone));
      byZone.set(zone, days);
      return days;
    },
  };
}

/** The first place in `times` whose moment is at or after `ms`. */
export function firstFrom(times: readonly number[], ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The latest of these that happened at or before `ms` and passes, or null. */
export function latest(
  list: readonly DatedHappening[],
  ms: number,
  passes: (happening: DatedHappening) => boolean = () => true,
): DatedHappening | null {
  for (let at = placeAfter(list, ms) - 1; at >= 0; at -= 1) {
    const one = list[at] as DatedHappening;
    if (passes(one)) return one;
  }
  return null;
}

/** How many of these happened at or before `ms`. */
export function placeAfter(list: readonly { readonly ms: number }[], ms: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as { ms: number }).ms <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of these from `from` on, up to `ms`, that passes, or null. */
export function earliest(
  list: readonly DatedHappening[],
  from: number,
  ms: number,
  passes: (happening: DatedHappening) => boolean,
): DatedHappening | null {
  for (let at = placeAfter(list, from - 1); at < list.length; at += 1) {
    const one = list[at] as DatedHappening;
    if (one.ms > ms) return null;
    if (passes(one)) return one;
  }
  return null;
}

/** When any of these happened last, at or before `ms`; -Infinity when none did. */
export function lastOf(
  ledger: LedgerIndex,
  names: readonly HappeningName[],
  ms: number,
  passes: (happening: DatedHappening) => boolean,
): number {
  let last = -Infinity;
  for (const name of names) last = Math.max(last, latest(ledger.of(name), ms, passes)?.ms ?? -Infinity);
  return last;
}
