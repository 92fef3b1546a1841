import { isBusinessDay, isYearKnown, type Holidays } from '../../calendar/business';
import { dayIn, dayNumber, HOUR_MS, isoOf, startOf, type Moment } from './moment';
import type { Period } from './rule';
import type { IsoDate, Zone } from '../../units';

/** The year of the day is in no reviewed table: whether people work on it, nobody knows. */
export class UnknownYear extends Error {
  constructor(readonly year: string) {
    super(`unknown year ${year}`);
  }
}

/** The day as a date of a year that a table has. Throws UnknownYear. */
export function knownDay(day: number, holidays: Holidays): IsoDate {
  const iso = isoOf(day);
  if (!isYearKnown(iso, holidays)) throw new UnknownYear(iso.slice(0, 4));
  return iso;
}

/** Whether people work on the day. Throws UnknownYear where no table says. */
function isWorkingDay(day: number, holidays: Holidays): boolean {
  return isBusinessDay(knownDay(day, holidays), holidays);
}

/**
 * The first moment after a period that began with the event, in the zone of the latest: whole days are over when the
 * last of them is. Hours are exact. Throws UnknownYear.
 */
export function afterPeriod(ms: number, period: Period, on: Moment): number {
  if (period.unit === 'hour') return ms + period.n * HOUR_MS;
  return Math.max(...on.zones.map(({ zone }) => endIn(ms, period, zone, on.holidays)));
}

/** As `afterPeriod`, in the zone where it is over first: what must be done by then is late from then on. */
export function endOfPeriod(ms: number, period: Period, on: Moment): number {
  if (period.unit === 'hour') return ms + period.n * HOUR_MS;
  return Math.min(...on.zones.map(({ zone }) => endIn(ms, period, zone, on.holidays)));
}

function endIn(ms: number, period: Period, zone: Zone, holidays: Holidays): number {
  return startOf(lastDay(dayIn(ms, zone), period, holidays) + 1, zone);
}

/** The last day of the period whose event was on `day`. */
export function lastDay(day: number, { n, unit, first, roll }: Period, holidays: Holidays): number {
  const start = first === 'event-day' ? day - 1 : day;
  let last = start;
  if (unit === 'day') last = start + n;
  else if (unit === 'month') last = monthsLater(day, n) - (day - start);
  else if (unit === 'year') last = monthsLater(day, 12 * n) - (day - start);
  else for (let left = n; left > 0;) if (isWorkingDay(++last, holidays)) left -= 1;
  if (roll) while (!isWorkingDay(last, holidays)) last += 1;
  return last;
}

/** The day of the same number so many months later, or that month's last day where it is shorter. */
export function monthsLater(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = isoOf(day).split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const first = monthStart(index);
  return Math.min(first + date - 1, monthStart(index + 1) - 1);
}

function monthStart(index: number): number {
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  return dayNumber(`${year}-${String((index % 12) + 1).padStart(2, '0')}-01`);
}

/** `7 days`, `1 business day`. */
export function sayPeriod({ n, unit }: Period): string {
  return `${n} ${unit === 'business-day' ? 'business day' : unit}${n === 1 ? '' : 's'}`;
}
