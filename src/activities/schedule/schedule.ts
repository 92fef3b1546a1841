import type { Transaction } from 'kysely';
import type { StepResult } from '../../domain/decide/decision';
import { inTransaction } from '../../book/open-book';
import type { Tables } from '../../book/tables';
import { answered, type Asked } from '../asked';
import { reach } from '../contact/reach';
import type { Dependencies } from '../dependencies';
import { whenPlanned } from '../planned';
import { chase, isChase } from './chase';
import { oneOwner } from './one-owner';
import { openPlainTask } from './open-work';

/** Puts work for people into the book: a campaign, a visit, a letter, a task, or a supervisor's question after one. */
export async function schedule(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const { request, step } = asked;
  const channels = step.channels ?? [];
  // With channels the work may fall back to a message, which is no matter of one transaction.
  if (channels.length > 0 && !isChase(asked)) return answered(deps.db, request, await reach(deps, asked));
  return inTransaction(deps.db, async (tx) =>
    answered(tx, request, isChase(asked) ? await chase(tx, asked) : await begin(tx, asked)),
  );
}

async function begin(tx: Transaction<Tables>, asked: Asked): Promise<StepResult> {
  const plan = await whenPlanned(tx, asked);
  if (plan !== null && 'answer' in plan) return plan.answer;
  return (await oneOwner(tx, asked, null)) ?? openPlainTask(tx, asked);
}
