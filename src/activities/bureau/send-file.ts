import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { markEnd } from '../../book/furnishing/files';
import { disputesFor } from '../../book/furnishing/queue';
import type { Db } from '../../book/open-book';
import { fail, ForbearError } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';
import { beating, type Beat } from './beat';
import type { FileRequest, FileSent } from './contract';
import { cycleFile } from './cycle-file';
import { writeWhole } from './whole-file';

/**
 * Puts the file where it is sent from. The last thing before its name appears there is a look whether a dispute began or
 * ended of somebody in it: then nothing is sent, and the file is made again. What was sent is remembered by its hash.
 * Errors BUREAU_FILE_CHANGED, FILE_UNREADABLE, FILE_UNWRITABLE.
 */
export async function sendFile(db: Db, request: FileRequest, now: Instant): Promise<FileSent> {
  const { row, reporting } = await cycleFile(db, request);
  if (row.status === 'sent') return { how: 'sent' };
  if (row.status === 'nothing') return { how: 'nothing' };
  return beating(async (beat) => {
    const from = join(reporting.keep, row.name);
    // Looked at before it is copied: a file that somebody has touched is not what the book says that it told.
    if ((await hashOf(from, beat)) !== row.hash) fail('BUREAU_FILE_CHANGED', { name: row.name });
    const isUndisputed = async (): Promise<boolean> =>
      (await disputesFor(db, reporting.name, row.id)).length === 0;
    const sent = await writeWhole(join(reporting.send, row.name), read(from, beat), 'latin1', isUndisputed);
    if (sent === null) return { how: 'changed' };
    await markEnd(db, row.id, 'sent', now);
    return { how: 'sent' };
  });
}

async function hashOf(path: string, beat: Beat): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of read(path, beat)) hash.update(piece);
  return hash.digest('hex');
}

async function* read(path: string, beat: Beat): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path)) {
      beat.say((bytes += (piece as Buffer).length));
      yield piece as Buffer;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof ForbearError) throw error;
    fail('FILE_UNREADABLE', { file: path, reason: code });
  }
}
