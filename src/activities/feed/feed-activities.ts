import { readClock } from '../../book/clock';
import { findWatch, noteLook } from '../../book/feeds/watches';
import { feedById, toDeliver } from '../../book/feeds/feeds';
import type { Db } from '../../book/open-book';
import { virtual } from '../../domain/clock';
import { putAway } from '../../intake/watch/folder';
import { keepHeapLean } from '../../intake/file/lean-heap';
import { fetchAgain } from '../../intake/watch/fetch-again';
import { settingsIn, settingsOf } from '../../intake/watch/kept-settings';
import { look } from '../../intake/watch/look';
import type { FeedDependencies } from '../dependencies';
import { withoutPersonalData } from '../without-personal-data';
import type { FeedActivities, FeedFile, FileTaken, FolderLook } from './contract';
import { saying, type Saying } from './saying';
import { besides, feedOf, takeFile } from './take-file';

/** The activities of feeds: they speak to the folders in which files arrive, and run where these are. */
export function createFeedActivities(deps: FeedDependencies): FeedActivities {
  const { db } = deps;
  return {
    lookIn: ({ watch }) => withoutPersonalData('feed', () => lookIn(db, watch)),
    takeFile: (request) =>
      heard((said) => {
        const over = keepHeapLean();
        return takeFile(db, request, said).finally(over);
      }),
    deliverFeed: ({ feed, lender }) =>
      heard(async (said) => {
        const { counts } = await feedById(db, feed);
        const all = Math.max(1, toDeliver(counts));
        return deps.deliver(
          { id: feed, lender },
          {
            signal: said.signal,
            onProgress: ({ started, told }) => {
              const count = started + told;
              const percent = Math.min(100, Math.floor((count / all) * 100));
              // It is called by a clock: the signal says that it is to end, not what is thrown there.
              if (!said.signal.aborted) said.say({ phase: 'delivering', count, percent });
            },
          },
        );
      }),
    putAway: ({ taken, ...request }) =>
      withoutPersonalData('feed', async () => {
        if (taken.how !== 'taken' && taken.how !== 'refused') return;
        const settings = await settingsOf(db, request.watch);
        const feed = feedOf(settings, request);
        const shelf = taken.how === 'taken' ? 'done' : 'refused';
        const reason = taken.how === 'refused' ? reasonOf(taken, request) : null;
        await putAway(settings.folder, request.file, shelf, besides(feed, request.file), reason);
      }),
  };
}

/** While it works, Temporal hears how far it is. */
function heard<T>(work: (said: Saying) => Promise<T>): Promise<T> {
  const said = saying();
  return withoutPersonalData('feed', () => work(said)).finally(() => said.stop());
}

/** Options of `feed watch again` by which somebody answers for what a file is refused for. */
const ANSWERED_BY: Partial<Record<string, string>> = {
  FEED_TOO_MANY_LEAVE: '--let-leave',
  FEED_FILE_KNOWN: '--same-again',
};

/** Why it was refused, and what lets it be taken all the same: for whoever finds the file. */
function reasonOf({ code, says }: Extract<FileTaken, { how: 'refused' }>, { watch, file }: FeedFile): string {
  const option = ANSWERED_BY[code];
  const again = `forbear feed watch again ${watch} ${file}`;
  return `${says}\nTo have it taken once more: ${again}${option === undefined ? '' : ` ${option} NAME`}`;
}

async function lookIn(db: Db, watch: string): Promise<FolderLook> {
  const found = await findWatch(db, watch);
  if (found.stoppedAt !== null) return { next: null, more: 0, notes: [] };
  const settings = settingsIn(found);
  const gone = await fetchAgain(db, settings);
  const seen = await look(db, settings, virtual(await readClock(db), Date.now()));
  const { ready } = seen;
  const notes = [...seen.notes, ...gone];
  await noteLook(db, watch, { ready: ready.length, notes });
  const [first, ...others] = ready;
  if (first === undefined) return { next: null, more: 0, notes };
  const { feed, name: file, businessDate, moment, missing } = first;
  const next = {
    watch,
    feed: feed.name,
    file,
    lender: found.lender,
    kind: feed.kind,
    businessDate,
    moment,
    missing,
  };
  return { next, more: others.length, notes };
}
