import type { IsoDate } from '../units';

const DAY_MS = 86_400_000;

/** Milliseconds of the day's start in UTC: days are counted there because no day of UTC is shorter than another. */
const start = (day: IsoDate): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));

/** Days are written again and again, mostly the same ones: writing them was what a plan of a book cost most. */
const written = new Map<number, IsoDate>();
const REMEMBERED = 5000;

function text(ms: number): IsoDate {
  const known = written.get(ms);
  if (known !== undefined) return known;
  if (written.size >= REMEMBERED) written.clear();
  const day = new Date(ms).toISOString().slice(0, 10);
  written.set(ms, day);
  return day;
}

/** The day so many calendar days later (earlier when negative). Stays within the years 0100 to 9999. */
export function addDays(day: IsoDate, days: number): IsoDate {
  return text(Math.min(Math.max(start(day) + days * DAY_MS, FIRST), LAST));
}

/** Calendar days from one day to another; negative when `to` lies before `from`. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((start(to) - start(from)) / DAY_MS);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: IsoDate): number {
  return new Date(start(day)).getUTCDay();
}

/** Whether it is written `YYYY-MM-DD` and stands in the calendar: 2026-02-30 does not. */
export function isIsoDate(value: unknown): value is IsoDate {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0100') return false;
  const ms = start(value);
  return !Number.isNaN(ms) && text(ms) === value;
}

export const maxDate = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);
export const minDate = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);

const FIRST = Date.UTC(100, 0, 1);
const LAST = Date.UTC(9999, 11, 31);
