import { approveCase, caseOf, fileCase, rejectCase, type CaseRow } from '../book/cases';
import { accountOf } from '../book/accounts';
import { inTransaction } from '../book/open-book';
import { whatStopsWork } from '../book/switches';
import { finishTask, listTasks } from '../book/tasks';
import { fail } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { keepingRefusals, mayByLaw } from './by-law';
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
 * The court has the case. Not while a switch stands against legal work, nor where the packs refuse it: a claim whose
 * time has run out, a notice that was not served. Throws CASE_UNKNOWN, CASE_NOT_APPROVED, CASE_STOPPED, POLICY_REFUSES.
 */
export function fileApproved(
  client: ForbearClient,
  id: string,
  at: Instant = client.now(),
  vouchedBy: string | null = null,
): Promise<CaseRow> {
  const { db } = client.book;
  return keepingRefusals(db, () =>
    inTransaction(db, async (tx) => {
      const { account, step, draftedAt, status } = await caseOf(tx, id);
      const stopped = await whatStopsWork(tx, { account, step, channel: 'legal', due: draftedAt, now: at });
      if (stopped !== null) fail('CASE_STOPPED', { id, rule: stopped.rule });
      const row = await accountOf(tx, account);
      // Filed once: what was filed already changes nothing, whatever the packs say by now.
      if (status === 'approved')
        await mayByLaw(tx, { action: 'file-suit', row, now: at, decided: true, about: id, vouchedBy });
      return fileCase(tx, id, at);
    }),
  );
}
