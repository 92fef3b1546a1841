import type { AccountEvent } from '../domain/account/events';
import type { Db } from './open-book';

/** The account's facts in the order of their places, each with its place. */
export async function factsOf(db: Db, account: string): Promise<AccountEvent[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'body'])
    .where('account', '=', account)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row.body, seq: row.seq }));
}

/** Whether a fact of that id stands in the account's journal. */
export async function isTold(db: Db, account: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('journal')
    .select('seq')
    .where('account', '=', account)
    .where('eventId', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
