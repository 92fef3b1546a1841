import { figuresOver } from '../../book/morning/cohorts';
import type { FigureRow } from '../../book/morning/flow';
import type { Of, StockRow } from '../../book/morning/stock';
import { answersDue, disputesOpen, nearCap } from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import type { Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { ByKey, line, ratio, type Three } from './lines';

const TOP_RULES = 5;
const DUE_DAYS = 3;
const RATE_DAYS = 30;
const CONTACTS = 10_000;

/** Refusals of the gate, complaints, disputes, opt-outs. */
export async function conductSection(
  db: Db,
  days: Three<IsoDate>,
  lender: Of,
  figures: readonly FigureRow[],
  stock: readonly StockRow[],
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
  lines.push(line('complaints-open', complaintsIn(stock)));
  lines.push(line('complaint-rate', await complaintRates(db, days, lender)));
  lines.push(line('due-3-days', await answersDue(db, addDays(days[0], 1), DUE_DAYS, lender)));
  lines.push(line('disputes', of('disputes', null)));
  lines.push(line('disputes-open', await Promise.all(days.map((day) => disputesOpen(db, day, lender)))));
  lines.push(line('notices-undelivered', of('notices-undelivered', null)));
  lines.push(line('opt-outs', of('opt-outs', null)));
  return {
    id: 'conduct',
    title: '6 Conduct',
    lines,
    notes: [
      'Not measured here: recordings missing. Calls are recorded by the telephone system, and it tells the book of none.',
    ],
  };
}

/** Open accounts with a complaint, from the snapshots of the days. */
function complaintsIn(stock: readonly StockRow[]): number[] {
  const sums = [0, 0, 0];
  for (const { holds, accounts } of stock)
    if (holds.split(',').includes('complaint')) accounts.forEach((n, i) => (sums[i] = (sums[i] ?? 0) + n));
  return sums;
}

async function complaintRates(db: Db, days: Three<IsoDate>, lender: Of): Promise<(number | null)[]> {
  return Promise.all(
    days.map(async (to) => {
      const rows = await figuresOver(db, { from: addDays(to, 1 - RATE_DAYS), to }, lender);
      const sum = (figure: string, part: string | null): number =>
        rows
          .filter((row) => row.figure === figure && (part === null || row.part === part))
          .reduce((all, { n }) => all + Number(n), 0);
      return ratio(sum('holds', 'complaint') * CONTACTS, sum('attempts', null));
    }),
  );
}
