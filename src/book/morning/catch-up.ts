import { sql, type Transaction } from 'kysely';
import { project } from '../../domain/morning/spans';
import type { IsoDate } from '../../domain/units';
import { readClock } from '../clock';
import { inTransaction, type Db } from '../open-book';
import type { Tables } from '../tables';
import { histories } from './histories';
import { writeProjections } from './write';

export interface CatchUpOptions {
  /** Accounts in one transaction. */
  readonly batch?: number;
  readonly onProgress?: (accounts: number) => void;
  readonly signal?: AbortSignal;
}

const BATCH = 500;

/**
 * Brings the figures up to the events, and to the end of a day: every account that was marked since, and every one
 * whose figures change by the passing of days. Marks are taken in the transaction that writes what they ask for, so a
 * killed run leaves nothing half and the next one goes on. One at a time; others wait. Answers how many accounts.
 */
export async function catchUp(db: Db, upTo: IsoDate, options: CatchUpOptions = {}): Promise<number> {
  let accounts = 0;
  for (;;) {
    if (options.signal?.aborted === true) return accounts;
    const done = await inTransaction(db, (tx) => oneBatch(tx, upTo, options.batch ?? BATCH));
    if (done === null) return accounts;
    accounts += done;
    options.onProgress?.(accounts);
  }
}

/** How many accounts, at most `limit` of them, the figures of that day still wait for. */
export async function behindFor(db: Db, upTo: IsoDate, limit = 1_000_000): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (
      select account from report_marks where account is not null
      union select account from report_accounts where next_change <= ${upTo} limit ${limit}) as waiting`.execute(
    db,
  );
  return Number(rows[0]?.n ?? 0);
}

async function oneBatch(tx: Transaction<Tables>, upTo: IsoDate, batch: number): Promise<number | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('report figures', 0))`.execute(tx);
  const marks = await takeMarks(tx, batch);
  const days = new Set(marks.flatMap(({ day }) => (day === null ? [] : [day])));
  const refs = new Set(marks.flatMap(({ account }) => (account === null ? [] : [account])));
  if (refs.size < batch) for (const ref of await dueBy(tx, upTo, batch - refs.size)) refs.add(ref);
  if (marks.length === 0 && refs.size === 0) return null;
  await makeStale(tx, [...days]);
  if (refs.size > 0) {
    const filed = await histories(tx, [...refs], await readClock(tx));
    await writeProjections(
      tx,
      filed.map((one) => ({ ...one, projection: project(one.history, upTo) })),
    );
  }
  return refs.size;
}

async function takeMarks(tx: Transaction<Tables>, batch: number) {
  const { rows } = await sql<{ account: string | null; day: IsoDate | null }>`
    delete from report_marks where id in (select id from report_marks order by id limit ${batch})
    returning account, day`.execute(tx);
  return rows;
}

async function dueBy(tx: Transaction<Tables>, upTo: IsoDate, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('reportAccounts')
    .select('account')
    .where('nextChange', '<=', upTo)
    .orderBy('nextChange')
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(({ account }) => account);
}

async function makeStale(tx: Transaction<Tables>, days: readonly IsoDate[]): Promise<void> {
  if (days.length === 0) return;
  await tx
    .insertInto('reportDays')
    .values(days.map((day) => ({ day, stale: true })))
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ stale: true }))
    .execute();
}
