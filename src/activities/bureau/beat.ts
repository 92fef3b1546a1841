import { Context } from '@temporalio/activity';

/** Well within the workflow's heartbeat time-out, whatever the work is doing. */
const EVERY_MS = 5_000;

export interface Beat {
  /** Throws when the activity is to end: the page that is done stands, and the next try goes on behind it. */
  say(done: number): void;
}

/** While it works Temporal hears how far it is; outside of an activity (a bench, a test) nobody does. */
export async function beating<T>(work: (beat: Beat) => Promise<T>): Promise<T> {
  const context = contextOrNone();
  if (context === null) return work({ say: () => undefined });
  let count = 0;
  const timer = setInterval(() => context.heartbeat(count), EVERY_MS);
  try {
    return await work({
      say(done) {
        if (context.cancellationSignal.aborted) throw new Error('the worker or the cycle is being stopped');
        count = done;
        context.heartbeat(done);
      },
    });
  } finally {
    clearInterval(timer);
  }
}

function contextOrNone(): Context | null {
  try {
    return Context.current();
  } catch {
    return null;
  }
}
