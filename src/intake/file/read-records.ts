import { stat } from 'node:fs/promises';
import { fail } from '../../domain/errors/forbear-error';
import { readText } from './encoding';
import { isPrintable } from './printable';
import { findDelimiter, readCsv, readHeader, readJson, strictWidth, type Fields } from './fields';
import { RecordSplitter, type RawRecord } from './records';

export interface FileOptions {
  /** By the file's name and first letter when not given. */
  readonly format?: 'csv' | 'jsonl';
  readonly delimiter?: string;
  /** Columns that are not read, in small letters. */
  readonly ignore?: readonly string[];
  /** Which columns a header may name, and which it must. */
  readonly columns: Columns;
  /** Names of the columns in their order, for a CSV that has no header line. */
  readonly header?: readonly string[];
  /** What a line begins with that is no row but says something about the file: a header or trailer with totals. */
  readonly mark?: string;
  /** Told of every piece that was read, for whoever shows how far it is. */
  readonly onBytes?: (bytes: number) => void;
}
export interface Columns {
  readonly isColumn: (name: string) => boolean;
  readonly required: readonly string[];
}

/** A record of the file, and what it says by column. `control`: its line is one with the mark. */
export interface ReadRecord {
  readonly record: RawRecord;
  readonly fields: Fields;
  readonly control?: true;
}

/** The records of each piece of text that the file gives, in bounded memory. Throws ENROL_ENCODING, ENROL_NOT_TEXT, ENROL_COLUMN_*. */
export async function* readRecords(
  path: string,
  encoding: string,
  options: FileOptions,
): AsyncGenerator<ReadRecord[]> {
  let rows: Rows | null = null;
  let head = '';
  for await (const text of readText(path, encoding, options.onBytes)) {
    if (rows !== null) {
      yield rows.read(rows.splitter.push(text));
      continue;
    }
    head += text;
    rows = rowsOf(path, head, options);
    if (rows !== null) yield rows.read(rows.splitter.push(head));
  }
  if (rows !== null) yield rows.read(rows.splitter.end());
}

interface Rows {
  readonly splitter: RecordSplitter;
  read(records: readonly RawRecord[]): ReadRecord[];
}

/** The reader for the file's format; null while its beginning says nothing yet. */
function rowsOf(path: string, head: string, options: FileOptions): Rows | null {
  const format = options.format ?? formatOf(path, head);
  if (format === null) return null;
  const { ignore = [], columns, header: given, mark } = options;
  if (format === 'jsonl') return jsonRows(ignore, mark);
  const header = given === undefined ? headerLine(head, mark) : null;
  if (header === undefined) return null;
  if (header !== null && !isPrintable(header)) fail('ENROL_NOT_TEXT', { file: path });
  const delimiter = options.delimiter ?? findDelimiter(header ?? firstLine(head, mark) ?? '');
  const names = header === null ? (given ?? []) : readHeader(header, delimiter, ignore, columns);
  return csvRows(names, delimiter, header !== null, mark);
}

function jsonRows(ignore: readonly string[], mark: string | undefined): Rows {
  return {
    splitter: new RecordSplitter({ delimiter: null, fits: () => true }),
    read: (records) =>
      records.map((record) => {
        const fields = readJson(record, ignore);
        const isControl = mark !== undefined && fields.ok && Object.hasOwn(fields.values, mark);
        return isControl ? { record, fields, control: true } : { record, fields };
      }),
  };
}

function csvRows(
  columns: readonly string[],
  delimiter: string,
  hasHeader: boolean,
  mark: string | undefined,
): Rows {
  let header = hasHeader;
  const isControl = (record: RawRecord): boolean => mark !== undefined && record.text.startsWith(mark);
  return {
    splitter: new RecordSplitter({
      delimiter,
      fits: (record) => strictWidth(record, delimiter) === columns.length,
    }),
    read(records) {
      const controls = mark === undefined ? [] : records.filter(isControl);
      let rest = mark === undefined ? records : records.filter((record) => !isControl(record));
      if (header && rest.length > 0) {
        rest = rest.slice(1);
        header = false;
      }
      const read = readCsv(rest, columns, delimiter);
      const lost: Fields = { ok: false, reason: 'it was lost' };
      return [
        ...rest.map((record, i) => ({ record, fields: read[i] ?? lost })),
        ...controls.map((record) => ({
          record,
          fields: byPlace(record.text, delimiter),
          control: true as const,
        })),
      ];
    },
  };
}

/** A line of totals has columns of its own: they are named by their places, from 1. */
function byPlace(text: string, delimiter: string): Fields {
  const cells = text.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  return { ok: true, values: Object.fromEntries(cells.map((cell, i) => [String(i + 1), cell])) };
}

/** The first whole line that is no line of totals; undefined while there is none. */
function headerLine(head: string, mark: string | undefined): string | undefined {
  for (const [, line = ''] of head.matchAll(/([^\r\n]+)[\r\n]/g))
    if (mark === undefined || !line.startsWith(mark)) return line;
  return undefined;
}

function firstLine(head: string, mark: string | undefined): string | undefined {
  return head.split(/[\r\n]+/).find((line) => line !== '' && (mark === undefined || !line.startsWith(mark)));
}

/** JSON lines begin with a brace; null while there is nothing but white space. */
function formatOf(path: string, head: string): 'csv' | 'jsonl' | null {
  if (/\.(jsonl|ndjson|json)$/i.test(path)) return 'jsonl';
  const start = head.trimStart();
  if (start === '') return null;
  return start.startsWith('{') ? 'jsonl' : 'csv';
}

/** Throws ENROL_FILE_MISSING. */
export async function mustBeReadable(file: string): Promise<void> {
  const folder = await stat(file).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => fail('ENROL_FILE_MISSING', { file, reason: error.code ?? 'unknown' }),
  );
  if (folder) fail('ENROL_FILE_MISSING', { file, reason: 'it is a folder' });
}
