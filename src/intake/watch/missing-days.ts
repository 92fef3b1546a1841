import { addDays } from '../../domain/calendar/day';
import { holidaysOf, isBusinessDay, WEEKENDS } from '../../domain/calendar/business';
import { instantOf } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import type { WatchedFeed } from './read-settings';

/** No list of days is longer: a feed that stopped a year ago is one thing to say, not 365. */
const MOST = 31;

type Expected = Pick<WatchedFeed, 'days' | 'noneOn'>;

/** The days after `last` and before `until` on which a file should have come. None before the first file of all. */
export function daysBetween(
  feed: Expected,
  last: IsoDate | null,
  until: IsoDate,
  zone: Zone,
): readonly IsoDate[] {
  const days: IsoDate[] = [];
  if (last === null) return days;
  for (let day = addDays(last, 1); day < until && days.length < MOST; day = addDays(day, 1))
    if (isExpected(feed, day, zone)) days.push(day);
  return days;
}

/** The day before which everything should be there by now: a file comes in the night, so its day is over first. */
export function dueUntil(by: string, today: IsoDate, now: Instant, zone: Zone): IsoDate {
  return now >= instantOf(today, by, zone) ? today : addDays(today, -1);
}

function isExpected({ days, noneOn }: Expected, day: IsoDate, zone: Zone): boolean {
  if (noneOn.includes(day)) return false;
  return days === 'every' || isBusinessDay(day, days === 'business' ? holidaysOf(zone) : WEEKENDS);
}
