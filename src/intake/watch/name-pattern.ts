import { addDays, isIsoDate } from '../../domain/calendar/day';
import { instantOf } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import { dayReader } from '../mapping/forms';

/** What the name of a file says: the business day, and the moment where there are several a day. */
export interface SaidByName {
  readonly businessDate: IsoDate;
  readonly moment: Instant | null;
}

export interface NameForm {
  /** Such as `cards-{date}.csv`. */
  readonly files: string;
  /** How `{date}` is written. */
  readonly dates: string;
  /** Days by which the date in the name is later than the business day. */
  readonly lag: number;
  readonly zone: Zone;
}

/** Whether a pattern names the day once, and the time once at most. */
export function isPattern(files: string): boolean {
  return files.split('{date}').length === 2 && files.split('{time}').length <= 2;
}

/** Reads names of one form; null for a name of another, or with a day or time that there is not. */
export function nameReader({ files, dates, lag, zone }: NameForm): (name: string) => SaidByName | null {
  const shape = shapeOf(files, dates.length);
  const dayOf = dayReader(dates);
  return (name) => {
    const parts = shape.exec(name)?.groups;
    const day = dayOf(parts?.['date'] ?? '');
    if (!isIsoDate(day)) return null;
    const time = parts?.['time'];
    const businessDate = addDays(day, -lag);
    if (time === undefined) return { businessDate, moment: null };
    const [hour, minute] = [time.slice(0, 2), time.slice(2)];
    if (hour > '23' || minute > '59') return null;
    return { businessDate, moment: instantOf(day, `${hour}:${minute}`, zone) };
  };
}

/**
 * The name of the file that says that another one is whole: what stood for the day, the time and `*` in the one stands
 * for them in the other.
 */
export function companionOf(files: string, ready: string, dates: string, name: string): string {
  const parts = shapeOf(files, dates.length).exec(name)?.groups ?? {};
  return ready
    .replace('{date}', parts['date'] ?? '')
    .replace('{time}', parts['time'] ?? '')
    .replace('*', parts['any'] ?? '');
}

function shapeOf(files: string, dateLength: number): RegExp {
  const pattern = files
    .replace(/[.+?^${}()|[\]\\/-]/g, '\\$&')
    .replace('\\{date\\}', `(?<date>.{${dateLength}})`)
    .replace('\\{time\\}', '(?<time>\\d{4})')
    .replace('*', '(?<any>[^/]*)')
    .replaceAll('*', '[^/]*');
  return new RegExp(`^${pattern}$`);
}
