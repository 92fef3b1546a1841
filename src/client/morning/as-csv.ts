import { FIGURES } from '../../domain/morning/definitions';
import type { FiguresReport } from '../../domain/morning/report';
import { plainValue, unitOf } from './say';

const HEAD = ['section', 'figure', 'part', 'unit', 'value', 'week_before', 'month_before', 'definition'];

/** A line of CSV (RFC 4180): what holds a comma, a quote or a line's end stands in quotes. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',');
}

/** One row a line of the report, each with its unit and its definition. */
export function asCsv({ sections, health }: FiguresReport): string {
  const rows = sections.flatMap(({ id, lines }) =>
    lines.map((line) =>
      csvLine([
        ...[id, line.figure, line.part, unitOf(line), plainValue(line, line.value)],
        ...[plainValue(line, line.week), plainValue(line, line.cycle), FIGURES[line.figure].means],
      ]),
    ),
  );
  const first = csvLine([
    'health',
    'health',
    '',
    'text',
    health,
    '',
    '',
    'what stands in the way of contacts',
  ]);
  return [csvLine(HEAD), first, ...rows].join('\n');
}
