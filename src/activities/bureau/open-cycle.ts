import { readClock } from '../../book/clock';
import { openCorrections, openMonth, type FileRow } from '../../book/furnishing/files';
import { reportingOf } from '../../book/furnishing/reportings';
import type { Db } from '../../book/open-book';
import { cutOffDay, nextMonth } from '../../domain/bureau/cut-off/days';
import { FORMATS } from '../../domain/bureau/formats';
import type { Reporting } from '../../domain/bureau/reporting';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { realDelay, virtual } from '../../domain/clock';
import { fail } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';
import type { CycleOpened, CycleRequest } from './contract';

/** When a file is sent on its day, in the lender's zone: the day's work has not begun. */
const SENT_AT = '06:00';

/**
 * Opens the month's file, once, or one of corrections. Throws BUREAU_REPORTING_UNKNOWN, BUREAU_MONTH_NOT_OVER.
 */
export async function openCycle(
  db: Db,
  { reporting: name, month: wanted }: CycleRequest,
): Promise<CycleOpened> {
  const { settings: reporting, stoppedAt } = await reportingOf(db, name);
  if (reporting.furnisher === 'lender') return { how: stoppedAt === null ? 'lender' : 'off' };
  if (reporting.furnisher === 'nobody' || stoppedAt !== null) return { how: 'off' };
  if (wanted === null) {
    const row = await openCorrections(db, name, (of, n) => fileName(reporting, of, n));
    return row === null ? { how: 'off' } : opened(row, 0);
  }
  const clock = await readClock(db);
  const now = Date.now();
  const month = wanted === 'latest' ? latestMonth(reporting, virtual(clock, now)) : wanted;
  const on = cutOffDay(month, reporting.cutOff);
  if (virtual(clock, now) < instantOf(addDays(on, 1), '00:00', reporting.zone))
    fail('BUREAU_MONTH_NOT_OVER', { month, on });
  const since = cutOffDay(nextMonth(month, -1), reporting.cutOff);
  const row = await openMonth(db, { reporting: name, month, on, since, name: fileName(reporting, month, 0) });
  if (row.status === 'sent' || row.status === 'nothing') return { how: 'done' };
  const sendAt = instantOf(addDays(on, reporting.sendAfterDays), SENT_AT, reporting.zone);
  return opened(row, realDelay(clock, now, sendAt));
}

/** The last month whose cut-off day is over at that moment. */
function latestMonth({ cutOff, zone }: Reporting, now: Instant): string {
  const today = localDate(now, zone);
  const month = today.slice(0, 7);
  return cutOffDay(month, cutOff) < today ? month : nextMonth(month, -1);
}

function opened(row: FileRow, sendInMs: number): CycleOpened {
  const { id, name, month, onDate: on, n } = row;
  return { how: 'file', file: id, name, month, on, corrections: n > 0, sendInMs };
}

/** Letters and digits only: bureaus take neither blanks nor signs in a file's name. */
function fileName({ name, format }: Reporting, month: string, n: number): string {
  const part = n === 0 ? '' : `c${n}`;
  return `${name.replaceAll('-', '')}${month.replace('-', '')}${part}.${FORMATS[format].extension}`;
}
