import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ForbearError } from '../../domain/errors/forbear-error';

const BUFFER = 256 * 1024;

/** A file that appears whole under its name or not at all: written beside it, brought to the disk, then renamed. */
export interface Whole {
  readonly bytes: number;
  /** sha-256, hexadecimal. */
  readonly hash: string;
}

/**
 * Writes pieces of text, one character a byte or UTF-8, to a file of that name. A disk that is full, or anything else
 * that breaks off, leaves nothing under the name and takes the part away. Holds a quarter of a megabyte.
 * @param before looked at last, when all of it is on the disk: false leaves the name alone, and the answer is null
 * Error FILE_UNWRITABLE with the system's code.
 */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<string | Buffer>,
  encoding: 'latin1' | 'utf8',
  before: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<Whole | null> {
  const part = join(dirname(path), `.${process.pid}.${Date.now().toString(36)}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await onDisk(path, () => mkdir(dirname(path), { recursive: true, mode: 0o700 }));
    // Personal: for its owner only, from its first byte on.
    const file = await onDisk(path, () =>
      open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600),
    );
    try {
      for await (const chunk of gathered(pieces, encoding)) {
        hash.update(chunk);
        bytes += chunk.length;
        await onDisk(path, () => file.writeFile(chunk));
      }
      await onDisk(path, () => file.sync());
    } finally {
      await onDisk(path, () => file.close());
    }
    if (!(await before())) {
      await rm(part, { force: true });
      return null;
    }
    await onDisk(path, () => rename(part, path));
    await onDisk(path, () => syncFolder(dirname(path)));
    return { bytes, hash: hash.digest('hex') };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function* gathered(
  pieces: AsyncIterable<string | Buffer>,
  encoding: 'latin1' | 'utf8',
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece, encoding) : piece;
    held.push(chunk);
    size += chunk.length;
    if (size < BUFFER) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}

/** The name itself is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/** What the disk refuses is said by its code; errors of whoever makes the pieces pass as they are. */
async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    throw new ForbearError('FILE_UNWRITABLE', { file: path, reason: code });
  }
}
