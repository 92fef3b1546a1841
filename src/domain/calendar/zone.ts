import type { Instant, IsoDate, TimeOfDay, Zone } from '../units';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A zone that changes its offset does not change it back within a week: equal at both ends, it is equal between. */
const WEEK_MS = 7 * DAY_MS;
const REMEMBERED = 5000;

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  /** Offsets by moment: asking Intl is what deciding costs most. */
  readonly offsets: Map<number, number>;
}

const clocks = new Map<Zone, ZoneClock>();

/** Whether it is a name of the IANA database that this runtime knows, such as `Asia/Shanghai`. */
export function isZone(zone: unknown): zone is Zone {
  if (typeof zone !== 'string' || !/^[A-Za-z]/.test(zone)) return false;
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The calendar day of an instant in a zone. Throws a RangeError for what is no instant or zone. */
export function localDate(instant: Instant, zone: Zone): IsoDate {
  return wall(instant, zone).slice(0, 10);
}

/** The time of day of an instant in a zone, `HH:MM`. */
export function localTime(instant: Instant, zone: Zone): TimeOfDay {
  return wall(instant, zone).slice(11, 16);
}

/**
 * The instant of a local day and time. Where the clock skips that time (summer time begins) it is the first moment
 * after the gap; where it happens twice it is the first of the two.
 */
export function instantOf(day: IsoDate, time: TimeOfDay, zone: Zone): Instant {
  const asUtc = Date.parse(`${day}T${time}:00.000Z`);
  const before = offset(asUtc - DAY_MS, zone);
  const after = offset(asUtc + DAY_MS, zone);
  const early = asUtc - Math.max(before, after);
  const late = asUtc - Math.min(before, after);
  if (early + offset(early, zone) === asUtc) return iso(early);
  if (late + offset(late, zone) === asUtc) return iso(late);
  return iso(firstAfter(early, late, zone));
}

/** The moment between `early` and `late` at which the offset changes, to the minute. */
function firstAfter(early: number, late: number, zone: Zone): number {
  const old = offset(early, zone);
  let low = early;
  let high = late;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offset(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** Moments are written again and again, mostly the same ones: the days of a ladder for every account. */
const written = new Map<number, Instant>();

function iso(ms: number): Instant {
  const known = written.get(ms);
  if (known !== undefined) return known;
  if (written.size >= REMEMBERED) written.clear();
  const text = new Date(ms).toISOString();
  written.set(ms, text);
  return text;
}

function wall(instant: Instant, zone: Zone): string {
  const ms = Date.parse(instant);
  return iso(ms + offset(ms, zone));
}

/** Milliseconds that the zone is ahead of UTC at a moment. */
export function offset(ms: number, zone: Zone): number {
  const clock = clockOf(zone);
  const week = Math.floor(ms / WEEK_MS) * WEEK_MS;
  const start = measured(clock, week);
  return start === measured(clock, week + WEEK_MS)
    ? start
    : measured(clock, Math.floor(ms / MINUTE_MS) * MINUTE_MS);
}

function measured(clock: ZoneClock, ms: number): number {
  const known = clock.offsets.get(ms);
  if (known !== undefined) return known;
  if (clock.offsets.size >= REMEMBERED) clock.offsets.clear();
  const found = measure(clock.format, ms);
  clock.offsets.set(ms, found);
  return found;
}

function measure(format: Intl.DateTimeFormat, ms: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}

function clockOf(zone: Zone): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const made = { format, offsets: new Map<number, number>() };
  clocks.set(zone, made);
  return made;
}
