import { catchUp, behindFor } from '../../book/morning/catch-up';
import { sumDays } from '../../book/morning/daily';
import { agreementsOn } from '../../book/morning/agreements';
import { stockOn, type Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import { monthBefore } from '../../domain/calendar/same-day';
import { localDate } from '../../domain/calendar/zone';
import { fail } from '../../domain/errors/forbear-error';
import type { FiguresReport } from '../../domain/morning/report';
import type { Capacity } from '../../domain/plan/capacity';
import type { Instant, IsoDate } from '../../domain/units';
import { agencySection, testsSection } from './agency-section';
import { conductSection } from './conduct-section';
import { flowSection } from './flow-section';
import { healthLines } from './health';
import type { Three } from './lines';
import { oddSection } from './odd-section';
import { stockCells, stockCourses, stockSection } from './stock-section';
import { todaySection } from './today-section';
import { trustSection } from './trust-section';
import { yesterdaySection } from './yesterday-section';

export interface ReportOptions {
  readonly lender: Of;
  readonly capacity: Capacity;
  /** The morning that is asked for, in the zone of the capacity document; today by default. */
  readonly asOf?: IsoDate;
  readonly now: Instant;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}
export type Progress = (what: 'accounts' | 'days' | 'credits', done: number, of: number) => void;

/** Eight weeks, and the week that the oldest of them is compared with. */
const PAST_DAYS = 63;

/** The days that a report is made for. REPORT_NOT_YET. */
export function daysFor({ asOf, now, capacity }: ReportOptions): {
  today: IsoDate;
  asOf: IsoDate;
  days: Three<IsoDate>;
} {
  const today = localDate(now, capacity.zone);
  const morning = asOf ?? today;
  if (morning > today) fail('REPORT_NOT_YET', { asOf: morning, today });
  const day = addDays(morning, -1);
  return { today, asOf: morning, days: [day, addDays(day, -7), monthBefore(day)] };
}

/** Brings the figures up to the events, with the days of a period summed. */
export async function bringUp(
  db: Db,
  from: IsoDate,
  to: IsoDate,
  today: IsoDate,
  options: ReportOptions,
): Promise<void> {
  const { onProgress, signal } = options;
  const behind = onProgress === undefined ? 0 : await behindFor(db, today);
  await catchUp(db, today, {
    onProgress: (done) => onProgress?.('accounts', done, Math.max(done, behind)),
    ...(signal === undefined ? {} : { signal }),
  });
  await sumDays(db, from, to, (done, of) => onProgress?.('days', done, of));
}

/** The morning report (ladders 14.2): one page, each line against the same weekday and the same day of the month before. */
export async function morningReport(db: Db, options: ReportOptions): Promise<FiguresReport> {
  const { lender, capacity, now } = options;
  const { today, asOf, days } = daysFor(options);
  const [day] = days;
  await bringUp(db, addDays(day, -PAST_DAYS), day, today, options);
  const health = await healthLines(db, lender, now);
  const standing = await stockOn(db, days, lender);
  const agreements = await agreementsOn(db, days, lender);
  const { section: yesterday, figures } = await yesterdaySection(db, days, lender, capacity, {
    stock: standing,
    agreements,
  });
  // Side by side: each is a question of its own to the book.
  const [trust, stock, flow, planned, conduct, agencies, { section: odd, courses }, past] = await Promise.all(
    [
      trustSection(db, day, lender, health, now),
      stockSection(db, days, lender, standing, agreements),
      flowSection(db, days, lender, capacity),
      todaySection(db, asOf, lender),
      conductSection(db, days, lender, figures, standing),
      agencySection(db, asOf, day, lender),
      oddSection(db, day, lender, figures, health.feeds),
      stockCourses(db, day, lender),
    ],
  );
  return {
    report: 'morning',
    title: 'Morning report',
    ...{ asOf, day, lender, madeAt: now, health: health.lines[0] ?? '' },
    sections: [
      ...[trust, stock, stockCells(standing), flow, yesterday, planned, conduct, agencies, odd],
      testsSection,
    ],
    courses: [...past, ...courses],
  };
}
