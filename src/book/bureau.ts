import type { Instant, IsoDate } from '../domain/units';
import type { Db } from './open-book';

/** The notice before adverse data went out on that day. Without one, nothing of the account is reported. */
export async function noteNotice(
  db: Db,
  account: string,
  step: string,
  onDate: IsoDate,
  episode: IsoDate | null,
): Promise<void> {
  await db
    .insertInto('bureauNotices')
    .values({ account, step, onDate, episode })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface Reportable {
  readonly ref: string;
  readonly person: string;
  readonly pastDue: number | null;
  readonly balance: number | null;
  readonly contractDpd: number | null;
  readonly bucket: number | null;
  readonly oldestDue: IsoDate | null;
  readonly outcome: string | null;
  /** Day of the last notice before the month's end; null when there was none. */
  readonly noticedOn: IsoDate | null;
}

/** Every account of a month's report, page by page, with the last notice up to `until`. */
export function reportable(db: Db, until: IsoDate, limit: number, after = ''): Promise<Reportable[]> {
  return db
    .selectFrom('accounts')
    .select(['ref', 'person', 'pastDue', 'balance', 'contractDpd', 'bucket', 'oldestDue', 'outcome'])
    .select((eb) =>
      eb
        .selectFrom('bureauNotices')
        .select((inner) => inner.fn.max('onDate').as('noticedOn'))
        .whereRef('bureauNotices.account', '=', 'accounts.ref')
        .where('onDate', '<=', until)
        .as('noticedOn'),
    )
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit)
    .execute();
}

/** Writes an account's record of a month, once; a correction is a record of its own later. Answers whether it is new. */
export async function writeRecord(db: Db, account: string, month: string, body: unknown): Promise<boolean> {
  const done = await db
    .insertInto('bureauRecords')
    .values({ account, month, body: JSON.stringify(body) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface BureauRecord {
  readonly account: string;
  readonly month: string;
  readonly body: unknown;
  readonly madeAt: Instant;
}

/** The records of a month, by account. */
export function recordsOf(db: Db, month: string): Promise<BureauRecord[]> {
  return db.selectFrom('bureauRecords').selectAll().where('month', '=', month).orderBy('account').execute();
}
