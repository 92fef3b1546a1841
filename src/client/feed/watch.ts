import { defineSearchAttributeKey } from '@temporalio/common';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { FeedProgress, FolderNote } from '../../activities/feed/contract';
import { findWatch, listWatches, putWatch, stopWatch, type WatchGiven } from '../../book/feeds/watches';
import type { Instant } from '../../domain/units';
import type { Desk } from '../start';

/** The name of the schedule that looks into a watched folder. */
export function scheduleId(watch: string): string {
  return `feeds:${watch}`;
}

const ANSWERS_WITHIN_MS = 10_000;
const LENDER = defineSearchAttributeKey('Lender', 'KEYWORD');

/**
 * Watches a folder from now on, or with other settings: they go into the book, and a schedule looks into the folder, at
 * once and then again and again. One that an operator has paused stays paused. Throws WATCH_FOLDER_TAKEN.
 */
export async function watchFolder(
  desk: Desk,
  given: WatchGiven,
  everySeconds: number,
): Promise<'begun' | 'changed'> {
  await putWatch(desk.db, given);
  const schedule = scheduleOf(desk, given, everySeconds);
  try {
    await desk.temporal.schedule.create({
      ...{ ...schedule, scheduleId: scheduleId(given.name), state: { triggerImmediately: true } },
    });
    return 'begun';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  const handle = desk.temporal.schedule.getHandle(scheduleId(given.name));
  await handle.update(({ state }) => ({ ...schedule, state }));
  await handle.trigger();
  return 'changed';
}

/**
 * A look sees all that lies there, so one that falls into another is skipped, and of those that were missed while the
 * server was away only the last is made up for: the folder itself is the queue. A look that failed does not pause the
 * schedule: a folder that is away for an hour must not need a person before the next night's files.
 */
function scheduleOf(desk: Desk, { name, lender }: WatchGiven, everySeconds: number) {
  return {
    spec: { intervals: [{ every: everySeconds * 1_000 }] },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      catchupWindow: Math.max(60, everySeconds) * 1_000,
      pauseOnFailure: false,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'feedFolder',
      workflowId: scheduleId(name),
      taskQueue: desk.taskQueue,
      args: [{ watch: name }],
      staticSummary: `A look into the folder of ${name}`,
      typedSearchAttributes: [{ key: LENDER, value: lender }],
    },
  };
}

/** No further look is begun; a feed that is under way is brought to its end. Throws WATCH_UNKNOWN. */
export async function stopWatching(desk: Desk, name: string): Promise<void> {
  await findWatch(desk.db, name);
  await stopWatch(desk.db, name);
  await unlessGone(desk.temporal.schedule.getHandle(scheduleId(name)).delete());
}

/** Looks once, now, whatever the schedule says. Throws WATCH_UNKNOWN. */
export async function lookNow(desk: Desk, name: string): Promise<void> {
  const { stoppedAt } = await findWatch(desk.db, name);
  const handle = desk.temporal.schedule.getHandle(scheduleId(name));
  if (stoppedAt === null) await unlessGone(handle.trigger());
}

export interface WatchState {
  readonly name: string;
  readonly lender: string;
  readonly folder: string;
  /** `gone`: its schedule is not there any more; watching it again makes it anew. */
  readonly state: 'watching' | 'paused' | 'gone';
  readonly nextLook: Instant | null;
  readonly lookedAt: Instant | null;
  readonly ready: number;
  readonly notes: readonly FolderNote[];
  /** Feeds that are under way. */
  readonly running: readonly RunningFeed[];
}

export interface RunningFeed extends Omit<FeedProgress, 'phase'> {
  readonly file: string;
  /** `silent`: its workflow does not answer, for no worker is there or all are busy. */
  readonly phase: FeedProgress['phase'] | 'silent';
}

/** Every watched folder with what was seen in it, and how far its feeds are. */
export async function watchStates(desk: Desk): Promise<WatchState[]> {
  const states: WatchState[] = [];
  // Feeds are known by their lender, who may have several folders.
  const runningOf = new Map<string, readonly RunningFeed[]>();
  for (const { name, lender, folder, lookedAt, seen } of await listWatches(desk.db)) {
    const handle = desk.temporal.schedule.getHandle(scheduleId(name));
    const described = await unlessGone(handle.describe());
    const running = runningOf.get(lender) ?? (await runningFeeds(desk, lender));
    runningOf.set(lender, running);
    states.push({
      ...{ name, lender, folder, lookedAt },
      state: described === null ? 'gone' : described.state.paused ? 'paused' : 'watching',
      nextLook: described?.info.nextActionTimes[0]?.toISOString() ?? null,
      ready: seen?.ready ?? 0,
      notes: (seen?.notes ?? []) as readonly FolderNote[],
      running,
    });
  }
  return states;
}

async function runningFeeds(desk: Desk, lender: string): Promise<RunningFeed[]> {
  const query = `WorkflowType = 'feed' and ExecutionStatus = 'Running' and Lender = '${lender}'`;
  const running: RunningFeed[] = [];
  for await (const { workflowId, runId, memo } of desk.temporal.workflow.list({ query })) {
    const handle = desk.temporal.workflow.getHandle(workflowId, runId);
    const silent = {
      file: String(memo?.['file'] ?? workflowId),
      phase: 'silent',
      count: 0,
      percent: 0,
    } as const;
    const said = await desk.temporal.connection
      .withDeadline(Date.now() + ANSWERS_WITHIN_MS, () => handle.query<RunningFeed>('progress'))
      .catch(() => silent);
    running.push(said);
  }
  return running;
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
