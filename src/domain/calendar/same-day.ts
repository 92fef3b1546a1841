import type { IsoDate } from '../units';
import { addDays, isIsoDate } from './day';

/** The same day of the month before, or that month's last day where it is shorter. */
export function monthBefore(day: IsoDate): IsoDate {
  const last = addDays(`${day.slice(0, 7)}-01`, -1);
  const same = `${last.slice(0, 7)}-${day.slice(8, 10)}`;
  return isIsoDate(same) ? same : last;
}

export function firstOfMonth(day: IsoDate): IsoDate {
  return `${day.slice(0, 7)}-01`;
}
