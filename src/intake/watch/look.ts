import { newestFeed } from '../../book/feeds/feeds';
import type { Db } from '../../book/open-book';
import { localDate } from '../../domain/calendar/zone';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { ErrorArgs } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';
import { filesIn, type FolderFile } from './folder';
import { daysBetween, dueUntil } from './missing-days';
import { companionOf, nameReader, type SaidByName } from './name-pattern';
import type { Settings, WatchedFeed } from './read-settings';

/** A file whose turn has come. */
export interface Ready extends SaidByName {
  readonly feed: WatchedFeed;
  readonly name: string;
  /** Days before it whose file did not come. */
  readonly missing: readonly IsoDate[];
}

export interface Note {
  readonly feed: string | null;
  readonly file: string | null;
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
}

export interface Look {
  /** What can be taken, in the order in which it is to be. */
  readonly ready: readonly Ready[];
  readonly notes: readonly Note[];
}

interface Found extends SaidByName {
  readonly feed: WatchedFeed;
  readonly file: FolderFile;
}

/**
 * Looks into the folder: which files are whole and whose turn it is, by the day that they are of and, on one day, in the
 * order of the settings; and what is waited for. Throws WATCH_FOLDER_UNUSABLE.
 */
export async function look(db: Db, settings: Settings, now: Instant): Promise<Look> {
  const files = await filesIn(settings.folder);
  const there = new Set(files.filter(({ claimed }) => !claimed).map(({ name }) => name));
  const found = named(settings, files);
  const notes: Note[] = [];
  const ready: Ready[] = [];
  const unknown = unknownOf(settings, files, found);
  if (unknown > 0) notes.push({ feed: null, file: null, code: 'FEED_NAME_WRONG', args: { files: unknown } });
  for (const feed of settings.feeds) {
    let last = await lastDay(db, settings, feed);
    let stopped = false;
    for (const { file, businessDate, moment } of found.filter((one) => one.feed === feed)) {
      const { name, claimed } = file;
      const missing = daysBetween(feed, last, businessDate, settings.zone);
      const wait = claimed
        ? null
        : (unfinished(settings, feed, file, there) ??
          (missing.length > 0 && feed.missing === 'wait' ? missingNote(missing) : null));
      if (wait !== null) notes.push({ feed: feed.name, file: name, ...wait });
      // What comes after a file that is still written would be taken before it, and shut it out.
      stopped ||= wait !== null;
      if (stopped) continue;
      ready.push({ feed, name, businessDate, moment, missing });
      if (last === null || businessDate > last) last = businessDate;
    }
    const until = dueUntil(feed.by, localDate(now, settings.zone), now, settings.zone);
    const late = stopped ? [] : daysBetween(feed, last, until, settings.zone);
    if (late.length > 0) notes.push({ feed: feed.name, file: null, ...missingNote(late) });
  }
  return { ready: inTurn(ready), notes };
}

/** The files that have the name of a feed, the oldest first; of a name in both places the claimed one. */
function named(settings: Settings, files: readonly FolderFile[]): readonly Found[] {
  const found: Found[] = [];
  for (const feed of settings.feeds) {
    const read = nameReader({ ...feed, zone: settings.zone });
    for (const file of files) {
      const said = read(file.name);
      const known = found.some((one) => one.file.name === file.name);
      if (said !== null && !known) found.push({ feed, file, ...said });
    }
  }
  return found.sort((a, b) => (`${whenOf(a)} ${a.file.name}` < `${whenOf(b)} ${b.file.name}` ? -1 : 1));
}

function unknownOf(settings: Settings, files: readonly FolderFile[], found: readonly Found[]): number {
  const known = new Set(found.map(({ file }) => file.name));
  for (const { feed, file } of found)
    if (feed.ready !== null) known.add(readyName(feed, feed.ready, file.name));
  return files.filter(({ name }) => !known.has(name)).length;
}

/** Why the file is not whole yet as far as can be seen; null where it is. */
function unfinished(
  { quietSeconds }: Settings,
  feed: WatchedFeed,
  file: FolderFile,
  there: ReadonlySet<string>,
): Pick<Note, 'code' | 'args'> | null {
  if (feed.ready !== null) {
    const ready = readyName(feed, feed.ready, file.name);
    return there.has(ready) ? null : { code: 'FEED_NOT_READY', args: { ready } };
  }
  if (file.quietSeconds >= quietSeconds) return null;
  return { code: 'FEED_WRITING', args: { seconds: quietSeconds } };
}

export function readyName({ files, dates }: WatchedFeed, ready: string, name: string): string {
  return companionOf(files, ready, dates, name);
}

function missingNote(days: readonly IsoDate[]): Pick<Note, 'code' | 'args'> {
  return { code: 'FEED_DAY_MISSING', args: { day: days[0] ?? '', days: days.length } };
}

async function lastDay(db: Db, { lender }: Settings, { layout, kind }: WatchedFeed): Promise<IsoDate | null> {
  const last = await newestFeed(db, { lender, source: layout.source, kind });
  return last?.businessDate ?? null;
}

/** By day. Within one they stay as they are: in the order of the settings, and of each feed the oldest first. */
function inTurn(ready: readonly Ready[]): readonly Ready[] {
  return [...ready].sort((a, b) => a.businessDate.localeCompare(b.businessDate, 'en'));
}

function whenOf({ businessDate, moment }: SaidByName): string {
  return `${businessDate} ${moment ?? ''}`;
}
