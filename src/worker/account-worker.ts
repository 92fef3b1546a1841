import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { AccountActivities } from '../activities/contract';
import { StrategyCodec, type LoadStrategy, type SayUnloaded } from '../codec/strategy-codec';
import { PAYLOAD_CONVERTER } from './bundle';

/**
 * Sleepers are seldom found in a cache, so it is small; a rehearsal, in which accounts wake every second or two, is what
 * fills it. About 0.4 MB each.
 */
const CACHED_WORKFLOWS = 150;
const ACTIVITIES_AT_ONCE = 40;

export interface AccountWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundle: NonNullable<WorkerOptions['workflowBundle']>;
  readonly activities: AccountActivities;
  readonly loadStrategy: LoadStrategy;
  readonly sayUnloaded?: SayUnloaded;
  readonly more?: Partial<WorkerOptions>;
}

/** The worker of accounts: the same in production, in the tests and in the bench. */
export function createAccountWorker(options: AccountWorkerOptions): Promise<Worker> {
  const { connection, namespace, taskQueue, bundle, activities } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    buildId: buildOf(bundle),
    activities,
    dataConverter: {
      payloadConverterPath: PAYLOAD_CONVERTER,
      payloadCodecs: [new StrategyCodec(options.loadStrategy, options.sayUnloaded)],
    },
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: ACTIVITIES_AT_ONCE,
    shutdownGraceTime: '15 seconds',
    ...options.more,
  });
}

/**
 * Which workflow code decided. Five events of every step name it, and the name that the SDK makes up by itself would be a
 * sixth of an account's history.
 */
function buildOf(bundle: AccountWorkerOptions['bundle']): string {
  const code = 'code' in bundle ? bundle.code : readFileSync(bundle.codePath);
  return createHash('sha256').update(code).digest('hex').slice(0, 12);
}
