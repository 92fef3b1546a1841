import type { FigureRow } from '../../book/morning/flow';
import type { Of } from '../../book/morning/stock';
import { disputesOpen, nearCap } from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import type { Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { ByKey, line, type Three } from './lines';

const TOP_RULES = 5;

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
