import { sql, type Selectable } from 'kysely';
import { fail } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';
import { newRef } from '../ids';
import { inTransaction, type Db } from '../open-book';
import type { Tables } from '../tables';

export type FileRow = Selectable<Tables['bureauFiles']>;

/** The month's file, opened once. */
export async function openMonth(
  db: Db,
  file: {
    readonly reporting: string;
    readonly month: string;
    readonly on: IsoDate;
    readonly since: IsoDate;
    readonly name: string;
  },
): Promise<FileRow> {
  const { reporting, month, on, since, name } = file;
  await db
    .insertInto('bureauFiles')
    .values({ id: newRef(), reporting, month, n: 0, onDate: on, since, name, ...EMPTY })
    .onConflict((conflict) => conflict.columns(['reporting', 'month', 'n']).doNothing())
    .execute();
  return db
    .selectFrom('bureauFiles')
    .selectAll()
    .where('reporting', '=', reporting)
    .where('month', '=', month)
    .where('n', '=', 0)
    .executeTakeFirstOrThrow();
}

/**
 * A file of corrections beside the month that was sent last: the one that is not sent yet, or a new one. Null where
 * nothing has been sent. @param nameOf its name by its number
 */
export function openCorrections(
  db: Db,
  reporting: string,
  nameOf: (month: string, n: number) => string,
): Promise<FileRow | null> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`bureau ${reporting}`}, 0))`.execute(tx);
    const rows = await tx
      .selectFrom('bureauFiles')
      .selectAll()
      .where('reporting', '=', reporting)
      .orderBy('no', 'desc')
      .limit(200)
      .execute();
    const pending = rows.find(({ n, status }) => n > 0 && (status === 'open' || status === 'made'));
    if (pending !== undefined) return pending;
    const last = rows.find(({ n, status }) => n === 0 && status === 'sent');
    if (last === undefined) return null;
    const { month, onDate, since } = last;
    const n = Math.max(...rows.filter((row) => row.month === month).map((row) => row.n)) + 1;
    return tx
      .insertInto('bureauFiles')
      .values({ id: newRef(), reporting, month, n, onDate, since, name: nameOf(month, n), ...EMPTY })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

const EMPTY = {
  ...{ length: null, records: null, aside: null, bytes: null, hash: null, madeAt: null, sentAt: null },
};

/** Throws BUREAU_FILE_UNKNOWN. */
export async function fileOf(db: Db, id: string): Promise<FileRow> {
  const row = await db.selectFrom('bureauFiles').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? fail('BUREAU_FILE_UNKNOWN', { file: id });
}

export async function findFile(db: Db, name: string): Promise<FileRow | undefined> {
  return db.selectFrom('bureauFiles').selectAll().where('name', '=', name).executeTakeFirst();
}

/** Files by month, the newest first. */
export function listFiles(
  db: Db,
  filter: { readonly reporting?: string; readonly month?: string } = {},
): Promise<FileRow[]> {
  let query = db.selectFrom('bureauFiles').selectAll().orderBy('no', 'desc').limit(500);
  if (filter.reporting !== undefined) query = query.where('reporting', '=', filter.reporting);
  if (filter.month !== undefined) query = query.where('month', '=', filter.month);
  return query.execute();
}

/** It lies whole where files are kept. */
export async function markMade(
  db: Db,
  id: string,
  made: Pick<FileRow, 'length' | 'records' | 'aside' | 'bytes' | 'hash'>,
): Promise<void> {
  await db
    .updateTable('bureauFiles')
    .set({ ...made, status: 'made', madeAt: sql<string>`clock_timestamp()` })
    .where('id', '=', id)
    .where('status', 'in', ['open', 'made'])
    .execute();
}

export async function markEnd(
  db: Db,
  id: string,
  status: 'sent' | 'nothing',
  at: Instant | null,
): Promise<void> {
  await db
    .updateTable('bureauFiles')
    .set({ status, sentAt: at })
    .where('id', '=', id)
    .where('status', 'in', ['open', 'made'])
    .execute();
}
