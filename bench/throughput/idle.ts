import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { workflowId } from '../../src/client/start';
import { createAccountWorker } from '../../src/worker/account-worker';
import { bySignal, idleActivities, Teller } from '../life/play';
import { inputOf, type Script } from '../life/script';
import type { TemporalPlace } from '../support/temporal-place';
import { fresh, readFirst, timed, type First, type Side } from './side';

/** The engine as it is, with activities that do nothing. */
export function idleSide(place: TemporalPlace, bundle: WorkflowBundleWithSourceMap, script: Script): Side {
  const { client, native, namespace } = place;
  let first: First | null = null;
  const live = async (lives: number) => {
    const taskQueue = fresh('idle-');
    const teller = new Teller(script, bySignal(client));
    const worker = await createAccountWorker({
      ...{ connection: native, namespace, taskQueue, bundle, more: { identity: 'worker' } },
      activities: idleActivities(script, teller),
      loadStrategy: () => Promise.resolve(script.strategy),
    });
    const start = async (): Promise<void> => {
      const input = inputOf(script, fresh('idle'));
      const { lender, ref } = input.enrolment?.terms ?? { lender: '', ref: '' };
      const handle = await client.workflow.start('account', {
        ...{ args: [input], workflowId: workflowId({ lender, ref }), taskQueue },
      });
      first ??= { workflowId: handle.workflowId, runId: handle.firstExecutionRunId };
      await handle.result();
    };
    return worker.runUntil(() =>
      timed(lives, async () => void (await Promise.all(Array.from({ length: lives }, start)))),
    );
  };
  return {
    name: 'the engine, its activities doing nothing either',
    live,
    sample: () => readFirst(client, first),
  };
}
