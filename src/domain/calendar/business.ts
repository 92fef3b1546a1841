import type { IsoDate, Zone } from '../units';
import { addDays, weekday } from './day';
import { CN_2024 } from './holidays/cn-2024';
import { CN_2025 } from './holidays/cn-2025';
import { CN_2026 } from './holidays/cn-2026';

/** What one year differs in from plain weeks. */
export interface HolidayYear {
  readonly closed: readonly IsoDate[];
  readonly workingWeekends: readonly IsoDate[];
}

/** Holiday tables by year, as data. A year without a table is not known. */
export type Holidays = Readonly<Record<string, HolidayYear>>;

export const CHINA: Holidays = { '2024': CN_2024, '2025': CN_2025, '2026': CN_2026 };
/** Saturdays and Sundays only: for zones whose holidays nobody has given yet. */
export const WEEKENDS: Holidays = {};

/** The holidays that shipped for a zone. */
export function holidaysOf(zone: Zone): Holidays {
  return CHINESE_ZONES.includes(zone) ? CHINA : WEEKENDS;
}

const CHINESE_ZONES: readonly Zone[] = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Asia/Chongqing',
  'Asia/Harbin',
  'PRC',
];

/** Whether the holidays of the day's year are known. Where not, business days follow the plain week. */
export function isYearKnown(day: IsoDate, holidays: Holidays): boolean {
  return holidays[day.slice(0, 4)] !== undefined;
}

/** Whether people work on the day: weekdays that are no holiday, and weekend days that were made working days. */
export function isBusinessDay(day: IsoDate, holidays: Holidays): boolean {
  const year = holidays[day.slice(0, 4)];
  if (year?.closed.includes(day)) return false;
  if (year?.workingWeekends.includes(day)) return true;
  const dayOfWeek = weekday(day);
  return dayOfWeek !== 0 && dayOfWeek !== 6;
}

/** The nth business day after the day (before it when negative). With 0 the day itself, or the next business day. */
export function addBusinessDays(day: IsoDate, n: number, holidays: Holidays = CHINA): IsoDate {
  if (n === 0) return isBusinessDay(day, holidays) ? day : addBusinessDays(day, 1, holidays);
  const step = n < 0 ? -1 : 1;
  let left = Math.abs(n);
  let at = day;
  while (left > 0) {
    at = addDays(at, step);
    if (isBusinessDay(at, holidays)) left -= 1;
  }
  return at;
}
