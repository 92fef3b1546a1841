import {
  ActivityCancellationType,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertMemo,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { FeedActivities, FeedFile, FeedProgress, FileTaken } from '../activities/feed/contract';
import { feedQueue } from './feed-queue';

export interface FeedEnd {
  readonly taken: FileTaken;
  readonly started: number;
  readonly told: number;
}

/** What Temporal's UI and `forbear feed watch list` show of a feed under way. */
export type FeedView = FeedProgress & Pick<FeedFile, 'feed' | 'file' | 'kind' | 'businessDate' | 'missing'>;

export const progressQuery = defineQuery<FeedView>('progress');
export const progressSignal = defineSignal<[FeedProgress]>('progress');

/** Another feed of the lender takes minutes: asked again after half of one, then less often. */
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 300;

/**
 * Takes one file of a watched folder: into the book, out to the accounts, then the file away. Everything is safe to do
 * again, so that it may be killed anywhere. A refused file is an answer, not a failure: its code stands in the result,
 * in the memo, in the book and beside the file.
 */
export async function feed(file: FeedFile): Promise<FeedEnd> {
  const request = { ...file, id: uuid4().replaceAll('-', '').slice(0, 16) };
  const work = proxyActivities<FeedActivities>({
    taskQueue: feedQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '12 hours',
    heartbeatTimeout: '30 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
  });
  let view: FeedView = { ...shown(file), phase: 'waiting', count: 0, percent: 0 };
  const now = (sofar: FeedProgress): void => {
    view = { ...shown(file), ...sofar };
    setCurrentDetails(inWords(view));
  };
  setHandler(progressQuery, () => view, { description: 'How far the file is: phase, rows, percent' });
  setHandler(progressSignal, (sofar) => {
    if (isProgress(sofar)) now(sofar);
  });

  const summary = `${file.feed} of ${file.moment ?? file.businessDate}`;
  let taken: FileTaken;
  for (let wait = FIRST_WAIT_S; ; wait = Math.min(2 * wait, LONGEST_WAIT_S)) {
    now({ phase: 'reading', count: 0, percent: 0 });
    taken = await work.takeFile.executeWithOptions({ summary: `Take ${summary}` }, [request]);
    if (taken.how !== 'busy') break;
    now({ phase: 'waiting', count: 0, percent: 0 });
    await sleep(`${wait} seconds`, { summary: 'FEED_BUSY: another feed of the lender is being taken' });
  }

  let delivered = { started: 0, told: 0 };
  if (taken.how === 'taken') {
    now({ phase: 'delivering', count: 0, percent: 0 });
    const what = { feed: taken.feed, lender: file.lender };
    delivered = await work.deliverFeed.executeWithOptions({ summary: `Tell accounts of ${summary}` }, [what]);
  }
  await work.putAway.executeWithOptions({ summary: `Put ${summary} away` }, [{ ...request, taken }]);
  const count = taken.how === 'taken' ? (taken.counts['rows'] ?? 0) : 0;
  now({ phase: taken.how === 'refused' ? 'refused' : 'done', count, percent: 100 });
  upsertMemo({ ended: taken.how === 'refused' ? taken.code : taken.how });
  return { taken, ...delivered };
}

function shown({ feed: name, file, kind, businessDate, missing }: FeedFile) {
  return { feed: name, file, kind, businessDate, missing };
}

function isProgress(said: FeedProgress | undefined): boolean {
  return (
    typeof said?.phase === 'string' && typeof said.count === 'number' && typeof said.percent === 'number'
  );
}

const PHASES: Readonly<Record<FeedProgress['phase'], string>> = {
  waiting: 'waits for another feed of the lender',
  reading: 'rows read',
  booking: 'accounts written',
  delivering: 'accounts told',
  done: 'rows taken',
  refused: 'refused',
};

function inWords({ file, kind, businessDate, phase, count, percent, missing }: FeedView): string {
  const how =
    phase === 'waiting' || phase === 'refused' ? PHASES[phase] : `${count} ${PHASES[phase]}, ${percent} %`;
  const gap = missing.length === 0 ? '' : `\n\nNo file came for ${missing.join(', ')}.`;
  return `**${file}**, ${kind} of ${businessDate}: ${how}${gap}`;
}
