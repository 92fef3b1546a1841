import { apply } from '../../src/domain/account/apply';
import type { AccountEvent } from '../../src/domain/account/events';
import type { AccountState } from '../../src/domain/account/state';
import { localDate } from '../../src/domain/calendar/zone';
import { advance } from '../../src/domain/decide/advance';
import type { Decision, StepResult } from '../../src/domain/decide/decision';
import { record } from '../../src/domain/decide/record';
import type { Strategy } from '../../src/domain/strategy/strategy';
import type { Instant } from '../../src/domain/units';

export interface Lived {
  readonly account: AccountState;
  /** Every decision that was carried out, in order, with the moment. */
  readonly taken: readonly { readonly at: Instant; readonly decision: Decision }[];
}

/** How a test answers to a step; done unless it says otherwise. */
export type Answer = (decision: Decision, now: Instant) => StepResult;

/** Lives an account through its events up to a moment, as a workflow would: wake, apply, decide, sleep until the next. */
export function live(
  begun: AccountState,
  strategy: Strategy,
  events: readonly AccountEvent[],
  from: Instant,
  until: Instant,
  answer: Answer = () => ({ how: 'done' }),
): Lived {
  let account = begun;
  let now = from;
  let next = 0;
  const taken: { at: Instant; decision: Decision }[] = [];
  for (let turn = 0; turn < 20_000; turn += 1) {
    for (let event = events[next]; event !== undefined && event.at <= now; event = events[next]) {
      account = apply(account, event);
      next += 1;
    }
    const advanced = advance(account, strategy, now);
    account = advanced.account;
    const { decision } = advanced;
    if (decision.action.do === 'wait') {
      const wake = decision.action.until ?? until;
      const event = events[next]?.at ?? until;
      now = wake < event ? wake : event;
      if (now >= until) return { account, taken };
      continue;
    }
    taken.push({ at: now, decision });
    account = record(
      account,
      strategy,
      decision,
      decision.action.do === 'step' ? answer(decision, now) : null,
      now,
    );
    if (decision.action.do === 'close') return { account, taken };
  }
  throw new Error('the account never came to rest');
}

/** The steps of a life as `YYYY-MM-DD name`, chases and stage changes included. */
export function steps(lived: Lived): string[] {
  return lived.taken.map(({ at, decision }) => {
    const { action } = decision;
    const what =
      action.do === 'step'
        ? action.occurrence.step + (action.occurrence.n >= 1000 ? ' chase' : '')
        : action.do === 'stage'
          ? `→ ${action.stage ?? 'none'}`
          : action.do === 'close'
            ? `close ${action.reason}`
            : action.do;
    return `${localDate(at, lived.account.terms.zone)} ${what}`;
  });
}
