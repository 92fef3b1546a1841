import type { Zone } from '../../../units';
import { firstFrom } from '../index-ledger';
import type { Attempt, Selected } from '../ledger';
import { counts, sameKeys } from '../measure';
import { DAY_MS, dayNumber, HOUR_MS, isoOf, startOf, weekdayOf, type Moment } from '../moment';
import { monthsLater } from '../period';
import type { PolicyRequest } from '../request';
import type { CapRule } from '../rule';
import { ALLOW, block, wait, type Verdict } from '../verdict';
import { isWaived } from '../waived';
import { WEEKDAYS } from '../words';

/**
 * At most so many in a period, whoever made them. One more must fit: the answer is the moment at which enough of the
 * old ones have left. Attempts later than now (a clock was set back) count as well, so no period holds too many
 * whichever way it is looked at. Days are local, and every zone where the person may be is counted in.
 */
export function judgeCap(rule: CapRule, request: PolicyRequest, on: Moment): Verdict {
  const spared = request.purpose !== null && rule.notCounted.purposes.includes(request.purpose);
  if (spared || isWaived(rule.notCounted.under, request.waivers, on.ms, on)) return ALLOW;
  if (rule.max === 0) return block('none is allowed');
  const selected = on.ledger.select(rule, (attempt) => mayCount(rule, attempt));
  const { period } = rule;
  const mine = (attempt: Attempt) =>
    sameKeys(attempt, request, rule.per) &&
    // How long a waiver lasts is a matter of the zones that are asked about, so it is no part of what is selected once.
    !isWaived(rule.notCounted.under, attempt.waivers, Date.parse(attempt.at), on) &&
    (rule.across === 'all' ||
      request.agent === null ||
      attempt.agent === null ||
      attempt.agent === request.agent);
  if ('ever' in period) {
    const made = selected.items.filter(mine).length;
    return made < rule.max ? ALLOW : block(`${made} made, ${rule.max} allowed`);
  }
  if ('rolling' in period && period.unit === 'hour') return inHours(rule, period.rolling, selected, mine, on);
  for (const { zone, day } of on.zones) {
    const [from, to] =
      'rolling' in period ? [day - period.rolling + 1, day + period.rolling - 1] : calendar(period, day);
    const days = daysOf(selected, mine, zone, from, to);
    if (days.length < rule.max) continue;
    const why = `${days.length} made, ${rule.max} allowed`;
    if ('calendar' in period) return wait(startOf(to + 1, zone), why);
    // The oldest must leave until one fewer than the cap is left.
    const leaves = (days[days.length - rule.max] as number) + period.rolling;
    return wait(startOf(leaves, zone), why);
  }
  return ALLOW;
}

/** What may count for the rule whatever the request and the moment are. Selected once for a ledger. */
function mayCount(rule: CapRule, attempt: Attempt): boolean {
  const { outcomes, purposes } = rule.notCounted;
  if (rule.channels !== null && !rule.channels.includes(attempt.channel)) return false;
  if (rule.parties !== null && !rule.parties.includes(attempt.party)) return false;
  if (rule.places !== null && attempt.place !== null && !rule.places.includes(attempt.place)) return false;
  if (!counts(attempt, rule.counts) || outcomes.includes(attempt.outcome)) return false;
  return attempt.purpose === null || ![...purposes, ...rule.spares].includes(attempt.purpose);
}

function inHours(
  rule: CapRule,
  hours: number,
  { items, times }: Selected,
  mine: (attempt: Attempt) => boolean,
  on: Moment,
): Verdict {
  const length = hours * HOUR_MS;
  const made: number[] = [];
  for (let at = firstFrom(times, on.ms - length + 1); at < times.length; at += 1) {
    const ms = times[at] as number;
    if (ms >= on.ms + length) break;
    if (mine(items[at] as Attempt)) made.push(ms);
  }
  if (made.length < rule.max) return ALLOW;
  return wait((made[made.length - rule.max] as number) + length, `${made.length} made, ${rule.max} allowed`);
}

/** The local days, in order, of the attempts that fall on `from` to `to`. */
function daysOf(
  selected: Selected,
  mine: (attempt: Attempt) => boolean,
  zone: Zone,
  from: number,
  to: number,
): readonly number[] {
  const days = selected.daysIn(zone);
  const found: number[] = [];
  // A day begins at most a day away from the same day of UTC.
  const end = (to + 2) * DAY_MS;
  for (let at = firstFrom(selected.times, (from - 1) * DAY_MS); at < days.length; at += 1) {
    if ((selected.times[at] as number) >= end) break;
    const day = days[at] as number;
    if (day >= from && day <= to && mine(selected.items[at] as Attempt)) found.push(day);
  }
  return found;
}

/** The first and the last day of the period of the calendar that a day is in. */
function calendar(
  {
    calendar: unit,
    weekStarts,
  }: { readonly calendar: 'day' | 'week' | 'month'; readonly weekStarts: string },
  day: number,
): readonly [number, number] {
  if (unit === 'day') return [day, day];
  if (unit === 'week') {
    const into = (weekdayOf(day) - WEEKDAYS.findIndex((name) => name === weekStarts) + 7) % 7;
    return [day - into, day - into + 6];
  }
  const first = dayNumber(`${isoOf(day).slice(0, 7)}-01`);
  return [first, monthsLater(first, 1) - 1];
}
