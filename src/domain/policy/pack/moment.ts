import { addDays } from '../../calendar/day';
import { instantOf, offset } from '../../calendar/zone';
import type { Holidays } from '../../calendar/business';
import type { IsoDate, TimeOfDay, Zone } from '../../units';
import type { LedgerIndex } from './ledger';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** How many days ahead an opening is looked for before a human is asked. */
export const HORIZON_DAYS = 400;
const EPOCH = '1970-01-01';

/** A moment in one zone. `day` counts local days from 1970-01-01. */
export interface LocalMoment {
  readonly zone: Zone;
  readonly day: number;
}

/** What a rule is judged by: the moment in every zone where the person may be, and what is known. */
export interface Moment {
  readonly ms: number;
  readonly zones: readonly LocalMoment[];
  readonly ledger: LedgerIndex;
  readonly holidays: Holidays;
}

export function localMoment(ms: number, zone: Zone): LocalMoment {
  return { zone, day: dayIn(ms, zone) };
}

export function dayIn(ms: number, zone: Zone): number {
  return Math.floor((ms + offset(ms, zone)) / DAY_MS);
}

export const isoOf = (day: number): IsoDate => addDays(EPOCH, day);
export const dayNumber = (day: IsoDate): number => Math.round(Date.parse(`${day}T00:00:00.000Z`) / DAY_MS);
/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The moment of a local day and time; `24:00` is the start of the next day. Skipped and doubled hours as `instantOf`. */
export function msOf(day: number, time: TimeOfDay, zone: Zone): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const asUtc = day * DAY_MS + minutes * MINUTE_MS;
  const before = offset(asUtc - DAY_MS, zone);
  if (before === offset(asUtc + DAY_MS, zone)) return asUtc - before;
  return time === '24:00'
    ? Date.parse(instantOf(isoOf(day + 1), '00:00', zone))
    : Date.parse(instantOf(isoOf(day), time, zone));
}

export const startOf = (day: number, zone: Zone): number => msOf(day, '00:00', zone);
