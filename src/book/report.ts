import type { Transaction } from 'kysely';
import type { AccountView, CloseRequest, Report } from '../activities/contract';
import { migrate } from '../domain/account/migrate';
import type { Why } from '../domain/decide/decision';
import type { Instant } from '../domain/units';
import { ForbearError } from '../domain/errors/forbear-error';
import { contentHash } from './ids';
import { acceptBatch } from './journal';
import { inTransaction, type Db } from './open-book';
import { lockConcerned } from './personal';
import type { Tables } from './tables';

/** One thing that was decided, with its reason and what came of it. Kept for show, timeline and explain. */
export interface DecisionRecord {
  readonly at: Instant;
  readonly why: Why;
  /** What was decided: an occurrence of a step, a closing. Names it, so that a second telling is the same record. */
  readonly action: unknown;
  readonly result?: unknown;
}

/**
 * What an activity brings from the workflow: decisions since the last one, facts that had not passed the journal,
 * messages kept aside, and how the account stands. Told twice, it stands once. Throws ACCOUNT_UNKNOWN.
 */
export function report(db: Db, told: Report, decision?: DecisionRecord): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lock(tx, told);
    // Not marked as told: told once more with its place, the workflow knows it by its id and counts the place.
    await writeReport(tx, told, decision, null);
  });
}

/** The last report, and the account closed with its final state. Facts that it had not folded become late ones. */
export function closeAccount(db: Db, request: CloseRequest): Promise<void> {
  const { report: told, state } = request;
  return inTransaction(db, async (tx) => {
    await lock(tx, told);
    const action = { do: 'close', reason: request.reason };
    await writeReport(tx, told, { at: request.now, why: request.why, action }, request.now);
    await tx
      .updateTable('accounts')
      .set({
        status: 'closed',
        closedAt: request.now,
        outcome: request.reason,
        finalState: JSON.stringify(migrate(state)),
      })
      .where('ref', '=', told.ref)
      .execute();
    let unseen = tx
      .updateTable('journal')
      .set({ late: true, toldAt: null })
      .where('account', '=', told.ref)
      .where('seq', '>', told.upTo)
      .where('source', '!=', DIRECT)
      .where('late', '=', false);
    if (state.seen.beyond.length > 0) unseen = unseen.where('seq', 'not in', [...state.seen.beyond]);
    await unseen.execute();
  });
}

/** Source of a fact that reached the workflow without passing the journal. */
export const DIRECT = 'workflow';

async function lock(tx: Transaction<Tables>, { ref, told }: Report): Promise<void> {
  // What was signalled straight to the workflow may say something of the person: people are locked before accounts.
  await lockConcerned(
    tx,
    told.map((event) => ({ account: ref, event })),
  );
  const row = await tx
    .selectFrom('accounts')
    .select('ref')
    .where('ref', '=', ref)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
}

async function writeReport(
  tx: Transaction<Tables>,
  told: Report,
  decision: DecisionRecord | undefined,
  toldAt: Instant | null,
): Promise<void> {
  await writeDirect(tx, told, toldAt);
  await writeDecisions(tx, told, decision);
  await writeAside(tx, told.ref, told.aside);
  await markFolded(tx, told.ref, told.upTo);
  await tx
    .updateTable('accounts')
    .set({ ...columnsOf(told.view), foldedSeq: told.upTo, generation: told.generation })
    .set((eb) => ({ viewedAt: eb.fn('clock_timestamp') }))
    .where('ref', '=', told.ref)
    // A slow report of an earlier attempt must not put back what a later one said.
    .where('foldedSeq', '<=', told.upTo)
    .execute();
}

/** What the account has folded it has been told, whichever way it came: out of the journal after a restart, too. */
async function markFolded(tx: Transaction<Tables>, ref: string, upTo: number): Promise<void> {
  await tx
    .updateTable('journal')
    .set((eb) => ({ toldAt: eb.fn('clock_timestamp') }))
    .where('account', '=', ref)
    .where('seq', '<=', upTo)
    .where('toldAt', 'is', null)
    .execute();
}

function columnsOf(view: AccountView) {
  return { ...view, holds: JSON.stringify(view.holds) };
}

/** A fact whose id stands in the journal with other content decided something, so that it must not go unseen. */
async function writeDirect(
  tx: Transaction<Tables>,
  { ref, told }: Report,
  toldAt: Instant | null,
): Promise<void> {
  const facts = told.map((event) => ({ account: ref, event }));
  const answers = await acceptBatch(tx, facts, DIRECT, toldAt);
  const refused = told.filter((_event, index) => {
    const answer = answers[index];
    return answer !== undefined && 'refused' in answer;
  });
  await writeAside(
    tx,
    ref,
    refused.map(({ at, id, kind }) => ({
      at,
      name: kind,
      reason: `event ${id} is in the journal with other content`,
    })),
  );
}

async function writeDecisions(
  tx: Transaction<Tables>,
  told: Report,
  decision?: DecisionRecord,
): Promise<void> {
  const entries: Entry[] = told.notes.map((note) => ({ ...note, hash: contentHash(note) }));
  if (decision !== undefined) {
    const { at, why, action, result } = decision;
    // Without the result: an activity tried again may end otherwise, and it is still one decision.
    entries.push({ at, code: why.code, args: why.args, hash: contentHash({ at, action }), action, result });
  }
  if (entries.length === 0) return;
  // The same note twice in one report is one record, as it is in two reports; PostgreSQL refuses it in one statement.
  const once = new Map(entries.map((entry) => [entry.hash, entry]));
  await tx
    .insertInto('decisions')
    .values(
      [...once.values()].map(({ at, code, args, hash, action, result }) => ({
        account: told.ref,
        contentHash: hash,
        at,
        code,
        args: JSON.stringify(args),
        action: action === undefined ? null : JSON.stringify(action),
        result: result === undefined ? null : JSON.stringify(result),
        strategy: told.strategy,
        generation: told.generation,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'contentHash'])
        .doUpdateSet((eb) => ({ result: eb.fn.coalesce('excluded.result', 'decisions.result') })),
    )
    .execute();
}

interface Entry {
  readonly at: Instant;
  readonly code: string;
  readonly args: Why['args'];
  readonly hash: string;
  readonly action?: unknown;
  readonly result?: unknown;
}

async function writeAside(tx: Transaction<Tables>, account: string, aside: Report['aside']): Promise<void> {
  if (aside.length === 0) return;
  await tx
    .insertInto('aside')
    .values(aside.map((message) => ({ account, contentHash: contentHash(message), ...message })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
