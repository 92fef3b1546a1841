import { cutRecords } from './cut-records';
import { readRecord, type ReadRecord } from './read-record';

/**
 * Reads a file that comes in pieces of text, each character one byte (latin1), and gives its records one by one; holds
 * one piece and one record at a time. What is wrong with a record is told beside it.
 * Errors BUREAU_FILE_EMPTY, BUREAU_PACKED, BUREAU_VARIABLE_BLOCK, BUREAU_EBCDIC, BUREAU_NOT_METRO2 at the beginning.
 */
export async function* readFile(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<ReadRecord> {
  for await (const raw of cutRecords(pieces)) yield readRecord(raw);
}
