import { accountOf } from '../book/accounts';
import { settle } from '../book/attempts';
import type { Db } from '../book/open-book';
import { reserve } from '../book/permit';
import type { TaskRow } from '../book/tasks';
import type { Instant } from '../domain/units';

/** Leave for people to make a contact, or what the gate says against it. */
export type Leave =
  | { readonly may: true }
  | { readonly may: false; readonly answer: 'defer' | 'block' | 'review'; readonly rule: string };

/** Attempts of one task beyond this are not told apart from the next occurrence of its step. */
const MOST_ATTEMPTS = 1000;

/**
 * Asks the gate when a number is dialled or a team sets out, not when the task was made, and counts the attempt as
 * made. `attempt` numbers the attempts of the task from 0; asked twice for one, it is counted once.
 * ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN.
 */
export async function askLeave(
  db: Db,
  task: Pick<TaskRow, 'account' | 'step' | 'anchor' | 'n' | 'due'>,
  channel: string,
  attempt: number,
  now: Instant,
): Promise<Leave> {
  const { strategy } = await accountOf(db, task.account);
  const n = task.n * MOST_ATTEMPTS + attempt;
  const occurrence = { step: task.step, anchor: task.anchor, n, due: task.due };
  const reserved = await reserve(db, { account: task.account, occurrence, channel, strategy, now });
  switch (reserved.answer) {
    case 'permit':
      await settle(db, reserved.permit, 'accepted');
      return { may: true };
    case 'already':
      return { may: true };
    default:
      return { may: false, answer: reserved.answer, rule: reserved.rule };
  }
}
