import { sql } from 'kysely';
import type { Db } from '../open-book';

/** What a feed that was taken still has to do to one account. */
export interface Work {
  readonly n: number;
  readonly what: 'enrol' | 'update' | 'fact';
  readonly number: string;
  readonly body: unknown;
}

/** The staged rows that mean work for an account, into the book with the feed. How many of each there are. */
export async function keepStagedWork(
  tx: Db,
  feed: string,
): Promise<{ readonly enrol: number; readonly update: number; readonly last: number }> {
  const { rows } = await sql<{ enrol: number; update: number; last: number }>`
    with kept as (
      insert into feed_work (feed, n, what, number, body)
      select ${feed}, n, what, number, work from feed_stage where what is not null
      returning n, what
    )
    select count(*) filter (where what = 'enrol') as enrol, count(*) filter (where what = 'update') as update,
      (select coalesce(max(n), 0) from feed_stage) as last from kept`.execute(tx);
  return rows[0] ?? { enrol: 0, update: 0, last: 0 };
}

export async function addWork(tx: Db, feed: string, work: readonly Work[]): Promise<void> {
  if (work.length === 0) return;
  await sql`insert into feed_work (feed, n, what, number, body)
    select ${feed}, n, what, number, body from json_to_recordset(${JSON.stringify(work)}::json)
      as rows (n bigint, what text, number text, body jsonb)`.execute(tx);
}

/** The next pieces of work, in order. */
export async function nextWork(tx: Db, feed: string, limit: number): Promise<Work[]> {
  return tx
    .selectFrom('feedWork')
    .select(['n', 'what', 'number', 'body'])
    .where('feed', '=', feed)
    .orderBy('n')
    .limit(limit)
    .execute();
}

/** These are done: in the transaction that they were done in. */
export async function dropWork(tx: Db, feed: string, upTo: number): Promise<void> {
  await tx.deleteFrom('feedWork').where('feed', '=', feed).where('n', '<=', upTo).execute();
}

export async function countWork(db: Db, feed: string): Promise<number> {
  const { n } = await db
    .selectFrom('feedWork')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('feed', '=', feed)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Accounts of the lender whose workflow was never started, after one reference. */
export async function notStartedOf(db: Db, lender: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('ref')
    .where('lender', '=', lender)
    .where('status', '=', 'open')
    .where('startedAt', 'is', null)
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit)
    .execute();
  return rows.map(({ ref }) => ref);
}

/** Accounts that have not been told everything of this feed, after one reference. */
export async function untoldOf(db: Db, feed: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('journal')
    .select('account')
    .distinct()
    .where('source', '=', sourceOf(feed))
    .where('source', 'like', 'feed:%')
    .where('toldAt', 'is', null)
    .where('account', '>', after)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(({ account }) => account);
}

/** How the journal names the feed that a fact came by. */
export function sourceOf(feed: string): string {
  return `feed:${feed}`;
}
