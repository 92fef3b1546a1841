import type { AccountState, Note } from '../account/state';
import { localDate } from '../calendar/zone';
import type { Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { belongs } from './due-steps';
import { nextOccurrence } from './occurrence';
import { situation } from './situation';
import { why } from './why';

/**
 * Steps of the stage being left that came due while nobody looked and do not go on in the next one: noted, so that
 * nothing is dropped silently.
 */
export function lapsed(
  account: AccountState,
  strategy: Strategy,
  to: string | null,
  now: Instant,
): readonly Note[] {
  const at = situation(account, strategy, now);
  return strategy.steps.flatMap((step) => {
    if (belongs(step, to, account.path)) return [];
    const occurrence = nextOccurrence(step, at);
    if (occurrence === null || occurrence.due >= now) return [];
    const dueOn = localDate(occurrence.due, account.terms.zone);
    const { code, args } = why('skip-stage', { step: step.title, name: step.name, dueOn });
    return [{ at: now, code, args }];
  });
}
