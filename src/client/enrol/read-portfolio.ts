import { stat } from 'node:fs/promises';
import { fail } from '../../domain/errors/forbear-error';
import { detectEncoding, readText } from './encoding';
import { findDelimiter, readCsv, readHeader, readJson, strictWidth, type Fields } from './fields';
import { RecordSplitter, type RawRecord } from './records';
import type { EnrolRow, RowDefaults } from './row';
import { rowChecker, type CheckedRow, type RowIssue } from './row.schema';
import { SeenRows } from './seen-rows';

export interface ReadOptions {
  readonly defaults: RowDefaults;
  /** By its byte order mark and content when not given. */
  readonly encoding?: string;
  /** By the file's name and first letter when not given. */
  readonly format?: 'csv' | 'jsonl';
  readonly delimiter?: string;
  /** Columns that are not read. */
  readonly ignore?: readonly string[];
  /** Told after each piece of the file how many of its rows have been read. */
  readonly onRead?: (rows: number) => void;
}

/** What became of one row. `again`: the same account with the same content stood further up. */
export type ReadRow =
  | { readonly kind: 'good'; readonly record: RawRecord; readonly row: EnrolRow }
  | { readonly kind: 'again'; readonly record: RawRecord }
  | { readonly kind: 'reject'; readonly record: RawRecord; readonly issues: readonly RowIssue[] };

/**
 * Reads a portfolio row by row, in bounded memory whatever its size, and says of each whether it can be enrolled.
 * Throws ENROL_FILE_MISSING, ENROL_EMPTY, ENROL_ENCODING, ENROL_COLUMN_*: what is wrong with the file as a whole.
 */
export async function* readPortfolio(path: string, options: ReadOptions): AsyncGenerator<ReadRow> {
  await mustBeReadable(path);
  const encoding = options.encoding ?? (await detectEncoding(path));
  const check = rowChecker(options.defaults);
  const seen = new SeenRows();
  let rows = 0;
  for await (const batch of batches(path, encoding, options)) {
    for (const { record, fields } of batch) {
      rows += 1;
      yield judge(record, fields, encoding, check, seen);
    }
    options.onRead?.(rows);
  }
  if (rows === 0) fail('ENROL_EMPTY', { file: path });
}

function judge(
  record: RawRecord,
  fields: Fields,
  encoding: string,
  check: (values: Readonly<Record<string, unknown>>) => CheckedRow,
  seen: SeenRows,
): ReadRow {
  const reject = (issues: readonly RowIssue[]): ReadRow => ({ kind: 'reject', record, issues });
  if (record.text.includes('\ufffd')) return reject([{ code: 'ROW_ENCODING', args: { encoding } }]);
  if (!fields.ok) return reject([{ code: 'ROW_NOT_READABLE', args: { reason: fields.reason } }]);
  const checked = check(fields.values);
  if ('issues' in checked) return reject(checked.issues);
  const { row } = checked;
  const before = seen.note(`${row.lender} ${row.account}`, JSON.stringify(row), record.line);
  if (before === null) return { kind: 'good', record, row };
  if (before.same) return { kind: 'again', record };
  return reject([{ code: 'ROW_TWICE_DIFFERENT', args: { line: before.line } }]);
}

interface Read {
  readonly record: RawRecord;
  readonly fields: Fields;
}

/** The rows of each piece of text that the file gives. */
async function* batches(path: string, encoding: string, options: ReadOptions): AsyncGenerator<Read[]> {
  let rows: Rows | null = null;
  let head = '';
  for await (const text of readText(path, encoding)) {
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
  read(records: readonly RawRecord[]): Read[];
}

/** The reader for the file's format; null while its beginning says nothing yet. */
function rowsOf(path: string, head: string, options: ReadOptions): Rows | null {
  const format = options.format ?? formatOf(path, head);
  if (format === null) return null;
  const ignore = (options.ignore ?? []).map((name) => name.toLowerCase());
  if (format === 'jsonl') return jsonRows(ignore);
  const header = /([^\r\n]+)[\r\n]/.exec(head)?.[1];
  if (header === undefined) return null;
  const delimiter = options.delimiter ?? findDelimiter(header);
  return csvRows(readHeader(header, delimiter, ignore), delimiter);
}

function jsonRows(ignore: readonly string[]): Rows {
  return {
    splitter: new RecordSplitter({ delimiter: null, fits: () => true }),
    read: (records) => records.map((record) => ({ record, fields: readJson(record, ignore) })),
  };
}

function csvRows(columns: readonly string[], delimiter: string): Rows {
  let header = true;
  return {
    splitter: new RecordSplitter({
      delimiter,
      fits: (record) => strictWidth(record, delimiter) === columns.length,
    }),
    read(records) {
      const rest = header ? records.slice(1) : records;
      if (records.length > 0) header = false;
      const read = readCsv(rest, columns, delimiter);
      return rest.map((record, i) => ({ record, fields: read[i] ?? { ok: false, reason: 'it was lost' } }));
    },
  };
}

/** JSON lines begin with a brace; null while there is nothing but white space. */
function formatOf(path: string, head: string): 'csv' | 'jsonl' | null {
  if (/\.(jsonl|ndjson|json)$/i.test(path)) return 'jsonl';
  const start = head.trimStart();
  if (start === '') return null;
  return start.startsWith('{') ? 'jsonl' : 'csv';
}

async function mustBeReadable(file: string): Promise<void> {
  const folder = await stat(file).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => fail('ENROL_FILE_MISSING', { file, reason: error.code ?? 'unknown' }),
  );
  if (folder) fail('ENROL_FILE_MISSING', { file, reason: 'it is a folder' });
}
