import { inTransaction } from '../book/open-book';
import { closeAccount } from '../book/report';
import { endTasks } from '../book/tasks';
import type { StepResult } from '../domain/decide/decision';
import { asked, type Asked } from './asked';
import type { BureauActivities, BureauCycleActivities } from './bureau/contract';
import { createBureauActivities } from './bureau/cycle-activities';
import { makeBureauMonth } from './bureau/bureau-month';
import { contact } from './contact/contact';
import type { AccountActivities, StepRequest } from './contract';
import type { Dependencies } from './dependencies';
import { host } from './host/host';
import { legal } from './legal/legal';
import { answerOffer } from './offer/offer';
import { restore } from './restore';
import { schedule } from './schedule/schedule';
import { withoutPersonalData } from './without-personal-data';

type Act = (deps: Dependencies, asked: Asked) => Promise<StepResult>;

/** The activities of a worker. What is expected is answered as a value; what is thrown holds nothing personal. */
export function createActivities(
  deps: Dependencies,
): AccountActivities & BureauActivities & BureauCycleActivities {
  const step =
    (part: string, act: Act) =>
    (request: StepRequest): Promise<StepResult> =>
      withoutPersonalData(part, async () => {
        const found = await asked(deps.db, request);
        return found === null ? { how: 'not-sent', rule: 'step-unknown' } : act(deps, found);
      });
  return {
    contact: step('contact', contact),
    schedule: step('schedule', schedule),
    host: step('host', host),
    legal: step('legal', legal),
    close: (request) =>
      withoutPersonalData('close', () =>
        inTransaction(deps.db, async (tx) => {
          await closeAccount(tx, request);
          await endTasks(tx, request.report.ref, null, `account-${request.reason}`, request.now);
        }),
      ),
    offer: (request) => withoutPersonalData('offer', () => answerOffer(deps.db, request)),
    restore: (request) => withoutPersonalData('restore', () => restore(deps.db, request)),
    ...createBureauActivities(deps),
    bureauMonth: (month) => withoutPersonalData('bureau', () => makeBureauMonth(deps.db, month)),
  };
}
