import { instantOf } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import type { Card } from './card';

/** The due date of a month: month 0 is the last one before the enrolment. */
export function dueDate(card: Card, enrolledOn: IsoDate, month: number): IsoDate {
  const day = String(card.dueDay).padStart(2, '0');
  const last = enrolledOn.slice(8) > day ? 0 : -1;
  const count = Number(enrolledOn.slice(0, 4)) * 12 + Number(enrolledOn.slice(5, 7)) - 1 + last + month;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-${day}`;
}

/**
 * Minimums not covered on the day after each due date. The file counts a first missed minimum, still in grace on that
 * day, as not late: so an account that is two months late next time has missed its first one now.
 */
export function cyclesByMonth(monthsLate: readonly number[]): number[] {
  return monthsLate.map((late, month) => (late === 0 && (monthsLate[month + 1] ?? 0) >= 2 ? 1 : late));
}

/** A local day and time of day in minutes as a moment. */
export function momentOn(day: IsoDate, minutes: number, zone: Zone): Instant {
  const text = (part: number): string => String(part).padStart(2, '0');
  return instantOf(day, `${text(Math.floor(minutes / 60))}:${text(minutes % 60)}`, zone);
}

/** The day, moved into the span where it lies outside. */
export function within(day: IsoDate, from: IsoDate, to: IsoDate): IsoDate {
  if (day < from) return from;
  return day > to ? to : day;
}
