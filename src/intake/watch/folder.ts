import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../domain/errors/forbear-error';

/**
 * A watched folder has three of its own below it, on the same file system, so that a file goes from one to the other by
 * a rename: whole, or not at all. Nothing is ever written over.
 */
export type Shelf = 'taking' | 'done' | 'refused';
const SHELVES: readonly Shelf[] = ['taking', 'done', 'refused'];

export interface FolderFile {
  readonly name: string;
  /** Taken by a run before this one, which did not come to its end. */
  readonly claimed: boolean;
  /** Since when nobody changed it, in seconds, by the clock of the file system. */
  readonly quietSeconds: number;
}

/** What lies in the folder: regular files only, no link and nothing that begins with a dot. Throws WATCH_FOLDER_UNUSABLE. */
export async function filesIn(folder: string): Promise<readonly FolderFile[]> {
  return usable(folder, async () => {
    if (!(await stat(folder)).isDirectory()) fail('WATCH_FOLDER_UNUSABLE', { folder, reason: 'no folder' });
    for (const shelf of SHELVES) await mkdir(join(folder, shelf), { recursive: true });
    const now = await clockOf(folder);
    const claimed = await regular(join(folder, 'taking'));
    const there = await regular(folder);
    return [
      ...claimed.map(({ name }) => ({ name, claimed: true, quietSeconds: 0 })),
      ...there.map(({ name, changed }) => ({ name, claimed: false, quietSeconds: (now - changed) / 1_000 })),
    ];
  });
}

/** Its own clock stamps its files; ours may be ahead of a file server's. */
async function clockOf(folder: string): Promise<number> {
  const probe = join(folder, 'taking', '.now');
  await writeFile(probe, '');
  const { mtimeMs } = await stat(probe);
  await rm(probe, { force: true });
  return mtimeMs;
}

async function regular(
  folder: string,
): Promise<readonly { readonly name: string; readonly changed: number }[]> {
  const found: { name: string; changed: number }[] = [];
  for (const name of await readdir(folder)) {
    if (name.startsWith('.')) continue;
    // Taken away by its sender in between: then it is not there.
    const file = await lstat(join(folder, name)).catch(() => null);
    // A program that keeps the old time of a file cannot set the other one.
    if (file?.isFile() === true) found.push({ name, changed: Math.max(file.mtimeMs, file.ctimeMs) });
  }
  return found;
}

/**
 * Takes a file for this run, and answers where it is read: from then on whoever sends another one of that name does not
 * touch it. Safe to repeat. Null where it is gone.
 */
export async function claim(folder: string, name: string): Promise<string | null> {
  return usable(folder, async () => {
    const ours = join(folder, 'taking', name);
    if (await exists(ours)) return ours;
    return (await moved(join(folder, name), ours)) ? ours : null;
  });
}

/**
 * Puts a file that was taken or refused away with what belongs to it, and answers the name that it has there. A file of
 * that name that lies there already stays: the new one is numbered. Safe to repeat: the file itself goes last.
 * @param beside names of other files of the run, by what is put after the file's name
 * @param reason why it was refused, for people
 */
export async function putAway(
  folder: string,
  name: string,
  shelf: Exclude<Shelf, 'taking'>,
  beside: readonly string[],
  reason: string | null,
): Promise<string> {
  return usable(folder, async () => {
    const from = join(folder, 'taking');
    const to = join(folder, shelf);
    const kept = await freeName(to, name);
    if (!(await exists(join(from, name)))) return name;
    const number = kept.slice(name.length);
    for (const other of beside) {
      const renamed = other.startsWith(name) ? kept + other.slice(name.length) : other + number;
      await moved(join(from, other), join(to, await freeName(to, renamed)));
    }
    if (reason !== null) {
      const said = join(to, `${kept}.reason.txt`);
      await writeFile(`${said}.part`, `${reason}\n`);
      await rename(`${said}.part`, said);
    }
    await moved(join(from, name), join(to, kept));
    return kept;
  });
}

/** Text of a small file; null where there is none. */
export async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? name : `${name}.${n}`;
    if (!(await exists(join(folder, free)))) return free;
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** What the file system refuses, as a coded error. */
async function usable<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    return fail('WATCH_FOLDER_UNUSABLE', { folder, reason: code ?? 'unknown' });
  }
}
