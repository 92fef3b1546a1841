import { temporal } from '@temporalio/proto';
import { Worker, type ReplayWorkerOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { StrategyCodec } from '../../src/codec/strategy-codec';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { PAYLOAD_CONVERTER } from '../../src/worker/bundle';
import type { HistoryEvent, Run } from './histories';

export interface ColdWake {
  readonly wakes: number;
  /** Milliseconds of processor time for each, all threads of the worker together. */
  readonly average: number;
  readonly most: number;
}

/**
 * What it costs to wake an account that no worker has in its cache: at every wake of the life its run is replayed from
 * the beginning, up to the workflow task in which it was woken.
 */
export async function coldWakes(
  runs: readonly Run[],
  strategy: Strategy,
  bundle: WorkflowBundleWithSourceMap,
): Promise<ColdWake> {
  const options: ReplayWorkerOptions = {
    workflowBundle: bundle,
    dataConverter: {
      payloadConverterPath: PAYLOAD_CONVERTER,
      payloadCodecs: [new StrategyCodec(() => Promise.resolve(strategy))],
    },
  };
  const wakes = runs.flatMap(({ events }) => wakesOf(events));
  await replay(options, wakes);
  const all = await replay(options, wakes);
  const longest = wakes.reduce((one, other) => (other.length > one.length ? other : one), []);
  const repeated = Array.from({ length: 10 }, () => longest);
  const most = await replay(options, repeated);
  return { wakes: wakes.length, average: all / wakes.length, most: most / repeated.length };
}

/** Processor milliseconds that replaying all of them takes. */
async function replay(
  options: ReplayWorkerOptions,
  wakes: readonly (readonly HistoryEvent[])[],
): Promise<number> {
  const before = process.cpuUsage();
  const histories = wakes.map((events, n) => ({
    workflowId: `wake-${n}`,
    history: temporal.api.history.v1.History.fromObject({ events }),
  }));
  for await (const { error } of Worker.runReplayHistories(options, histories)) if (error) throw error;
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A run's history as each wake finds it: up to what was asked for in the task after a timer or a message. */
function wakesOf(events: readonly HistoryEvent[]): (readonly HistoryEvent[])[] {
  const found: (readonly HistoryEvent[])[] = [];
  let isWoken = false;
  for (const [i, event] of events.entries()) {
    if (event.timerFiredEventAttributes ?? event.workflowExecutionSignaledEventAttributes) isWoken = true;
    if (!isWoken || !event.workflowTaskCompletedEventAttributes) continue;
    isWoken = false;
    let end = i + 1;
    while (events[end] !== undefined && isCommand(events[end])) end += 1;
    found.push(events.slice(0, end));
  }
  return found;
}

function isCommand(event: HistoryEvent | undefined): boolean {
  return (
    (event?.timerStartedEventAttributes ??
      event?.timerCanceledEventAttributes ??
      event?.activityTaskScheduledEventAttributes ??
      event?.workflowExecutionContinuedAsNewEventAttributes ??
      event?.workflowExecutionCompletedEventAttributes) != null
  );
}
