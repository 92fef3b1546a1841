import { accountOf, markStarted, reopen, type AccountRow } from '../book/accounts';
import { markTold, untold } from '../book/journal';
import { lateFacts, type LateFact } from '../book/sweep';
import type { AccountEvent } from '../domain/account/events';
import { reopens } from '../domain/account/reopening';
import { isNotFound, isUnreachable } from './connection';
import { restoring, workflowId, WORKFLOW_TYPE, type Desk } from './start';

/**
 * What became of the telling. `waiting`: the fact stands in the journal and counts; the sweep tells it as soon as
 * Temporal can be reached. `late`: the account is closed and stays so. `reopened`: it is treated again.
 */
export type Told = 'told' | 'waiting' | 'late' | 'reopened';

const TRIES_MS = [0, 200];
/** One signal takes milliseconds; whoever pays at a counter must not wait for a server that is away. */
const SIGNAL_MS = 3_000;
const AT_ONCE = 500;

/**
 * Tells an account's workflow all facts of the journal that it has not been told, in their order. Safe to repeat:
 * the workflow knows each by its place. An open account without a run is started from the journal with the signal.
 */
export async function tell(desk: Desk, ref: string): Promise<Told> {
  const account = await accountOf(desk.db, ref);
  if (account.status === 'closed') return tellClosed(desk, account);
  const facts = await untold(desk.db, AT_ONCE, ref);
  for (const { event } of facts) {
    try {
      await signal(desk, account, event);
    } catch (error) {
      if (isUnreachable(error)) return 'waiting';
      throw error;
    }
    await markTold(desk.db, ref, [event.seq ?? 0], new Date().toISOString());
  }
  return facts.length < AT_ONCE ? 'told' : tell(desk, ref);
}

/** Facts that came after closing: one that opens the account opens it, and all are heard by the new run; the rest is late. */
async function tellClosed(desk: Desk, account: AccountRow): Promise<Told> {
  const late = await lateFacts(desk.db, AT_ONCE, account.ref);
  const told = await settleLate(desk, account, late);
  return told === 'late' && late.length === AT_ONCE ? tellClosed(desk, account) : told;
}

/** The same for facts that are already read. */
export async function settleLate(desk: Desk, account: AccountRow, late: readonly LateFact[]): Promise<Told> {
  if (late.some(({ event }) => reopens(event, account.outcome)) && (await reopen(desk.db, account.ref))) {
    const told = await tell(desk, account.ref);
    return told === 'told' ? 'reopened' : told;
  }
  const seqs = late.map(({ event }) => event.seq ?? 0);
  await markTold(desk.db, account.ref, seqs, new Date().toISOString());
  return 'late';
}

/** One signal: its name is the event's kind, its one payload the event with its place in the journal. */
async function signal(desk: Desk, account: AccountRow, event: AccountEvent): Promise<void> {
  for (const [turn, wait] of TRIES_MS.entries()) {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      await desk.temporal.connection.withDeadline(Date.now() + SIGNAL_MS, () =>
        desk.temporal.workflow.getHandle(workflowId(account)).signal(event.kind, event),
      );
      return;
    } catch (error) {
      if (isNotFound(error)) break;
      if (!isUnreachable(error) || turn === TRIES_MS.length - 1) throw error;
    }
  }
  await desk.temporal.workflow.signalWithStart(WORKFLOW_TYPE, {
    ...(await restoring(desk, account)),
    signal: event.kind,
    signalArgs: [event],
  });
  await markStarted(desk.db, account.ref, new Date().toISOString());
}
