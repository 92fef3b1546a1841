import { noteNotice } from '../../book/bureau';
import { enqueueNotice } from '../../book/furnishing/queue';
import type { Db } from '../../book/open-book';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import type { Asked } from '../asked';

/** Templates of the notice that must come before anything adverse is recorded with the bureau. */
const RECORD_NOTICES: readonly string[] = ['record-notice', 'loan-record-notice'];

/** Notes that the notice went out. One of which nobody knows is no notice. */
export async function noteBureauNotice(
  db: Db,
  { request, account, step }: Asked,
  result: StepResult,
): Promise<void> {
  if (
    step.to !== undefined ||
    step.kind !== 'notice' ||
    !RECORD_NOTICES.includes(step.template ?? '') ||
    result.how !== 'done'
  )
    return;
  const day = localDate(request.now, account.zone);
  await noteNotice(db, account.ref, step.name, day, request.occurrence.anchor);
  await enqueueNotice(db, account.ref, `${step.name} ${day}`, request.now);
}
