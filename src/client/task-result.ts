import { PLACE, RECALL_OR_KEEP } from '../book/placements';
import { isBureauStep } from '../book/furnishing/steps';
import { POSTED, type TaskRow } from '../book/tasks';
import type { Proof } from '../book/visits';
import {
  RESULT_CODES,
  VISIT_CODES,
  type LateReason,
  type ResultCode,
  type VisitCode,
} from '../domain/account/result-codes';
import { CHASE } from '../domain/decide/decision';
import { RECALL_ANSWERS } from '../domain/policy/agency-stop';
import type { Step } from '../domain/strategy/strategy';
import type { Instant, IsoDate } from '../domain/units';
import type { EventInput } from './client';

/** What came of a task, as the person who did it says. */
export interface TaskAnswer {
  readonly result: string;
  /** Of a call that reached the right person: why the person is late. */
  readonly reason?: LateReason;
  readonly callBackAt?: Instant;
  /** Of a visit: the day that was agreed on. */
  readonly followUpOn?: IsoDate;
  /** Of a visit: what shows that the team was there. */
  readonly proof?: Proof;
  /** Of a task that asks for an owner: who owns the person from now on; left out: whoever did the task. */
  readonly owner?: string;
  /** Of a placement: the agency that it is handed to; left out: the one of the account's facts. */
  readonly agency?: string;
  /** Of a placement: who answers for what the packs cannot know. */
  readonly vouchedBy?: string;
  readonly at?: Instant;
  readonly by?: string;
}

/** Nobody was reached in a whole campaign: each of its calls was told when it ended. */
export const NOT_REACHED = 'not-reached';
/** Nothing was done, for the gate was against it. */
export const STOPPED = 'stopped';
const DELIVERIES = ['delivered', 'arrived', 'undelivered', 'returned'] as const;
/** Ends of the task that tell nothing about the account. */
const UNTOLD: readonly string[] = [NOT_REACHED, STOPPED, POSTED];

/** The results that a task may end with; null where any short code will do. */
export function resultsOf(task: TaskRow, step: Step | undefined): readonly string[] | null {
  switch (task.kind) {
    case 'campaign':
      return [...Object.keys(RESULT_CODES), NOT_REACHED, STOPPED];
    case 'visit':
      return [...VISIT_CODES, STOPPED];
    case 'letter':
      return [...DELIVERIES, POSTED, STOPPED];
    case 'task':
      if (task.action === RECALL_OR_KEEP) return RECALL_ANSWERS;
      return isChase(task) ? null : (step?.answers ?? null);
  }
}

/**
 * The fact that the result is for the account, with an id that the same result always has; null where it is none. The
 * chasing of an outcome is work of its own: its end is not the outcome.
 */
export function factOf(task: TaskRow, answer: TaskAnswer, id: string): EventInput | null {
  const { result, reason, callBackAt, followUpOn, at, by } = answer;
  if ((task.kind !== 'task' || task.action === PLACE) && UNTOLD.includes(result)) return null;
  const { step } = task;
  const said = { id, ...(at === undefined ? {} : { at }), ...(by === undefined ? {} : { by }) };
  switch (task.kind) {
    case 'campaign': {
      const more = {
        ...(reason === undefined ? {} : { reason }),
        ...(callBackAt === undefined ? {} : { callBackAt }),
      };
      const code = result as ResultCode;
      return { kind: 'contact-outcome', ...said, channel: 'call', step, code, ...more, ...partyOf(task) };
    }
    case 'visit': {
      const followed = followUpOn === undefined ? {} : { followUpOn };
      return {
        kind: 'visit-outcome',
        ...said,
        step,
        code: result as VisitCode,
        ...followed,
        ...partyOf(task),
      };
    }
    case 'letter':
      return { kind: 'delivery', ...said, step, status: result as (typeof DELIVERIES)[number] };
    case 'task':
      return isChase(task) || isBureauStep(step) ? null : { kind: 'task-result', ...said, step, result };
  }
}

/** Who was to be reached, when it was another party than the account's own person. */
function partyOf({ inputs }: TaskRow): { readonly party?: string } {
  const party = (inputs as { readonly party?: unknown } | null)?.party;
  return typeof party === 'string' ? { party } : {};
}

function isChase(task: TaskRow): boolean {
  return task.n >= CHASE;
}
