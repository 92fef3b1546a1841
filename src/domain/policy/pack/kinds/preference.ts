import { msOf, weekdayOf, type Moment } from '../moment';
import { afterPeriod } from '../period';
import type { DatedHappening } from '../ledger';
import type { PolicyRequest } from '../request';
import type { PreferenceRule } from '../rule';
import { ALLOW, block, wait, type Verdict } from '../verdict';
import { WEEKDAYS, type DayKind } from '../words';

/** When, where and how a person does not want to be reached, as the ledger knows it. */
export function judgePreference(rule: PreferenceRule, request: PolicyRequest, on: Moment): Verdict {
  for (const wish of on.ledger.of('preference')) {
    if (wish.ms > on.ms || wish.not === null || !speaksOf(wish, request)) continue;
    const end = endOf(wish, rule, on);
    if (on.ms >= end) continue;
    const verdict = judgeWish(wish.not, end, on);
    if (verdict !== null) return verdict;
  }
  return ALLOW;
}

/** The first moment at which the wish binds no more. */
function endOf(wish: DatedHappening, rule: PreferenceRule, on: Moment): number {
  const named = wish.until === null ? Infinity : Date.parse(wish.until) + 1;
  const spoken = wish.form === 'oral' && rule.spokenLasts !== null;
  return spoken ? Math.min(named, afterPeriod(wish.ms, rule.spokenLasts, on)) : named;
}

function speaksOf({ not, person }: DatedHappening, request: PolicyRequest): boolean {
  if (not === null) return false;
  if (person !== null && request.person !== null && person !== request.person) return false;
  const place = not.places === null || request.place === null || not.places.includes(request.place);
  const way = not.channels === null || request.channel === null || not.channels.includes(request.channel);
  return place && way;
}

/** Waits for the end of the hours that were named; a wish that leaves no hour of the week blocks. */
function judgeWish(not: NonNullable<DatedHappening['not']>, end: number, on: Moment): Verdict | null {
  const always = not.days === null && not.from === '00:00' && not.to === '24:00';
  if (always)
    return end === Infinity ? block('the person asked not to') : wait(end, 'the person asked not to');
  for (const { zone, day } of on.zones) {
    const isNamed = not.days === null || not.days.includes(WEEKDAYS[weekdayOf(day)] as DayKind);
    const until = msOf(day, not.to, zone);
    if (isNamed && msOf(day, not.from, zone) <= on.ms && on.ms < until)
      return wait(Math.min(until, end), `not at this time in ${zone}, as the person asked`);
  }
  return null;
}
