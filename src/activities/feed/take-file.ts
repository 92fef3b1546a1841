import { readClock } from '../../book/clock';
import { findFeed, writeRefused, type Feed } from '../../book/feeds/feeds';
import type { Db } from '../../book/open-book';
import { virtual } from '../../domain/clock';
import type { ErrorCode } from '../../domain/errors/catalogue';
import { ForbearError, render } from '../../domain/errors/forbear-error';
import { takeFeed, type TakeOptions } from '../../intake/feed/take';
import { termsOf } from '../../intake/feed/terms';
import { claim, textOf } from '../../intake/watch/folder';
import { readyName } from '../../intake/watch/look';
import { saidByName, settingsOf } from '../../intake/watch/kept-settings';
import type { Settings, WatchedFeed } from '../../intake/watch/read-settings';
import { readAnnounced } from '../../intake/watch/ready-file';
import type { FileRequest, FileTaken } from './contract';
import type { Saying } from './saying';

/** The feed of the settings that a file is one of; a name that is not of its form is no file of the folder. */
export function feedOf(settings: Settings, { feed: name, file, watch }: FileRequest): WatchedFeed {
  const feed = saidByName(settings, file)?.feed;
  if (feed?.name !== name) throw new ForbearError('WATCH_UNKNOWN', { name: `${watch}/${name}` });
  return feed;
}

/** Names of what else a run of a file has in the folder: its rejects, and the file that said that it is whole. */
export function besides(feed: WatchedFeed, file: string): readonly string[] {
  return [rejectsOf(file), ...(feed.ready === null ? [] : [readyName(feed, feed.ready, file)])];
}

const rejectsOf = (file: string): string => `${file}.rejects.csv`;

/**
 * Takes a file of a watched folder into the book. Tried again after anything, it does nothing twice: a file that was
 * taken is known by its content, one that was refused by the name of its feed.
 */
export async function takeFile(db: Db, request: FileRequest, saying: Saying): Promise<FileTaken> {
  const settings = await settingsOf(db, request.watch);
  const feed = feedOf(settings, request);
  const before = await findFeed(db, request.id);
  if (before?.status === 'refused') return refusedAs(before);
  const path = await claim(settings.folder, request.file);
  if (path === null) return { how: 'gone' };
  try {
    const options = await optionsOf(db, settings, feed, request, path);
    const onProgress: TakeOptions['onProgress'] = ({ phase, rows, share }) =>
      saying.say({ phase, count: rows, percent: Math.floor(share * 100) });
    const taken = await takeFeed(db, path, { ...options, onProgress });
    const { id, counts } = taken.feed;
    return { how: 'taken', feed: id, known: id !== request.id, counts };
  } catch (error) {
    if (!(error instanceof ForbearError)) throw error;
    if (error.code === 'FEED_BUSY') return { how: 'busy' };
    if (!isRefusal(error.code)) throw error;
    await remember(db, feed, request, error);
    return { how: 'refused', code: error.code, says: error.message };
  }
}

async function optionsOf(
  db: Db,
  settings: Settings,
  feed: WatchedFeed,
  { id, file, businessDate, moment }: FileRequest,
  path: string,
): Promise<TakeOptions> {
  const { folder, zone, currency } = settings;
  const terms = await termsOf(db, feed.layout, {
    ...{ strategy: feed.strategy ?? undefined, zone, currency: currency ?? undefined },
  });
  const now = virtual(await readClock(db), Date.now());
  const ready = feed.ready === null ? null : readyName(feed, feed.ready, file);
  const said = ready === null ? null : await textOf((await claim(folder, ready)) ?? '');
  return {
    ...{ ...terms, id, now, businessDate, layout: feed.layout, kind: feed.kind, rejects: rejectsOf(path) },
    announced: ready === null || said === null ? {} : readAnnounced(said, ready, terms.currency),
    ...(moment === null ? {} : { moment }),
    ...(feed.leaveShare === null ? {} : { leaveShare: feed.leaveShare }),
  };
}

/** What is wrong with the file itself; all else is a trouble of the machine, and is tried again. */
function isRefusal(code: ErrorCode): boolean {
  return code.startsWith('FEED_') || (code.startsWith('ENROL_') && code !== 'ENROL_FILE_MISSING');
}

/** Where the file was not come to, the book does not know yet that it was refused. */
async function remember(
  db: Db,
  { layout, kind }: WatchedFeed,
  { id, lender, businessDate, moment }: FileRequest,
  { code, args }: ForbearError,
): Promise<void> {
  if ((await findFeed(db, id)) !== undefined) return;
  const asOf = moment ?? `${businessDate}T00:00:00.000Z`;
  const name = { lender, source: layout.source, kind, businessDate, asOf, fileHash: '' };
  await writeRefused(db, { ...name, id }, code, args);
}

function refusedAs({ code, args }: Feed): FileTaken {
  const of = code as ErrorCode;
  return { how: 'refused', code: of, says: render(of, args ?? {}) };
}
