import { FIGURES } from '../../domain/morning/definitions';
import type { Line } from '../../domain/morning/report';
import { sayValue } from './say';

export interface AgeGrid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Lines that name an age as tables, one a figure: a row a cohort, a column an age, as a vintage is read. */
export function ageGrids(lines: readonly Line[]): {
  readonly grids: readonly AgeGrid[];
  readonly rest: readonly Line[];
} {
  const figures = new Map<Line['figure'], Line[]>();
  for (const line of lines)
    if (line.age !== undefined) figures.set(line.figure, [...(figures.get(line.figure) ?? []), line]);
  const grids = [...figures].map(([figure, of]) => {
    const ages = [...new Set(of.map(({ age = '' }) => age))];
    const parts = new Map<string, Map<string, string>>();
    for (const line of of) {
      const row = parts.get(line.part) ?? new Map<string, string>();
      parts.set(line.part, row.set(line.age ?? '', sayValue(line, line.value)));
    }
    return {
      head: [FIGURES[figure].title, ...ages],
      // An age that a cohort has not reached stays empty.
      rows: [...parts].map(([part, cells]) => [part, ...ages.map((age) => cells.get(age) ?? '')]),
    };
  });
  return { grids, rest: lines.filter(({ age }) => age === undefined) };
}
