import { figureCourse, moveCourse, promisesIn, type FigureRow, type MoveDay } from '../../book/morning/flow';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import { FIGURES, type FigureName } from '../../domain/morning/definitions';
import { odd } from '../../domain/morning/odd';
import type { Course, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import type { FeedDays } from '../../intake/watch/missing-files';
import { sayMissing } from '../health';

const WEEKS = 8;
/** Figures of daily events that are held against their own past. */
const WATCHED: readonly FigureName[] = [
  ...([
    'attempts',
    'delivered',
    'undelivered',
    'attempts-unknown',
    'payments',
    'reversals',
    'announced',
  ] as const),
  ...(['gate-block', 'gate-defer', 'gate-review', 'disputes', 'opt-outs', 'notices-undelivered'] as const),
  ...(['late', 'cured', 'self-cured', 'worse', 'better', 'worked'] as const),
  ...(['promises-made', 'promises-kept', 'promises-partial', 'promises-broken'] as const),
];

/**
 * Each figure that is far off the same weekdays of eight weeks, with the step and the version behind it; and each file that
 * should have come and did not.
 */
export async function oddSection(
  db: Db,
  day: IsoDate,
  lender: Of,
  figures: readonly FigureRow[],
  feeds: readonly FeedDays[],
): Promise<{ readonly section: Section; readonly courses: readonly Course[] }> {
  const past = { from: addDays(day, -7 * WEEKS), to: day };
  const promises = await promisesIn(db, past, lender);
  const events = await figureCourse(db, past, lender);
  const rows = [
    ...events,
    ...movesAsFigures(await moveCourse(db, past, lender)),
    ...promisesAsFigures(promises),
  ];
  const notes = feeds
    .filter(({ missing }) => missing.length > 0)
    .map((one) => `${FIGURES['files-missing'].title}: ${sayMissing(one)}; send them, the oldest first.`);
  const sameDays = Array.from({ length: WEEKS }, (_none, i) => addDays(day, -7 * (i + 1)));
  const firstDay = rows[0]?.day;
  const known = sameDays.filter((one) => firstDay !== undefined && one >= firstDay);
  for (const figure of WATCHED) {
    const parts = new Set(
      rows.filter((row) => row.figure === figure).map(({ part, currency }) => `${currency} ${part}`),
    );
    for (const part of [...parts].sort()) {
      const on = (one: IsoDate): number =>
        rows
          .filter((row) => row.figure === figure && row.day === one && `${row.currency} ${row.part}` === part)
          .reduce((sum, { n }) => sum + Number(n), 0);
      const found = odd(on(day), known.map(on));
      if (found === null) continue;
      const mean = Math.round(found.mean * 10) / 10;
      const behind = whatIsBehind(figures, day, figure, part);
      notes.push(
        `${FIGURES[figure].title}, ${part}: ${found.value}, and ${mean} on the same weekdays before${behind}.`,
      );
    }
  }
  return {
    section: {
      id: 'odd',
      title: '8 Odd',
      lines: [],
      notes:
        notes.length > 0
          ? notes
          : ['Nothing is more than 30 % or 3 standard deviations off the last eight weeks.'],
    },
    courses: [...coursesOf(events), ...promiseCourses(promises)],
  };
}

type Watched = Omit<FigureRow, 'step' | 'strategy' | 'amount'>;

const movesAsFigures = (rows: readonly MoveDay[]): Watched[] =>
  rows.map(({ day, currency, kind, accounts }) => ({ day, currency, figure: kind, part: '', n: accounts }));

function promisesAsFigures(rows: Awaited<ReturnType<typeof promisesIn>>): Watched[] {
  return rows.flatMap(({ day, currency, what, status, n }): Watched[] => {
    const figure = what === 'made' ? 'promises-made' : FIGURE_OF[status];
    return figure === undefined ? [] : [{ day, currency, figure, part: '', n }];
  });
}

const FIGURE_OF: Readonly<Record<string, FigureName>> = {
  ...{ kept: 'promises-kept', 'kept-late': 'promises-kept', overpaid: 'promises-kept' },
  ...{ partial: 'promises-partial', broken: 'promises-broken', invalidated: 'promises-broken' },
};

function whatIsBehind(figures: readonly FigureRow[], day: IsoDate, figure: string, part: string): string {
  const [most] = figures
    .filter(
      (row) =>
        row.day === day && row.figure === figure && `${row.currency} ${row.part}` === part && row.step !== '',
    )
    .sort((a, b) => Number(b.n) - Number(a.n));
  if (most === undefined) return '';
  const version = most.strategy === '' ? '' : ` of version ${most.strategy.slice(0, 12)}`;
  return `; most of it is step ${most.step}${version} (${most.n})`;
}

function coursesOf(rows: readonly FigureRow[]): Course[] {
  const payments = new Map<string, Map<IsoDate, number>>();
  const attempts = new Map<IsoDate, number>();
  for (const row of rows) {
    if (row.figure === 'payments') {
      const days = payments.get(row.currency) ?? new Map<IsoDate, number>();
      days.set(row.day, (days.get(row.day) ?? 0) + Number(row.amount));
      payments.set(row.currency, days);
    } else if (row.figure === 'attempts') attempts.set(row.day, (attempts.get(row.day) ?? 0) + Number(row.n));
  }
  const points = (days: ReadonlyMap<IsoDate, number>) => [...days].map(([day, value]) => ({ day, value }));
  return [
    ...[...payments].map(([currency, days]): Course => ({
      ...{ figure: 'payments-amount', part: '', currency, points: points(days) },
    })),
    ...(attempts.size === 0
      ? []
      : [{ figure: 'attempts', part: '', currency: null, points: points(attempts) } as const]),
  ];
}

function promiseCourses(rows: Awaited<ReturnType<typeof promisesIn>>): Course[] {
  const kept = new Map<IsoDate, number>();
  for (const { day, what, status, n } of rows)
    if (what === 'judged' && ['kept', 'kept-late', 'overpaid'].includes(status))
      kept.set(day, (kept.get(day) ?? 0) + Number(n));
  const points = [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, value]) => ({ day, value }));
  return points.length === 0 ? [] : [{ figure: 'promises-kept', part: '', currency: null, points }];
}
