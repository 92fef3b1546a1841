import { parse } from 'csv-parse/sync';
import { fail, ForbearError } from '../../domain/errors/forbear-error';
import type { VisitAsked } from '../../domain/visit/route/day';
import { readVisit } from '../../domain/visit/route/day.schema';

const WANTED = ['id', 'latitude', 'longitude'];
const KNOWN = [...WANTED, 'from', 'until', 'minutes', 'weight', 'only'];

interface Read {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** Visits of a table with a header; an empty cell is as if the column were not there. Throws ROUTE_* with the line. */
export function visitsOfCsv(text: string, file: string): VisitAsked[] {
  return rowsOf(text, file).map(({ record, info }) => {
    const { id, latitude, longitude, from, until, minutes, weight, only } = record;
    return readVisit(
      {
        id: id?.trim(),
        at: [numeric(latitude), numeric(longitude)],
        ...filled({ from, until }),
        ...filled({ minutes, weight }, numeric),
        ...(only === undefined || only.trim() === '' ? {} : { only: only.trim().split(/[\s;]+/) }),
      },
      { file, line: info.lines },
    );
  });
}

function rowsOf(text: string, file: string): Read[] {
  const header = (names: string[]) => {
    const columns = names.map((name) => name.trim().toLowerCase());
    const where = { file, line: 1 };
    const missing = WANTED.find((name) => !columns.includes(name));
    if (missing !== undefined) fail('ROUTE_COLUMN', { what: `no column ${missing}` }, where);
    const unknown = columns.find((name) => !KNOWN.includes(name));
    if (unknown !== undefined) fail('ROUTE_COLUMN', { what: `an unknown column ${unknown}` }, where);
    return columns;
  };
  try {
    return parse(text, {
      columns: header,
      bom: true,
      info: true,
      skip_empty_lines: true,
    }) as unknown as Read[];
  } catch (error) {
    if (error instanceof ForbearError) throw error;
    const line = (error as { lines?: number }).lines;
    return fail(
      'ROUTE_COLUMN',
      { what: 'a row that cannot be read' },
      { file, ...(line === undefined ? {} : { line }) },
    );
  }
}

/** NaN is refused with the field's name; a word is not taken for 0. */
const numeric = (cell: string | undefined): number =>
  cell === undefined || cell.trim() === '' ? NaN : Number(cell);

function filled<T = string>(
  cells: Readonly<Record<string, string | undefined>>,
  read: (cell: string) => T = (cell) => cell.trim() as T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, cell]) =>
      cell === undefined || cell.trim() === '' ? [] : [[name, read(cell)] as const],
    ),
  );
}
