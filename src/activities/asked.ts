import { accountOf, type AccountRow } from '../book/accounts';
import type { Db } from '../book/open-book';
import { report } from '../book/report';
import { strategyByHash } from '../book/strategies';
import { ACTIVITY_TIMEOUT_MS, CARRIER_TIMEOUT_MS } from '../domain/policy/permit-life';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { StepResult } from '../domain/decide/decision';
import type { Minor } from '../domain/units';
import type { StepRequest } from './contract';

/** A step that an account's workflow asked for, with what the book knows about it. */
export interface Asked {
  readonly request: StepRequest;
  readonly account: AccountRow;
  readonly strategy: Strategy;
  readonly step: Step;
  /** Real time, in milliseconds, after which nothing is handed to a carrier any more. */
  readonly lastSendAt: number;
  /** The account whose step made this one speak, when it is another of the same person. */
  readonly askedBy?: string;
  /** Whom it speaks to, when it is another party than the account's own person. */
  readonly addressee?: string;
  /** That party is an heir, who answers with the estate only; its worth, where it is known. */
  readonly heir?: { readonly estate: Minor | null };
}

/** What is left of the activity's time when the last carrier is asked: its own time-out, and to write down its end. */
const KEPT_MS = CARRIER_TIMEOUT_MS + 5_000;

/** Null when the strategy has no step of that name. Throws ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN. */
export async function asked(db: Db, request: StepRequest): Promise<Asked | null> {
  const lastSendAt = Date.now() + ACTIVITY_TIMEOUT_MS - KEPT_MS;
  const strategy = await strategyByHash(db, request.report.strategy);
  const step = strategy.steps.find((one) => one.name === request.occurrence.step);
  if (step === undefined) return null;
  return { request, strategy, step, lastSendAt, account: await accountOf(db, request.report.ref) };
}

/** Writes what the workflow told, what was decided and what came of it, and hands the result on. */
export async function answered(db: Db, request: StepRequest, result: StepResult): Promise<StepResult> {
  const { occurrence, tone, now, why } = request;
  await report(db, request.report, { at: now, why, action: { do: 'step', occurrence, tone }, result });
  return result;
}
