import type { Db } from '../../book/open-book';
import { chaseTask, openTask } from '../../book/tasks';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { CHASE, type StepResult } from '../../domain/decide/decision';
import type { Asked } from '../asked';

/** Whether the request asks after an outcome that did not come, rather than for the step itself. */
export const isChase = (asked: Asked): boolean => asked.request.occurrence.n >= CHASE;

/** A supervisor is asked for the outcome of the step's open task. */
export async function chase(db: Db, { request, account, step }: Asked): Promise<StepResult> {
  const today = localDate(request.now, account.zone);
  const next = instantOf(addDays(today, 1), '10:00', account.zone);
  await openTask(db, {
    kind: 'task',
    account: account.ref,
    person: account.person,
    occurrence: request.occurrence,
    action: 'chase-outcome',
    queue: 'supervisor',
    onDate: today,
    due: next,
    inputs: { of: step.name, title: step.title, times: request.occurrence.n - CHASE + 1, why: request.why },
  });
  await chaseTask(db, account.ref, step.name, next);
  return { how: 'done' };
}
