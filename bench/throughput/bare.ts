import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { TOLD_AFTER_MS } from '../life/play';
import type { TemporalPlace } from '../support/temporal-place';
import { padding, type BareActivities, type BareInput } from './bare-workflow';
import { fresh, readFirst, timed, type First, type Side } from './side';
import type { Sizes } from './sizes';

/** After which steps so many messages come, as in the bench's life. */
const TOLD: Readonly<Record<number, number>> = { 3: 2, 4: 1, 7: 1, 9: 1, 10: 1, 12: 1, 19: 1 };

export async function bareSide(place: TemporalPlace, sizes: Sizes): Promise<Side> {
  const { client, native, namespace } = place;
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('./bare-workflow'),
    logger: {
      ...console,
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
    },
  });

  const tell = async (ref: string, count: number): Promise<void> => {
    await new Promise((done) => setTimeout(done, TOLD_AFTER_MS));
    const handle = client.workflow.getHandle(ref);
    for (let i = 0; i < count; i += 1) await handle.signal('message', padding(sizes.message));
  };
  const act: BareActivities['act'] = async (ref, n) => {
    const count = TOLD[n];
    if (count !== undefined) void tell(ref, count);
    return padding(sizes.result);
  };

  let first: First | null = null;
  const live = async (lives: number) => {
    const taskQueue = fresh('bare-');
    const worker = await Worker.create({
      ...{ connection: native, namespace, taskQueue, workflowBundle, activities: { act } },
      ...{ buildId: 'bare', identity: 'worker', shutdownGraceTime: '15 seconds' },
      ...{ maxCachedWorkflows: 150, maxConcurrentActivityTaskExecutions: 40 },
    });
    const start = async (): Promise<void> => {
      const ref = fresh('bare-life-');
      const input: BareInput = {
        ref,
        sizes,
        begun: false,
        steps: 0,
        told: 0,
        pad: padding(sizes.first - 230),
      };
      const handle = await client.workflow.start('bare', { args: [input], workflowId: ref, taskQueue });
      first ??= { workflowId: ref, runId: handle.firstExecutionRunId };
      await handle.result();
    };
    return worker.runUntil(() =>
      timed(lives, async () => void (await Promise.all(Array.from({ length: lives }, start)))),
    );
  };
  return {
    name: 'a bare workflow with as many timers, activities, signals and continue-as-news',
    live,
    sample: () => readFirst(client, first),
  };
}
