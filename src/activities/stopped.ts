import type { Transaction } from 'kysely';
import { whatStopsWork } from '../book/switches';
import type { Tables } from '../book/tables';
import type { StepResult } from '../domain/decide/decision';
import type { Asked } from './asked';

/**
 * Whether a switch stands against work that is about to be begun, as the answer to its step; null: it may begin. In the
 * transaction that begins it. What people do with it later asks the gate once more (client/by-people.ts).
 */
export async function whenStopped(
  tx: Transaction<Tables>,
  { request, account, addressee }: Asked,
  channel: string,
): Promise<StepResult | null> {
  const { occurrence, report, now } = request;
  const stopped = await whatStopsWork(tx, {
    ...{ account: account.ref, step: occurrence.step, channel, due: occurrence.due, now },
    ...{ strategy: report.strategy, segment: report.view.segment },
    ...(addressee === undefined ? {} : { person: addressee }),
  });
  return stopped === null ? null : { how: 'deferred', ...stopped, stopped: true };
}
