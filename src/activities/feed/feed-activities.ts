import { readClock } from '../../book/clock';
import { findWatch, noteLook } from '../../book/feeds/watches';
import { feedById, toDeliver } from '../../book/feeds/feeds';
import type { Db } from '../../book/open-book';
import { virtual } from '../../domain/clock';
import { putAway } from '../../intake/watch/folder';
import { look } from '../../intake/watch/look';
import type { FeedDependencies } from '../dependencies';
import { withoutPersonalData } from '../without-personal-data';
import type { FeedActivities, FolderLook } from './contract';
import { saying, type Saying } from './saying';
import { besides, feedOf, settingsIn, settingsOf, takeFile } from './take-file';

/** The activities of feeds: they speak to the folders in which files arrive, and run where these are. */
export function createFeedActivities(deps: FeedDependencies): FeedActivities {
  const { db } = deps;
  return {
    lookIn: ({ watch }) => withoutPersonalData('feed', () => lookIn(db, watch)),
    takeFile: (request) => heard((said) => takeFile(db, request, said)),
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
        const reason = taken.how === 'refused' ? taken.says : null;
        await putAway(settings.folder, request.file, shelf, besides(feed, request.file), reason);
      }),
  };
}

/** While it works, Temporal hears how far it is. */
function heard<T>(work: (said: Saying) => Promise<T>): Promise<T> {
  const said = saying();
  return withoutPersonalData('feed', () => work(said)).finally(() => said.stop());
}

async function lookIn(db: Db, watch: string): Promise<FolderLook> {
  const found = await findWatch(db, watch);
  if (found.stoppedAt !== null) return { next: null, more: 0, notes: [] };
  const settings = settingsIn(found);
  const { ready, notes } = await look(db, settings, virtual(await readClock(db), Date.now()));
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
