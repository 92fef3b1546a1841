import type { Selectable } from 'kysely';
import type { Occurrence } from '../domain/decide/decision';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

export type HostActionRow = Selectable<Tables['hostActions']>;

/** Notes what the lender's system is asked to do, once for each occurrence of its step. Its id goes with the request. */
export function requestHost(
  db: Db,
  account: string,
  occurrence: Occurrence,
  action: string,
  at: Instant,
): Promise<HostActionRow> {
  const { step, anchor, n } = occurrence;
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('hostActions')
      .values({ id: newRef(), account, step, anchor, n, action, requestedAt: at })
      .onConflict((conflict) => conflict.columns(['account', 'step', 'anchor', 'n']).doNothing())
      .execute();
    return tx
      .selectFrom('hostActions')
      .selectAll()
      .where('account', '=', account)
      .where('step', '=', step)
      .where('anchor', '=', anchor)
      .where('n', '=', n)
      .executeTakeFirstOrThrow();
  });
}

/** The lender's system is called from now on: a stop waits for the end of it. */
export async function hostCallBegins(db: Db, id: string): Promise<void> {
  await db
    .updateTable('hostActions')
    .set((eb) => ({ askedAt: eb.fn('clock_timestamp'), handedAt: null }))
    .where('id', '=', id)
    .execute();
}

/** The call has ended, whichever way. */
export async function hostCallEnds(db: Db, id: string): Promise<void> {
  await db
    .updateTable('hostActions')
    .set((eb) => ({ handedAt: eb.fn('clock_timestamp') }))
    .where('id', '=', id)
    .execute();
}

/** The lender's answer, the first one. Null when nothing of that id was asked. */
export async function answerHost(
  db: Db,
  id: string,
  result: string,
  at: Instant,
): Promise<HostActionRow | null> {
  await db
    .updateTable('hostActions')
    .set({ status: 'answered', result, answeredAt: at })
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .execute();
  const row = await db.selectFrom('hostActions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Throws HOST_ACTION_UNKNOWN. */
export async function hostActionOf(db: Db, id: string): Promise<HostActionRow> {
  const row = await db.selectFrom('hostActions').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ForbearError('HOST_ACTION_UNKNOWN', { id });
  return row;
}

/** What was asked and not answered, of all accounts or of one, the oldest first. */
export function unansweredHost(db: Db, limit: number, account?: string): Promise<HostActionRow[]> {
  let query = db
    .selectFrom('hostActions')
    .selectAll()
    .where('status', '=', 'requested')
    .orderBy('requestedAt')
    .limit(limit);
  if (account !== undefined) query = query.where('account', '=', account);
  return query.execute();
}
