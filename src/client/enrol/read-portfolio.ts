import { fail } from '../../domain/errors/forbear-error';
import { detectEncoding } from '../../intake/file/encoding';
import type { Fields } from '../../intake/file/fields';
import { mustBeReadable, readRecords, type FileOptions } from '../../intake/file/read-records';
import type { RawRecord } from '../../intake/file/records';
import { SeenRows } from '../../intake/file/seen-rows';
import { isColumn, REQUIRED } from '../../intake/row/columns';
import type { EnrolRow, RowDefaults } from '../../intake/row/row';
import { rowChecker, type CheckedRow, type RowIssue } from '../../intake/row/row.schema';

export interface ReadOptions extends Pick<FileOptions, 'format' | 'delimiter' | 'ignore'> {
  readonly defaults: RowDefaults;
  /** By its byte order mark and content when not given. */
  readonly encoding?: string;
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
  const { format, delimiter } = options;
  const file: FileOptions = {
    columns: { isColumn, required: REQUIRED },
    ignore: (options.ignore ?? []).map((name) => name.toLowerCase()),
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
  let rows = 0;
  for await (const batch of readRecords(path, encoding, file)) {
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
