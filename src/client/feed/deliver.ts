import { notStartedOf, untoldOf } from '../../book/feeds/feed-work';
import { advanceFeed, undeliveredFeeds, type Feed } from '../../book/feeds/feeds';
import { Starter } from '../enrol/starter';
import type { Desk } from '../start';
import { tell } from '../tell';

export interface Delivered {
  readonly started: number;
  readonly told: number;
}

const PAGE = 500;
const AT_ONCE = 16;
const SAID_EVERY_MS = 500;

/**
 * Starts the accounts that a feed has begun and tells the others what it told, and first what an earlier feed of the
 * lender was broken off in. It goes by the book alone, so that it can be broken off anywhere and run again; what is left
 * the sweep finds as well. Throws TEMPORAL_UNREACHABLE.
 */
export async function deliverFeed(
  desk: Desk,
  feed: Pick<Feed, 'id' | 'lender'>,
  options: {
    readonly rate?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (sofar: Delivered) => void;
  } = {},
): Promise<Delivered> {
  const { rate, signal, onProgress } = options;
  const starter = new Starter(desk, rate);
  let told = 0;
  let waiting = 0;
  // By the clock, not by the page: a thousand accounts wait for their start while nothing is read.
  const saying = setInterval(() => onProgress?.({ started: starter.started, told }), SAID_EVERY_MS);
  try {
    await pages(
      (after) => notStartedOf(desk.db, feed.lender, after, PAGE),
      async (refs) => {
        for (const ref of refs) await starter.add(ref);
      },
      signal,
    );
    await starter.end(signal);
    const earlier = (await undeliveredFeeds(desk.db, feed.lender)).filter((id) => id !== feed.id);
    for (const id of [...earlier, feed.id]) {
      const left = waiting;
      await pages(
        (after) => untoldOf(desk.db, id, after, PAGE),
        async (refs) => {
          for (let from = 0; from < refs.length && signal?.aborted !== true; from += AT_ONCE) {
            const became = await Promise.all(refs.slice(from, from + AT_ONCE).map((ref) => tell(desk, ref)));
            waiting += became.filter((one) => one === 'waiting').length;
            told += became.length;
          }
        },
        signal,
      );
      if (signal?.aborted !== true && waiting === left) await advanceFeed(desk.db, id, 'done');
    }
  } finally {
    clearInterval(saying);
  }
  return { started: starter.started, told: told - waiting };
}

async function pages(
  read: (after: string) => Promise<readonly string[]>,
  work: (refs: readonly string[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let after = ''; signal?.aborted !== true;) {
    const refs = await read(after);
    await work(refs);
    const last = refs.at(-1);
    if (last === undefined || refs.length < PAGE) return;
    after = last;
  }
}
