import { noteNotice } from '../../book/bureau';
import type { Db } from '../../book/open-book';
import { report } from '../../book/report';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { answered, type Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { chase, isChase } from '../schedule/chase';
import { reach } from './reach';

/** The notice that must come before anything adverse is recorded with the bureau. */
const BUREAU_NOTICE = 'bureau-notice';

/** A message to the person, through the gate. */
export async function contact(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const { request } = asked;
  if (isChase(asked)) return answered(deps.db, request, await chase(deps.db, asked));
  // A payment signalled straight to the workflow must stand in the journal before the gate looks.
  if (request.report.told.length > 0) await report(deps.db, request.report);
  const result = await reach(deps, asked);
  await noteBureauNotice(deps.db, asked, result);
  return answered(deps.db, request, result);
}

async function noteBureauNotice(
  db: Db,
  { request, account, step }: Asked,
  result: StepResult,
): Promise<void> {
  if (step.kind !== 'notice' || step.action !== BUREAU_NOTICE || result.how !== 'done') return;
  const day = localDate(request.now, account.zone);
  await noteNotice(db, account.ref, step.name, day, request.occurrence.anchor);
}
