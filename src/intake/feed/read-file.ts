import { fail } from '../../domain/errors/forbear-error';
import type { Currency } from '../../domain/units';
import { detectEncoding } from '../file/encoding';
import { readRecords } from '../file/read-records';
import type { RawRecord } from '../file/records';
import type { RowIssue } from '../row/row.schema';
import type { Layout } from './layout';
import { readControl, type Announced, type Totals } from './totals';

/** One row of the file by Forbear's columns, or why it cannot be read. */
export type FileRow =
  | { readonly record: RawRecord; readonly values: Readonly<Record<string, unknown>> }
  | { readonly record: RawRecord; readonly issue: RowIssue; readonly account: string };

/** What reading has found out about the file as a whole, as it goes on. */
export interface FileFacts {
  readonly totals: Totals;
  /** What a line of the file itself announced. */
  announced: Announced;
  controls: number;
  /** Told of every piece that was read. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The rows of the file, piece by piece, in bounded memory; what they come to is counted on the way into `facts`.
 * Throws ENROL_* and FEED_CONTROL_BROKEN: what is wrong with the file as a whole.
 */
export async function* readFile(
  path: string,
  layout: Layout,
  currency: Currency,
  facts: FileFacts,
): AsyncGenerator<FileRow[]> {
  const encoding = layout.encoding ?? (await detectEncoding(path));
  const map = layout.map(currency);
  const options = facts.onBytes === undefined ? layout.file : { ...layout.file, onBytes: facts.onBytes };
  for await (const batch of readRecords(path, encoding, options)) {
    const rows: FileRow[] = [];
    for (const read of batch) {
      if (read.control === true) {
        facts.announced = { ...facts.announced, ...readControl(read, layout, currency) };
        facts.controls += 1;
        continue;
      }
      const row = mapped(read.record, read.fields, encoding, map);
      const values = 'values' in row ? row.values : {};
      facts.totals.count(layout.sumOf === null ? undefined : values[layout.sumOf], values['currency']);
      rows.push(row);
    }
    yield rows;
  }
}

function mapped(
  record: RawRecord,
  fields: Parameters<typeof readControl>[0]['fields'],
  encoding: string,
  map: ReturnType<Layout['map']>,
): FileRow {
  const wrong = (issue: RowIssue, account = ''): FileRow => ({ record, issue, account });
  if (record.text.includes('\ufffd')) return wrong({ code: 'ROW_ENCODING', args: { encoding } });
  if (!fields.ok) return wrong({ code: 'ROW_NOT_READABLE', args: { reason: fields.reason } });
  const read = map(fields.values);
  return 'issue' in read ? wrong(read.issue, read.account) : { record, values: read.values };
}

/**
 * Holds what was read against what was announced. Throws FEED_CONTROL_MISSING, FEED_TOTALS_MISSING, FEED_ROWS_DIFFER,
 * FEED_SUM_DIFFERS.
 */
export function mustBeWhole(layout: Layout, facts: FileFacts, given: Announced): void {
  const { control } = layout;
  if (control !== null && facts.controls === 0) fail('FEED_CONTROL_MISSING', { mark: control.mark });
  for (const said of [facts.announced, given]) facts.totals.mustBe(said, layout.sumOf);
  const known = { ...facts.announced, ...given };
  const complete = known.rows !== undefined && (layout.sumOf === null || known.sum !== undefined);
  if (layout.needsTotals && !complete) fail('FEED_TOTALS_MISSING');
}
