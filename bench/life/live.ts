import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { workflowId } from '../../src/client/start';
import { createAccountWorker } from '../../src/worker/account-worker';
import { bundleWorkflows } from '../../src/worker/bundle';
import type { TemporalPlace } from '../support/temporal-place';
import { readHistories, type Run } from './histories';
import { bySignal, idleActivities, Teller } from './play';
import { inputOf, type Script } from './script';

/** The product's workflows, with timers of a second. */
export function lifeBundle(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflows([require.resolve('./one-second-timers')]);
}

/** Lives one account to its end, with activities that do nothing, and hands back the histories of all its runs. */
export async function liveOnce(
  place: TemporalPlace,
  bundle: WorkflowBundleWithSourceMap,
  script: Script,
  ref: string,
): Promise<readonly Run[]> {
  const { client, native, namespace } = place;
  const taskQueue = `life-${ref}`;
  const teller = new Teller(script, bySignal(client));
  const worker = await createAccountWorker({
    ...{ connection: native, namespace, taskQueue, bundle },
    activities: idleActivities(script, teller),
    loadStrategy: () => Promise.resolve(script.strategy),
    // Five events of every step name the worker: a host's long name would be counted as history.
    more: { identity: 'worker' },
  });
  const input = inputOf(script, ref);
  const id = workflowId({ lender: input.enrolment?.terms.lender ?? '', ref });
  return worker.runUntil(async () => {
    const handle = await client.workflow.start('account', { args: [input], workflowId: id, taskQueue });
    await handle.result();
    await teller.settled();
    return readHistories(client, id, handle.firstExecutionRunId);
  });
}
