import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { noteFetched, toFetch } from '../../book/feeds/answers';
import type { Db } from '../../book/open-book';
import { hashOf } from '../file/hash-of';
import { saidByName } from './kept-settings';
import { readyName, type Note } from './look';
import type { Settings } from './read-settings';

/**
 * Fetches refused files that somebody has asked for once more from `refused/` to where they are taken from, each once:
 * the one of that name whose content was refused then, whatever lies there under the name since. Whether it is taken is
 * seen there. Says of which there is none.
 */
export async function fetchAgain(db: Db, settings: Settings): Promise<Note[]> {
  const notes: Note[] = [];
  for (const { id, file, fileHash } of await toFetch(db, settings.name)) {
    const feed = saidByName(settings, file)?.feed ?? null;
    const ready = feed?.ready == null ? null : readyName(feed, feed.ready, file);
    const became = await fetchOne(settings.folder, { file, ready, fileHash });
    if (became === 'there') await noteFetched(db, id);
    if (became === 'gone')
      notes.push({ feed: feed?.name ?? null, file, code: 'FEED_AGAIN_GONE', args: { file } });
  }
  return notes;
}

interface Wanted {
  readonly file: string;
  /** The file that says that it is whole, where the feed has one. */
  readonly ready: string | null;
  readonly fileHash: string;
}

/** `later`: another file of that name is being taken. Safe to repeat: the file itself goes last. */
async function fetchOne(folder: string, wanted: Wanted): Promise<'there' | 'later' | 'gone'> {
  const { file, ready } = wanted;
  const [taking, refused] = [join(folder, 'taking'), join(folder, 'refused')];
  const kept = await keptAs(refused, wanted);
  // Somebody has put it back, or it was fetched and the worker killed before that stood in the book.
  if (kept === null) return [taking, folder].some((one) => existsSync(join(one, file))) ? 'there' : 'gone';
  if (existsSync(join(taking, file))) return 'later';
  const number = kept.slice(file.length);
  if (ready !== null && existsSync(join(refused, ready + number)))
    await rename(join(refused, ready + number), join(taking, ready));
  // Why it was refused stands in the book; the rejects are written anew.
  for (const beside of ['.reason.txt', '.rejects.csv'])
    await rm(join(refused, kept + beside), { force: true });
  await rename(join(refused, kept), join(taking, file));
  return 'there';
}

/** The name that the file has where refused ones lie: its own, or that with a number. */
async function keptAs(refused: string, { file, fileHash }: Wanted): Promise<string | null> {
  const numbered = (name: string): boolean =>
    name === file || (name.startsWith(`${file}.`) && /^\d+$/.test(name.slice(file.length + 1)));
  // The last one first: where it was refused before it was read, nothing but the name is known of it.
  const names = existsSync(refused) ? (await readdir(refused)).filter(numbered).sort(byNumber).reverse() : [];
  for (const name of names)
    if (fileHash === '' || (await hashOf(join(refused, name))) === fileHash) return name;
  return null;
}

function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
