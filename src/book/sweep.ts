import { sql, type Expression, type SqlBool } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import type { Db } from './open-book';

/** An account whose workflow must be looked at: started, told, or opened again. */
export interface ToSweep {
  readonly ref: string;
  readonly lender: string;
  readonly strategy: string;
}

/** By the database's real clock: facts are accepted in real time, whatever the account's own clock says. */
function olderThan(moment: Expression<string>, seconds: number): Expression<SqlBool> {
  return sql<SqlBool>`${moment} <= clock_timestamp() - make_interval(secs => ${seconds})`;
}

const LOOK = ['ref', 'lender', 'strategy'] as const;

/** Open accounts whose workflow's start was never confirmed, enrolled (or opened again) so many seconds ago. */
export function notStarted(db: Db, seconds: number, limit: number): Promise<ToSweep[]> {
  return db
    .selectFrom('accounts')
    .select(LOOK)
    .where('status', '=', 'open')
    .where('startedAt', 'is', null)
    .where((eb) => olderThan(eb.ref('enrolledAt'), seconds))
    .orderBy('enrolledAt')
    .limit(limit)
    .execute();
}

/**
 * Open accounts with a fact accepted so many seconds ago that their last report had not folded. Most only had nothing
 * to report since; one that was terminated or reset by hand is among them.
 */
export function behind(db: Db, seconds: number, limit: number, after = ''): Promise<ToSweep[]> {
  return db
    .selectFrom('accounts')
    .select(LOOK)
    .where('status', '=', 'open')
    .where('ref', '>', after)
    .whereRef('lastSeq', '>', 'foldedSeq')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('journal')
          .select('journal.seq')
          .whereRef('journal.account', '=', 'accounts.ref')
          .whereRef('journal.seq', '>', 'accounts.foldedSeq')
          .where((inner) => olderThan(inner.ref('journal.receivedAt'), seconds)),
      ),
    )
    .orderBy('ref')
    .limit(limit)
    .execute();
}

/** Every open account that was started, page by page: for the sweep that compares with Temporal's own list. */
export function openAccounts(db: Db, limit: number, after = ''): Promise<ToSweep[]> {
  return db
    .selectFrom('accounts')
    .select(LOOK)
    .where('status', '=', 'open')
    .where('startedAt', 'is not', null)
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit)
    .execute();
}

export interface LateFact extends ToSweep {
  readonly event: AccountEvent;
}

/** Facts that closed accounts have not heard of, of all or of one, the oldest first. */
export async function lateFacts(db: Db, limit: number, account?: string): Promise<LateFact[]> {
  let query = db
    .selectFrom('journal')
    .innerJoin('accounts', 'accounts.ref', 'journal.account')
    .select(['accounts.ref', 'accounts.lender', 'accounts.strategy', 'journal.seq', 'journal.body'])
    .where('journal.toldAt', 'is', null)
    .where('journal.late', '=', true)
    .where('accounts.status', '=', 'closed')
    .orderBy('journal.receivedAt')
    .orderBy('journal.seq')
    .limit(limit);
  if (account !== undefined) query = query.where('journal.account', '=', account);
  const rows = await query.execute();
  return rows.map(({ body, seq, ...row }) => ({ ...row, event: { ...body, seq } }));
}
