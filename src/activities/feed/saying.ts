import { Context } from '@temporalio/activity';
import type { FeedProgress } from './contract';

/** Well within the workflow's heartbeat time-out, whatever the work is doing. */
const HEARTBEAT_MS = 5_000;
/** A signal costs a few events of the history: the workflow's own view follows more slowly than the heartbeat. */
const SIGNAL_MS = 5_000;

export interface Saying {
  /** Throws when the activity is to end: what is under way is broken off there. */
  say(sofar: FeedProgress): void;
  readonly signal: AbortSignal;
  stop(): void;
}

/** Tells Temporal how far the running activity is: by heartbeats for its list of pending activities, by signal its workflow. */
export function saying(): Saying {
  const context = Context.current();
  const { workflowExecution } = context.info;
  let last: FeedProgress | null = null;
  let told = { at: Date.now(), percent: -1 };
  const beat = setInterval(() => context.heartbeat(last), HEARTBEAT_MS);
  const tell = (sofar: FeedProgress): void => {
    if (workflowExecution === undefined || Date.now() - told.at < SIGNAL_MS || sofar.percent === told.percent)
      return;
    told = { at: Date.now(), percent: sofar.percent };
    // Only a look depends on it: one that is lost is followed by the next.
    context.client.workflow
      .getHandle(workflowExecution.workflowId, workflowExecution.runId)
      .signal('progress', sofar)
      .catch(() => undefined);
  };
  return {
    signal: context.cancellationSignal,
    say(sofar) {
      if (context.cancellationSignal.aborted) throw new Error('the worker or the feed is being stopped');
      last = sofar;
      context.heartbeat(sofar);
      tell(sofar);
    },
    stop: () => clearInterval(beat),
  };
}
