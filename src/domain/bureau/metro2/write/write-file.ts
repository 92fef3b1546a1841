import type { DataRecord, HeaderRecord } from '../record';
import { Counts } from './counts';
import { recordText } from './record-text';

export interface WriteOptions {
  /**
   * Bytes of every record, header and trailer too: fixed blocks, which is what bureaus want. Records with a length of
   * their own keep it; without either each record is as long as its segments are.
   */
  readonly length?: number;
  /** Behind each record; nothing where the receiver wants one stream of bytes. */
  readonly lineEnd?: '\n' | '';
  /** Bytes of the trailer, when they differ. */
  readonly trailerLength?: number;
}

/** Writes a file piece by piece: header, data records one at a time, trailer with the counts of what was written. */
export class FileWriter {
  private readonly counts = new Counts();
  private readonly lineEnd: string;

  constructor(private readonly options: WriteOptions = {}) {
    this.lineEnd = options.lineEnd ?? '\n';
  }

  header(record: HeaderRecord): string {
    return recordText(record, this.options.length) + this.lineEnd;
  }

  /** Errors BUREAU_RECORD_TOO_LONG, BUREAU_VALUE_UNFIT: then the record is not counted, and the next may be written. */
  data(record: DataRecord): string {
    const text = recordText(record, this.options.length) + this.lineEnd;
    this.counts.add(record);
    return text;
  }

  trailer(): string {
    const { length, trailerLength = length } = this.options;
    const trailer = { id: 'trailer', values: this.counts.values() } as const;
    return recordText({ kind: 'trailer', trailer }, trailerLength) + this.lineEnd;
  }
}

/** A whole file as a stream of its records' texts; holds one record at a time. */
export async function* writeFile(
  header: HeaderRecord,
  records: Iterable<DataRecord> | AsyncIterable<DataRecord>,
  options: WriteOptions = {},
): AsyncGenerator<string> {
  const writer = new FileWriter(options);
  yield writer.header(header);
  for await (const record of records) yield writer.data(record);
  yield writer.trailer();
}
