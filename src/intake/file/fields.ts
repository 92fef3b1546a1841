import { parse } from 'csv-parse/sync';
import { fail } from '../../domain/errors/forbear-error';
import { FACT_PREFIX } from '../row/columns';
import type { Columns } from './read-records';
import type { RawRecord } from './records';

/** What one row says, by column; or why it could not be read. */
export type Fields =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string };

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that the header uses most. */
export function findDelimiter(header: string): string {
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, n: header.split(delimiter).length }));
  return counted.reduce((best, next) => (next.n > best.n ? next : best)).delimiter;
}

/** Columns of the header line, lower case; empty for a column that is to be ignored. Throws ENROL_COLUMN_*. */
export function readHeader(
  header: string,
  delimiter: string,
  ignore: readonly string[],
  { isColumn, required }: Columns,
): readonly string[] {
  const names = split(header, delimiter).map((name) => name.trim().toLowerCase());
  const known = names.map((name) => (ignore.includes(name) ? '' : name));
  for (const [i, column] of known.entries()) {
    if (column === '') continue;
    if (!isColumn(column)) fail('ENROL_COLUMN_UNKNOWN', { column: column.slice(0, 80) });
    if (known.indexOf(column) !== i) fail('ENROL_COLUMN_TWICE', { column });
  }
  for (const column of required) if (!known.includes(column)) fail('ENROL_COLUMN_MISSING', { column });
  return known;
}

/** Reads CSV records against the header's columns, a batch at a time: one parser for many records is what makes it quick. */
export function readCsv(
  records: readonly RawRecord[],
  columns: readonly string[],
  delimiter: string,
): Fields[] {
  const rows = splitAll(records, delimiter);
  return records.map((record, i) => {
    if (record.fault === 'quote') return { ok: false, reason: 'a quote is opened and never closed' };
    const cells = rows[i] ?? split(record.text, delimiter);
    if (cells.length !== columns.length) {
      return { ok: false, reason: `${cells.length} fields where the header has ${columns.length}` };
    }
    const values: Record<string, string> = {};
    for (const [at, column] of columns.entries()) if (column !== '') values[column] = cells[at] ?? '';
    return { ok: true, values };
  });
}

/** Reads one line of JSON: an object whose members are the columns; `facts` may be an object of its own. */
export function readJson(record: RawRecord, ignore: readonly string[]): Fields {
  let value: unknown;
  try {
    value = JSON.parse(record.text);
  } catch {
    return { ok: false, reason: 'it is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'it is not a JSON object' };
  }
  const values: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (ignore.includes(name)) continue;
    if (name === 'facts' && typeof member === 'object' && member !== null) {
      for (const [fact, said] of Object.entries(member)) values[`${FACT_PREFIX}${fact}`] = said;
    } else values[name] = member;
  }
  return { ok: true, values };
}

/** How many fields the record has; 0 when its quotes are not those of a CSV, as between two stray ones. */
export function strictWidth(text: string, delimiter: string): number {
  return csv(text, delimiter, false)[0]?.length ?? 0;
}

function splitAll(
  records: readonly RawRecord[],
  delimiter: string,
): readonly (readonly string[] | undefined)[] {
  const sound = records.filter((record) => record.fault === undefined);
  if (!sound.some((record) => record.text.includes('"'))) {
    return records.map((record) => record.text.split(delimiter));
  }
  const rows = csv(sound.map((record) => record.text).join('\n'), delimiter);
  // A record that csv-parse reads otherwise than the splitter would shift all that follow: then each is read alone.
  if (rows.length !== sound.length) return records.map(() => undefined);
  let next = 0;
  return records.map((record) => (record.fault === undefined ? rows[next++] : undefined));
}

function split(text: string, delimiter: string): readonly string[] {
  return text.includes('"') ? (csv(text, delimiter)[0] ?? []) : text.split(delimiter);
}

function csv(text: string, delimiter: string, relaxed = true): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_quotes: relaxed,
      relax_column_count: true,
      record_delimiter: '\n',
    });
  } catch {
    return [];
  }
}
