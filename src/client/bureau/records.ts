import { createReadStream } from 'node:fs';
import { readFile } from '../../domain/bureau/metro2/read/read-file';
import type { ReadRecord } from '../../domain/bureau/metro2/read/read-record';
import { fail, ForbearError } from '../../domain/errors/forbear-error';

const PIECE_BYTES = 256 * 1024;

/** A file piece by piece, one character a byte, as the bureau's formats are read. Error FILE_UNREADABLE. */
export async function* pieces(file: string, onBytes?: (read: number) => void): AsyncGenerator<string> {
  const stream = createReadStream(file, { encoding: 'latin1', highWaterMark: PIECE_BYTES });
  let read = 0;
  try {
    for await (const piece of stream) {
      yield piece as string;
      onBytes?.((read += (piece as string).length));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !stream.errored) throw error;
    fail('FILE_UNREADABLE', { file, reason: code });
  }
}

/**
 * The records of a Metro 2 file, one by one. Errors FILE_UNREADABLE, and of a file of another form BUREAU_NOT_METRO2,
 * BUREAU_PACKED and the like, with the file named: the core knows no file names.
 */
export async function* recordsIn(file: string, onBytes?: (read: number) => void): AsyncGenerator<ReadRecord> {
  try {
    yield* readFile(pieces(file, onBytes));
  } catch (error) {
    if (error instanceof ForbearError && error.where === undefined && error.code.startsWith('BUREAU_'))
      throw new ForbearError(error.code, error.args, { file });
    throw error;
  }
}
