import {
  answerHost,
  hostCallBegins,
  hostCallEnds,
  requestHost,
  type HostActionRow,
} from '../../book/host-actions';
import { accept } from '../../book/journal';
import { inTransaction } from '../../book/open-book';
import type { StepResult } from '../../domain/decide/decision';
import { answered, type Asked } from '../asked';
import { whenPlanned } from '../planned';
import { whenStopped } from '../stopped';
import type { Dependencies } from '../dependencies';
import { chase, isChase } from '../schedule/chase';
import { answerUntil } from '../schedule/appointment';

/** Days until the lender's answer is asked after, where the step does not say. [assumption] */
const ANSWER_DAYS = 3;

/** Asks the lender's system. It stands in the book before it goes out, so that an answer always finds its request. */
export async function host(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const { request, account, step } = asked;
  if (isChase(asked)) return answered(deps.db, request, await chase(deps.db, asked));
  const action = step.action ?? step.name;
  const begun: StepResult | HostActionRow = await inTransaction(deps.db, async (tx) => {
    const against = await whenStopped(tx, asked, 'host');
    if (against !== null) return against;
    const plan = await whenPlanned(tx, asked);
    if (plan !== null && 'answer' in plan) return plan.answer;
    const made = await requestHost(tx, account.ref, request.occurrence, action, request.now);
    await hostCallBegins(tx, made.id);
    return made;
  });
  if ('how' in begun) return answered(deps.db, request, begun);
  const calling = deps.host.ask({
    id: begun.id,
    lender: account.lender,
    account: account.lenderNumber,
    ref: account.ref,
    step: step.name,
    action,
    requestedAt: begun.requestedAt,
  });
  const answer = await calling.finally(() => hostCallEnds(deps.db, begun.id));
  if (answer.answer === 'now') {
    await answerHost(deps.db, begun.id, answer.result, request.now);
    const told = { kind: 'host-result', id: `host:${begun.id}`, at: request.now } as const;
    await accept(deps.db, account.ref, { ...told, step: step.name, result: answer.result }, 'host');
    return answered(deps.db, request, { how: 'done' });
  }
  const until = answerUntil(step, request.now, account.zone, ANSWER_DAYS) ?? request.now;
  return answered(deps.db, request, { how: 'done', task: { kind: 'host', until } });
}
