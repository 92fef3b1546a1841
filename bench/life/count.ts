import { defaultPayloadConverter } from '@temporalio/common';
import { sizeOf, type HistoryEvent, type Run } from './histories';

/** What Temporal Cloud bills, by kind. Search attributes and memo at a start or continue-as-new are free. */
export interface Actions {
  readonly starts: number;
  readonly timers: number;
  readonly activities: number;
  readonly retries: number;
  readonly signals: number;
  readonly updates: number;
  readonly upserts: number;
  readonly total: number;
}

export function countActions(runs: readonly Run[]): Actions {
  const events = runs.flatMap((run) => run.events);
  const count = (is: (event: HistoryEvent) => unknown): number =>
    events.filter((event) => is(event) != null).length;
  const parts = {
    starts: count((event) => event.workflowExecutionStartedEventAttributes),
    timers: count((event) => event.timerStartedEventAttributes),
    activities: count((event) => event.activityTaskScheduledEventAttributes),
    retries: events.reduce(
      (sum, { activityTaskStartedEventAttributes: at }) => sum + (at?.attempt ?? 1) - 1,
      0,
    ),
    signals: count((event) => event.workflowExecutionSignaledEventAttributes),
    updates: count((event) => event.workflowExecutionUpdateAcceptedEventAttributes),
    upserts: count((event) => event.upsertWorkflowSearchAttributesEventAttributes),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

/** History bytes of the open run while the account rests. */
export interface AtRest {
  /** By the days that each rest lasts. */
  readonly average: number;
  readonly most: number;
}

/** @param from when the account was taken over; each timer's summary tells until when the account rested */
export function bytesAtRest(runs: readonly Run[], from: string): AtRest {
  let since = Date.parse(from);
  let weighed = 0;
  let total = 0;
  let most = 0;
  for (const { events } of runs) {
    const untils = new Map<string, number>();
    let bytes = 0;
    for (const event of events) {
      if (event.timerStartedEventAttributes) untils.set(String(event.eventId), untilOf(event));
      const fired = event.timerFiredEventAttributes?.startedEventId;
      const until = fired == null ? undefined : untils.get(String(fired));
      if (until !== undefined) {
        weighed += bytes * (until - since);
        total += until - since;
        most = Math.max(most, bytes);
        since = until;
      }
      bytes += sizeOf(event);
    }
  }
  return { average: weighed / Math.max(1, total), most };
}

function untilOf(event: HistoryEvent): number {
  const summary = event.userMetadata?.summary;
  const text = summary ? String(defaultPayloadConverter.fromPayload(summary)) : '';
  return Date.parse(text.replace('until ', ''));
}

export const eventsOf = (runs: readonly Run[]): number =>
  runs.reduce((sum, run) => sum + run.events.length, 0);
export const bytesOf = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.bytes, 0);
