import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { AccountInput } from '../../src/activities/contract';
import type { AccountEvent } from '../../src/domain/account/events';
import type { Scalar } from '../../src/domain/units';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { bundleWorkflows } from '../../src/worker/bundle';
import { accountWorker, inputOf, Outside, quietRuntime, startAccount } from './account-worker';
import { timeSkipping } from './env';
import { addSearchAttributes } from './search-attributes';
import { TERMS } from './small-account';

const DAY_MS = 86_400_000;
let started = 0;

/** A time-skipping server with a worker on it: accounts live months in a second. One for each test file. */
export class Months {
  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly bundle: WorkflowBundleWithSourceMap,
    private readonly strategies: readonly Strategy[],
  ) {}

  static async open(strategies: readonly Strategy[]): Promise<Months> {
    quietRuntime();
    const env = await timeSkipping();
    const bundle = await bundleWorkflows();
    await addSearchAttributes(env.connection);
    return new Months(env, bundle, strategies);
  }

  close(): Promise<void> {
    return this.env.teardown();
  }

  worker(outside: Outside, taskQueue: string): Promise<Worker> {
    const { env, bundle, strategies } = this;
    const connection = env.nativeConnection;
    return accountWorker({ connection, namespace: 'default', bundle, strategies, outside, taskQueue });
  }

  /** Starts an account that owes what it is given and tells its life, with a worker of its own. */
  async live<T>(
    given: {
      readonly strategy: Strategy;
      readonly events: (day: (n: number) => string) => readonly AccountEvent[];
      readonly facts?: Readonly<Record<string, Scalar>>;
      readonly input?: Partial<AccountInput>;
      /** Before the worker looks at the account for the first time. */
      readonly before?: (life: Life) => Promise<void>;
    },
    tell: (life: Life) => Promise<T>,
  ): Promise<T> {
    started += 1;
    const taskQueue = `account-${started}`;
    const epoch = new Date(await this.env.currentTimeMs()).toISOString();
    const day = (n: number): string => new Date(Date.parse(epoch) + n * DAY_MS).toISOString().slice(0, 10);
    const enrolment = {
      terms: TERMS,
      facts: given.facts ?? {},
      enteredOn: day(0),
      events: given.events(day),
    };
    const input = { ...inputOf(given.strategy, enrolment, epoch), ...given.input };
    const id = `account:bank:a${started}`;
    const handle = await startAccount(this.env.client, input, id, taskQueue);
    const outside = new Outside();
    const life = { env: this.env, handle, outside, day, taskQueue };
    await given.before?.(life);
    const worker = await this.worker(outside, taskQueue);
    return worker.runUntil(async () => {
      try {
        return await tell(life);
      } finally {
        // What a test leaves running would go on living in the tests after it.
        await handle.terminate().catch(() => undefined);
      }
    });
  }
}

export interface Life {
  readonly env: TestWorkflowEnvironment;
  readonly handle: WorkflowHandle;
  readonly outside: Outside;
  /** The date so many days after the start. */
  readonly day: (n: number) => string;
  readonly taskQueue: string;
}
