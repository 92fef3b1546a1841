import { boundBy, moveInstead, type Bound } from '../book/bound-plans';
import { inTransaction, type Db } from '../book/open-book';
import { addDays } from '../domain/calendar/day';
import { instantOf, localDate } from '../domain/calendar/zone';
import type { StepResult } from '../domain/decide/decision';
import type { Instant } from '../domain/units';
import type { Asked } from './asked';

/** What the plan of the day says of a step: its answer, or the cheaper channel that it takes; null: as the strategy says. */
export type Planned = { readonly answer: StepResult } | { readonly instead: string; readonly plan: string };

/**
 * Asks the plan that binds on this day. What it moved comes back on the next day at the step's own time, and the plan
 * of that day decides anew; what it left out ends the step. A plan has nothing to say of notices and steps of law: they
 * are never cut.
 */
export async function whenPlanned(db: Db, asked: Asked): Promise<Planned | null> {
  const { account, request } = asked;
  const bound = await boundBy(db, account.ref, request.occurrence, request.now);
  if (bound === null) return null;
  if (bound.became === 'fall-back' && bound.instead !== null)
    return { instead: bound.instead, plan: bound.plan };
  if (bound.became === 'left-out') return { answer: { how: 'refused', rule: 'plan:left-out' } };
  return { answer: moved(asked, bound) };
}

/** The cheaper channel had no way to the person: the step moves a day after all, and nothing is lost. */
export async function movedInstead(db: Db, asked: Asked, instead: string, plan: string): Promise<StepResult> {
  const { account, request } = asked;
  const bound = await boundBy(db, account.ref, request.occurrence, request.now);
  if (bound === null) return { how: 'not-sent', rule: `plan:${instead}` };
  await inTransaction(db, (tx) => moveInstead(tx, plan, account.ref, request.occurrence));
  return moved(asked, bound);
}

function moved({ account, step, strategy, request }: Asked, { ends }: Bound): StepResult {
  const tomorrow = addDays(localDate(request.now, account.zone), 1);
  const at = instantOf(tomorrow, step.at.time ?? strategy.sendAt, account.zone);
  return { how: 'deferred', until: later(at, ends), rule: 'plan:moved' };
}

/** Where the account's day ends before the plan's. */
const later = (a: Instant, b: Instant): Instant => (Date.parse(a) >= Date.parse(b) ? a : b);
