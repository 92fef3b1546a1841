import { FIGURES } from '../../domain/morning/definitions';
import type { FiguresReport } from '../../domain/morning/report';
import { csvLine } from '../../domain/csv-line';
import { partOf, plainValue, unitOf } from './say';

const HEAD = ['section', 'figure', 'part', 'unit', 'value', 'week_before', 'month_before', 'definition'];

/** One row a line of the report, each with its unit and its definition. */
export function asCsv({ sections, health }: FiguresReport): string {
  const rows = sections.flatMap(({ id, lines }) =>
    lines.map((line) =>
      csvLine([
        ...[id, line.figure, partOf(line), unitOf(line), plainValue(line, line.value)],
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
