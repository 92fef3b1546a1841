import type { IsoDate, Minor } from '../units';
import { addDays, daysBetween } from '../calendar/day';

/**
 * A yearly rate as a whole number of millionths: 8.4 % is 84,000. Nothing is ever a float: interest is a fraction of
 * whole numbers, rounded once.
 */
export type RatePpm = number;

const PPM = 1_000_000n;

/**
 * How a year is divided into days.
 * `actual/365`: calendar days of 365, leap years as well. `actual/360`: calendar days of 360, usual in China.
 * `30/360`: months of 30 days (the bond basis, ISDA 2006 4.16(f)); a schedule by months is then equal months.
 */
export const DAY_COUNTS = ['actual/365', 'actual/360', '30/360'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** Days between two dates by the convention, and the days of its year. The first day counts, the last does not. */
export function daysOf(
  convention: DayCount,
  from: IsoDate,
  to: IsoDate,
): readonly [days: number, year: number] {
  if (convention === 'actual/365') return [daysBetween(from, to), 365];
  if (convention === 'actual/360') return [daysBetween(from, to), 360];
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  const first = Math.min(d1, 30);
  const last = d2 === 31 && first === 30 ? 30 : d2;
  return [(y2 - y1) * 360 + (m2 - m1) * 30 + (last - first), 360];
}

/** Interest on an amount for some days of a year, rounded half up to the minor unit. Zero for no days. */
export function interestFor(amount: Minor, rate: RatePpm, days: number, year: number): Minor {
  return Number(divided(BigInt(amount) * BigInt(rate) * BigInt(days), PPM * BigInt(year)));
}

/** Interest between two dates by the convention. */
export function interestBetween(
  amount: Minor,
  rate: RatePpm,
  convention: DayCount,
  from: IsoDate,
  to: IsoDate,
): Minor {
  const [days, year] = daysOf(convention, from, to);
  return days <= 0 ? 0 : interestFor(amount, rate, days, year);
}

/** A quotient of whole numbers rounded half up; the divisor is positive. */
export function divided(dividend: bigint, by: bigint): bigint {
  const twice = 2n * dividend + by;
  const whole = twice / (2n * by);
  return twice < 0n && whole * 2n * by !== twice ? whole - 1n : whole;
}

/** The same day of a later month; where the month is shorter, its last day. From the first date each time, so that the 31st comes back. */
export function monthsLater(day: IsoDate, months: number): IsoDate {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`;
  const next = addDays(first, 31).slice(0, 7);
  const last = Number(addDays(`${next}-01`, -1).slice(8, 10));
  return addDays(first, Math.min(Number(day.slice(8, 10)), last) - 1);
}
