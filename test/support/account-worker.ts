import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  type Worker,
  type NativeConnection,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type {
  AccountActivities,
  AccountInput,
  CloseRequest,
  OfferRequest,
  Enrolment,
  RestoreRequest,
  StepRequest,
} from '../../src/activities/contract';
import { strategyHash } from '../../src/book/strategy-hash';
import type { AccountState } from '../../src/domain/account/state';
import type { StepResult } from '../../src/domain/decide/decision';
import { GENERATION } from '../../src/domain/decide/generation';
import type { Strategy } from '../../src/domain/strategy/strategy';
import type { Instant } from '../../src/domain/units';
import { createAccountWorker } from '../../src/worker/account-worker';

export const TASK_QUEUE = 'accounts';

/** Activities that do nothing but remember what they were asked: the real ones have tests of their own. */
export class Outside implements AccountActivities {
  readonly asked: { readonly activity: string; readonly request: StepRequest }[] = [];
  readonly closings: CloseRequest[] = [];
  /** How the next steps are answered; done unless a test says otherwise. */
  answer: (request: StepRequest) => StepResult | Promise<StepResult> = () => ({ how: 'done' });
  restored: AccountState | null = null;
  readonly restorations: RestoreRequest[] = [];

  readonly contact = (request: StepRequest) => this.take('contact', request);
  readonly schedule = (request: StepRequest) => this.take('schedule', request);
  readonly host = (request: StepRequest) => this.take('host', request);
  readonly legal = (request: StepRequest) => this.take('legal', request);
  readonly close = async (request: CloseRequest): Promise<void> => {
    this.closings.push(request);
  };
  /** An offer is refused: what the book answers has a test of its own. */
  readonly offer = ({ offer }: OfferRequest) => {
    const given = { offer: offer.id, answer: 'refuse', because: [] } as const;
    return Promise.resolve({ given, event: null });
  };
  readonly restore = async (request: RestoreRequest): Promise<AccountState> => {
    this.restorations.push(request);
    if (this.restored === null) throw new Error('this test has nothing to restore');
    return this.restored;
  };

  /** `2026-03-11 R1`: the day and step of everything that was asked. */
  steps(): string[] {
    return this.asked.map(({ request }) => `${request.now.slice(0, 10)} ${request.occurrence.step}`);
  }

  private async take(activity: string, request: StepRequest): Promise<StepResult> {
    this.asked.push({ activity, request });
    return this.answer(request);
  }
}

/** Once in a test file, before anything connects: only what went wrong is said. */
export function quietRuntime(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({
    logger: new DefaultLogger('WARN'),
    telemetryOptions: { logging: { filter, forward: {} } },
  });
}

/** A worker with the real workflow; `strategies` is what the book would have published. */
export function accountWorker(options: {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly strategies: readonly Strategy[];
  readonly outside: Outside;
  readonly taskQueue?: string;
}): Promise<Worker> {
  const { contact, schedule, host, legal, offer, close, restore } = options.outside;
  return createAccountWorker({
    ...options,
    taskQueue: options.taskQueue ?? TASK_QUEUE,
    activities: { contact, schedule, host, legal, offer, close, restore },
    loadStrategy: shelf(options.strategies),
  });
}

export function shelf(strategies: readonly Strategy[]): (hash: string) => Promise<Strategy> {
  return async (hash) => {
    const found = strategies.find((strategy) => strategyHash(strategy) === hash);
    if (found === undefined) throw new Error(`no strategy ${hash}`);
    return found;
  };
}

/** Input of a new account whose clock is the server's: on a time-skipping server months pass in seconds. */
export function inputOf(strategy: Strategy, enrolment: Enrolment, epoch: Instant): AccountInput {
  return {
    strategy: { hash: strategyHash(strategy) },
    clock: { kind: 'rehearsal', epoch, started: epoch, factor: 1 },
    generation: GENERATION,
    enrolment,
  };
}

export function startAccount(
  client: Client,
  input: AccountInput,
  workflowId: string,
  taskQueue = TASK_QUEUE,
) {
  return client.workflow.start('account', { args: [input], workflowId, taskQueue });
}
