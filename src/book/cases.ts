import type { Selectable } from 'kysely';
import type { Occurrence } from '../domain/decide/decision';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

export type CaseRow = Selectable<Tables['cases']>;

/** Drafts the file of a legal case, once for each occurrence of its step. It counts as filed only after an approval. */
export function draftCase(
  db: Db,
  account: string,
  occurrence: Occurrence,
  dossier: unknown,
  at: Instant,
): Promise<CaseRow> {
  const { step, anchor, n } = occurrence;
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('cases')
      .values({ id: newRef(), account, step, anchor, n, dossier: JSON.stringify(dossier), draftedAt: at })
      .onConflict((conflict) => conflict.columns(['account', 'step', 'anchor', 'n']).doNothing())
      .execute();
    return tx
      .selectFrom('cases')
      .selectAll()
      .where('account', '=', account)
      .where('step', '=', step)
      .where('anchor', '=', anchor)
      .where('n', '=', n)
      .executeTakeFirstOrThrow();
  });
}

/** Throws CASE_UNKNOWN. */
export async function caseOf(db: Db, id: string): Promise<CaseRow> {
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ForbearError('CASE_UNKNOWN', { id });
  return row;
}

/** A person approves a drafted case. Throws CASE_UNKNOWN, CASE_NOT_APPROVED. */
export function approveCase(db: Db, id: string, by: string, at: Instant): Promise<CaseRow> {
  return move(db, id, 'drafted', 'approved', { approvedBy: by, approvedAt: at });
}

/** A person turns a drafted case down. */
export function rejectCase(db: Db, id: string, by: string, at: Instant): Promise<CaseRow> {
  return move(db, id, 'drafted', 'rejected', { approvedBy: by, approvedAt: at });
}

/** The court has it. Only an approved case can be filed. */
export function fileCase(db: Db, id: string, at: Instant): Promise<CaseRow> {
  return move(db, id, 'approved', 'filed', { filedAt: at });
}

function move(
  db: Db,
  id: string,
  from: CaseRow['status'],
  to: CaseRow['status'],
  columns: Partial<Pick<CaseRow, 'approvedBy' | 'approvedAt' | 'filedAt'>>,
): Promise<CaseRow> {
  return inTransaction(db, async (tx) => {
    const row = await tx
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new ForbearError('CASE_UNKNOWN', { id });
    if (row.status === to) return row;
    if (row.status !== from)
      throw new ForbearError('CASE_NOT_APPROVED', { id, status: row.status, wanted: to });
    return tx
      .updateTable('cases')
      .set({ status: to, ...columns })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Cases, the latest first. */
export function listCases(db: Db, account?: string, limit = 100): Promise<CaseRow[]> {
  let query = db.selectFrom('cases').selectAll().orderBy('draftedAt', 'desc').limit(limit);
  if (account !== undefined) query = query.where('account', '=', account);
  return query.execute();
}
