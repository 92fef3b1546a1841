import { addDays } from '../../calendar/day';
import type { IsoDate } from '../../units';

/** The cut-off day of a month. A month without the day has its last one. @param month `YYYY-MM` */
export function cutOffDay(month: string, cutOff: number | 'last'): IsoDate {
  const last = addDays(`${nextMonth(month, 1)}-01`, -1);
  if (cutOff === 'last') return last;
  const day = `${month}-${String(cutOff).padStart(2, '0')}`;
  return day < last ? day : last;
}

/** `YYYY-MM` so many months later, or earlier when negative. */
export function nextMonth(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** The day some years later; 29 February falls on the 28th where the year has none. */
export function yearsLater(day: IsoDate, years: number): IsoDate {
  const year = Number(day.slice(0, 4)) + years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const rest = day.slice(4) === '-02-29' && !leap ? '-02-28' : day.slice(4);
  return `${String(year).padStart(4, '0')}${rest}`;
}
