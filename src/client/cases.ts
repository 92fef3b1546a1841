import { approveCase, caseOf, fileCase, rejectCase, type CaseRow } from '../book/cases';
import { inTransaction } from '../book/open-book';
import { whatStopsWork } from '../book/switches';
import { finishTask, listTasks } from '../book/tasks';
import { fail } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import type { ForbearClient, Sent } from './client';

export interface Decided {
  readonly case: CaseRow;
  readonly sent: Sent;
}

/**
 * A person approves the draft of a legal case, or sends it back. The case, the task that asked for it and the fact
 * that leaves the mark `<step>.approved` or `<step>.refused` stand in the book together or not at all; decided the
 * same again, nothing changes. `by` is an opaque reference of the person, never a name.
 * CASE_UNKNOWN, CASE_NOT_APPROVED, EVENT_MALFORMED.
 */
export async function decideCase(
  client: ForbearClient,
  id: string,
  result: 'approved' | 'refused',
  by: string,
  at: Instant = client.now(),
): Promise<Decided> {
  const { db } = client.book;
  const { account, step, anchor, n, status } = await caseOf(db, id);
  const wanted = result === 'approved' ? 'approved' : 'rejected';
  if (status !== 'drafted' && status !== wanted) fail('CASE_NOT_APPROVED', { id, status, wanted });
  const tasks = await listTasks(db, { account, step, anchor, n, kind: 'task' });
  const fact = { kind: 'task-result', id: `case:${id}`, at, by, step, result } as const;
  const sent = await client.tell(account, fact, async (tx) => {
    await (result === 'approved' ? approveCase(tx, id, by, at) : rejectCase(tx, id, by, at));
    for (const task of tasks) await finishTask(tx, task.id, 'done', result, at);
  });
  return { case: await caseOf(db, id), sent };
}

/**
 * The court has the case. Not while a switch stands against legal work. Throws CASE_UNKNOWN, CASE_NOT_APPROVED,
 * CASE_STOPPED.
 */
export function fileApproved(
  client: ForbearClient,
  id: string,
  at: Instant = client.now(),
): Promise<CaseRow> {
  return inTransaction(client.book.db, async (tx) => {
    const { account, step, draftedAt } = await caseOf(tx, id);
    const stopped = await whatStopsWork(tx, { account, step, channel: 'legal', due: draftedAt, now: at });
    if (stopped !== null) fail('CASE_STOPPED', { id, rule: stopped.rule });
    return fileCase(tx, id, at);
  });
}
