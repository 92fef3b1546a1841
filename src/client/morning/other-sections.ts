import { figureCourse, promisesIn, type FigureRow } from '../../book/morning/flow';
import type { Of } from '../../book/morning/stock';
import {
  casesWaiting,
  disputesOpen,
  nearCap,
  versionsLive,
  workOfAgenciesAndLaw,
} from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import { FIGURES, type FigureName } from '../../domain/morning/definitions';
import { odd } from '../../domain/morning/odd';
import type { Course, Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { ByKey, line, type Three } from './lines';

const TOP_RULES = 5;

/** Whether the book can be trusted today. As it stands now, whatever morning is asked for. */
export async function trustSection(
  db: Db,
  day: IsoDate,
  lender: Of,
  health: readonly string[],
): Promise<Section> {
  const live = await versionsLive(db, lender);
  const open = live.reduce((sum, { accounts }) => sum + Number(accounts), 0);
  const announced = new ByKey(1);
  for (const row of await figureCourse(db, { from: addDays(day, -3), to: day }, lender))
    if (row.figure === 'announced') announced.add(row.currency, 0, Number(row.n));
  return {
    id: 'trust',
    title: '1 Can we trust today',
    lines: announced.entries().map(([currency, [n = 0]]) => line('announced', n, `${currency}, in 4 days`)),
    notes: [
      ...health,
      ...live.map(({ name, version, accounts }) => {
        const share = open === 0 ? 0 : Math.round((Number(accounts) / open) * 1000) / 10;
        return `${name}@${version}: ${accounts} of ${open} open accounts (${share} %).`;
      }),
    ],
  };
}

/** Refusals of the gate, complaints, disputes, opt-outs. */
export async function conductSection(
  db: Db,
  days: Three<IsoDate>,
  lender: Of,
  figures: readonly FigureRow[],
): Promise<Section> {
  const lines: Line[] = [];
  const at = (day: IsoDate): number[] => days.flatMap((on, index) => (on === day ? [index] : []));
  for (const figure of ['gate-block', 'gate-defer', 'gate-review'] as const) {
    const sums = new ByKey();
    for (const row of figures)
      if (row.figure === figure)
        for (const index of at(row.day))
          for (const part of ['', row.part]) sums.add(part, index, Number(row.n));
    const top = sums
      .entries()
      .sort(([a, x], [b, y]) => Number(b === '') - Number(a === '') || (y[0] ?? 0) - (x[0] ?? 0))
      .slice(0, TOP_RULES + 1);
    lines.push(...top.map(([part, values]) => line(figure, values, part)));
  }
  lines.push(line('near-cap', await nearCap(db, days[0], lender)));
  const of = (figure: string, part: string | null): number[] =>
    days.map((day) =>
      figures
        .filter((row) => row.day === day && row.figure === figure && (part === null || row.part === part))
        .reduce((sum, { n }) => sum + Number(n), 0),
    );
  lines.push(line('complaints', of('holds', 'complaint')));
  lines.push(line('disputes', of('disputes', null)));
  lines.push(line('disputes-open', await Promise.all(days.map((day) => disputesOpen(db, day, lender)))));
  lines.push(line('notices-undelivered', of('notices-undelivered', null)));
  lines.push(line('opt-outs', of('opt-outs', null)));
  return {
    id: 'conduct',
    title: '6 Conduct',
    lines,
    notes: ['Recordings are not kept in this book and have no line.'],
  };
}

export async function agencySection(db: Db, today: IsoDate, lender: Of): Promise<Section> {
  const work = await workOfAgenciesAndLaw(db, addDays(today, 7), lender);
  return {
    id: 'agencies',
    title: '7 Agencies and law',
    lines: [
      ...work.map(({ part, n }) => line('work-7-days', Number(n), part)),
      line('cases-waiting', await casesWaiting(db, lender)),
    ],
    notes: [],
  };
}

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
];

/** Each figure that is far off the same weekdays of eight weeks, with the step and the version behind it. */
export async function oddSection(
  db: Db,
  day: IsoDate,
  lender: Of,
  figures: readonly FigureRow[],
): Promise<{ readonly section: Section; readonly courses: readonly Course[] }> {
  const past = { from: addDays(day, -7 * WEEKS), to: day };
  const rows = await figureCourse(db, past, lender);
  const promises = await promisesIn(db, past, lender);
  const notes: string[] = [];
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
    courses: [...coursesOf(rows), ...promiseCourses(promises)],
  };
}

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

export const testsSection: Section = {
  id: 'tests',
  title: '9 Tests',
  lines: [],
  notes: ['No experiment is kept in this book yet.'],
};
