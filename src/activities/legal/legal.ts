import { draftCase } from '../../book/cases';
import { inTransaction } from '../../book/open-book';
import { openTask } from '../../book/tasks';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { answered, type Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { answerUntil } from '../schedule/appointment';
import { chase, isChase } from '../schedule/chase';
import { whenStopped } from '../stopped';
import { dossier } from './dossier';

/** Days until the approval is asked after, where the step does not say. [assumption] */
const APPROVAL_DAYS = 10;

/** Drafts the case and asks a person to approve it. Until then nothing is filed: cases.ts refuses it. */
export async function legal(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const { request, account, step } = asked;
  return inTransaction(deps.db, async (tx) => {
    if (isChase(asked)) return answered(tx, request, await chase(tx, asked));
    const against = await whenStopped(tx, asked, 'legal');
    if (against !== null) return answered(tx, request, against);
    const until = answerUntil(step, request.now, account.zone, APPROVAL_DAYS) ?? request.now;
    const result: StepResult = { how: 'done', channel: 'legal', task: { kind: 'task', until } };
    // First the report: what the workflow was told belongs into the file as well.
    await answered(tx, request, result);
    const file = await dossier(tx, asked);
    const drafted = await draftCase(tx, account.ref, request.occurrence, file, request.now);
    await openTask(tx, {
      kind: 'task',
      account: account.ref,
      person: account.person,
      occurrence: request.occurrence,
      action: 'approve-case',
      queue: step.queue ?? 'legal',
      onDate: localDate(request.now, account.zone),
      due: until,
      chaseAt: until,
      inputs: { case: drafted.id, title: step.title, why: request.why },
    });
    return result;
  });
}
