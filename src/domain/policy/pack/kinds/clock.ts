import { lastOf } from '../index-ledger';
import { dayIn, dayNumber, isoOf, startOf, type Moment } from '../moment';
import { afterPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { ClockRule } from '../rule';
import { ALLOW, block, review, type Verdict } from '../verdict';
import { ofAccount } from './hold';

/** A limitation clock: once it has run out, the steps that it names are blocked. A claim of unknown age is asked about. */
export function judgeClock(rule: ClockRule, request: PolicyRequest, on: Moment): Verdict {
  const expires = expiryOf(rule, request, on);
  if (expires === null) return review(`when the ${rule.clock} clock began is not known`);
  return on.ms < expires ? ALLOW : block(`the ${rule.clock} clock has run out`);
}

/** The first moment at which it is too late, in the zone where that is first; null when its start is not known. */
export function expiryOf(rule: ClockRule, request: PolicyRequest, on: Moment): number | null {
  const mine = ofAccount(request);
  const began = lastOf(on.ledger, rule.starts, on.ms, mine);
  if (began === -Infinity) return null;
  const from = Math.max(began, lastOf(on.ledger, rule.restartedBy, on.ms, mine));
  const start = rule.yearEnd && from === began ? endOfYear(from, on) : from;
  const length = afterPeriod(start, rule.length, on) + pausedSince(from, rule, request, on);
  return rule.longest === null ? length : Math.min(length, afterPeriod(began, rule.longest, on));
}

/** The last moment of the local year. */
function endOfYear(ms: number, on: Moment): number {
  const { zone } = on.zones[0] as Moment['zones'][number];
  const year = Number(isoOf(dayIn(ms, zone)).slice(0, 4));
  return startOf(dayNumber(`${year + 1}-01-01`), zone) - 1;
}

/** Time that did not count: from each pause to its end, or to now. */
function pausedSince(from: number, rule: ClockRule, request: PolicyRequest, on: Moment): number {
  const mine = ofAccount(request);
  let paused = 0;
  for (const pause of rule.pausedBy) {
    const ends = on.ledger.of(pause.to).filter(mine);
    for (const began of on.ledger.of(pause.from)) {
      if (began.ms > on.ms || !mine(began)) continue;
      const end = Math.min(on.ms, ends.find(({ ms }) => ms >= began.ms)?.ms ?? on.ms);
      paused += Math.max(0, end - Math.max(began.ms, from));
    }
  }
  return paused;
}
