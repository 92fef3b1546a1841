import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { AccountInput } from '../activities/contract';
import { accountOf, markStarted, type AccountRow } from '../book/accounts';
import type { Db } from '../book/open-book';
import { strategyByHash } from '../book/strategies';
import { attributesOf, SEARCH_ATTRIBUTES, type SearchAttributeName } from '../domain/account/attributes';
import { begin } from '../domain/account/begin';
import { view } from '../domain/account/view';
import { GENERATION } from '../domain/decide/generation';
import type { Clock } from '../domain/clock';

/** What starting and telling need: the book, Temporal, the queue of the workers, and the clock that the book runs on. */
export interface Desk {
  readonly db: Db;
  readonly temporal: Client;
  readonly taskQueue: string;
  readonly clock: Clock;
}

export const WORKFLOW_TYPE = 'account';

/** The name of an account's workflow: from the lender and the book's own reference, never from the lender's number. */
export function workflowId(account: { readonly lender: string; readonly ref: string }): string {
  return `account:${account.lender}:${account.ref}`;
}

type Known = Pick<AccountRow, 'ref' | 'lender' | 'strategy' | 'enrolment'>;

/**
 * Starts a newly enrolled account, once: one that runs already is left as it is, one whose run ended while the book
 * still has it open is started from its journal. Either way the book then knows that it was started.
 */
export async function startAccount(desk: Desk, account: Known): Promise<'started' | 'running' | 'restored'> {
  let outcome: 'started' | 'running' | 'restored' = 'started';
  try {
    await desk.temporal.workflow.start(WORKFLOW_TYPE, {
      ...(await options(desk, account)),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ ...base(desk, account), ...beginning(account) } satisfies AccountInput],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    outcome = (await startAgain(desk, account)) ? 'restored' : 'running';
  }
  await markStarted(desk.db, account.ref, new Date().toISOString());
  return outcome;
}

/**
 * The enrolment itself, or where to find it: one with a schedule of hundreds of instalments is folded by an activity,
 * which hands them over in short, so that no history holds them one by one.
 */
export function beginning({ lender, ref, enrolment }: Known): Pick<AccountInput, 'enrolment' | 'restore'> {
  return JSON.stringify(enrolment).length > LARGE ? { restore: { lender, ref } } : { enrolment };
}

/** Characters; what a resting account's whole history holds on average (docs/bench.md). */
const LARGE = 8 * 1024;

/** Starts an open account from its journal when nothing runs for it. False when it runs, or has closed meanwhile. */
export async function startAgain(desk: Desk, account: Known): Promise<boolean> {
  if (await isRunning(desk, account)) return false;
  const { status } = await accountOf(desk.db, account.ref);
  if (status !== 'open') return false;
  if (!(await startRestored(desk, account))) return false;
  await markStarted(desk.db, account.ref, new Date().toISOString());
  return true;
}

/** Options and input for starting from the journal: also what a signal to an account without a run brings along. */
export async function restoring(desk: Desk, account: Known) {
  const { lender, ref } = account;
  const input: AccountInput = { ...base(desk, account), restore: { lender, ref } };
  return {
    ...(await options(desk, account)),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    args: [input] as [AccountInput],
  };
}

export async function isRunning(desk: Desk, account: Known): Promise<boolean> {
  try {
    const found = await desk.temporal.workflow.getHandle(workflowId(account)).describe();
    return found.status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowNotFoundError') return false;
    throw error;
  }
}

async function startRestored(desk: Desk, account: Known): Promise<boolean> {
  try {
    await desk.temporal.workflow.start(WORKFLOW_TYPE, await restoring(desk, account));
    return true;
  } catch (error) {
    // Another sweep was quicker: what it started runs.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

function base(desk: Desk, account: Known) {
  return { strategy: { hash: account.strategy }, clock: desk.clock, generation: GENERATION };
}

/** The queue, and what lists can be searched by. Nothing personal: memo and attributes are for everyone who may look. */
async function options(desk: Desk, account: Known) {
  const strategy = await strategyByHash(desk.db, account.strategy);
  const { enrolment, lender } = account;
  const at = view(begin(enrolment), strategy, enrolment.enteredOn);
  const attributes = attributesOf({ ...at, strategy: strategy.name, lender });
  return {
    workflowId: workflowId(account),
    taskQueue: desk.taskQueue,
    typedSearchAttributes: pairs(attributes),
    memo: {
      title: `${strategy.title}, taken over on ${enrolment.enteredOn}, ${at.contractDpd} days past due`,
    },
  };
}

function pairs(values: ReturnType<typeof attributesOf>): SearchAttributePair[] {
  return (Object.keys(values) as SearchAttributeName[]).map((name) => {
    const value = values[name] ?? '';
    return SEARCH_ATTRIBUTES[name] === 'DATETIME'
      ? { key: defineSearchAttributeKey(name, 'DATETIME'), value: new Date(value) }
      : { key: defineSearchAttributeKey(name, 'KEYWORD'), value };
  });
}
