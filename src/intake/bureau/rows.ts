import { detectEncoding } from '../file/encoding';
import { mustBeReadable, readRecords } from '../file/read-records';

/** A line of a table that somebody hands in, by column; null: it could not be read. */
export interface Row {
  readonly line: number;
  readonly values: Readonly<Record<string, string>> | null;
}

/** The lines of a CSV or of JSON lines with exactly known columns, in bounded memory. Errors FILE_UNREADABLE, ENROL_*. */
export async function* rowsIn(
  file: string,
  columns: readonly string[],
  required: readonly string[],
): AsyncGenerator<Row[]> {
  await mustBeReadable(file);
  const encoding = await detectEncoding(file);
  const options = { columns: { isColumn: (name: string) => columns.includes(name), required } };
  for await (const batch of readRecords(file, encoding, options))
    yield batch.map(({ record, fields }) => ({
      line: record.line,
      values: fields.ok ? textsOf(fields.values) : null,
    }));
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string' || typeof value === 'number') texts[name] = String(value).trim();
  return texts;
}
