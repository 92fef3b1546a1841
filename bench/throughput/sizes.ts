import type { Payload } from '@temporalio/common';
import type { HistoryEvent, Run } from '../life/histories';

/** How many bytes of data the payloads of a life hold, by what they are for; averages. */
export interface Sizes {
  readonly first: number;
  readonly next: number;
  readonly request: number;
  readonly result: number;
  readonly closing: number;
  readonly message: number;
  readonly timerSummary: number;
  readonly stepSummary: number;
  readonly memo: number;
}

/** Measured on the histories of one life, so that the bare workflow carries as much. */
export function sizesOf(runs: readonly Run[]): Sizes {
  const events = runs.flatMap((run) => run.events);
  const average = (of: (event: HistoryEvent) => readonly Payload[] | Payload | null | undefined): number => {
    const sizes = events.flatMap((event) => {
      const found = of(event);
      return found == null ? [] : [bytes(found)];
    });
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
  };
  const isClosing = (event: HistoryEvent): boolean =>
    event.activityTaskScheduledEventAttributes?.activityType?.name === 'close';
  return {
    first: bytes(events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
    next: average((event) => event.workflowExecutionContinuedAsNewEventAttributes?.input?.payloads),
    request: average((event) =>
      isClosing(event) ? null : event.activityTaskScheduledEventAttributes?.input?.payloads,
    ),
    closing: average((event) =>
      isClosing(event) ? event.activityTaskScheduledEventAttributes?.input?.payloads : null,
    ),
    result: average((event) => event.activityTaskCompletedEventAttributes?.result?.payloads),
    message: average((event) => event.workflowExecutionSignaledEventAttributes?.input?.payloads),
    timerSummary: average((event) => event.timerStartedEventAttributes && event.userMetadata?.summary),
    stepSummary: average(
      (event) => event.activityTaskScheduledEventAttributes && event.userMetadata?.summary,
    ),
    memo: average((event) =>
      Object.values(event.workflowExecutionContinuedAsNewEventAttributes?.memo?.fields ?? {}),
    ),
  };
}

function bytes(payloads: readonly Payload[] | Payload): number {
  const all = Array.isArray(payloads) ? (payloads as readonly Payload[]) : [payloads as Payload];
  return all.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
}
