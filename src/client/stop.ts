import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../book/open-book';
import {
  acknowledge,
  letOut,
  stillOut,
  stop,
  type Out,
  type StopRequest,
  type SwitchRow,
} from '../book/stop';
import type { Instant } from '../domain/units';

/** What a stop waits for, as it goes on. */
export type Progress =
  /** Reservations that are half done, on whichever worker. */
  | { readonly waits: 'reservations' }
  /** Messages with their carriers and calls of the lender's system; `until`: then the last of them has ended. */
  | { readonly waits: 'out'; readonly count: number; readonly until: Instant | null };

export interface Acknowledged {
  readonly stop: SwitchRow;
  /** How many permits were out when it was made. */
  readonly waitedFor: number;
  /** Real milliseconds from the stop to its acknowledgement. */
  readonly tookMs: number;
}

const LOOK_MS = 25;

/**
 * Stops, and answers when nothing is on its way any more that was let out before: settled by its worker or, where that
 * one is gone, at the end of its permit. From then on nothing is sent. Ends at the latest with the longest permit.
 */
export async function stopAndWait(
  db: Db,
  request: StopRequest,
  say: (progress: Progress) => void = () => undefined,
): Promise<Acknowledged> {
  const from = Date.now();
  const made = await stop(db, request);
  return waitFor(db, made, say, from);
}

/** The waiting alone, for a stop whose maker did not wait to the end. */
export async function waitFor(
  db: Db,
  made: SwitchRow,
  say: (progress: Progress) => void = () => undefined,
  from: number = Date.now(),
): Promise<Acknowledged> {
  let out: Out | null = null;
  while (out === null) {
    out = await letOut(db, made);
    if (out !== null) break;
    say({ waits: 'reservations' });
    await sleep(LOOK_MS);
  }
  const waitedFor = countOf(out);
  while (countOf(out) > 0) {
    const still = await stillOut(db, out);
    out = still.out;
    if (countOf(out) === 0) break;
    say({ waits: 'out', count: countOf(out), until: still.until });
    await sleep(LOOK_MS);
  }
  const tookMs = Date.now() - from;
  return { stop: await acknowledge(db, made.id, { waitedFor, tookMs }), waitedFor, tookMs };
}

const countOf = ({ attempts, hostActions }: Out): number => attempts.length + hostActions.length;
