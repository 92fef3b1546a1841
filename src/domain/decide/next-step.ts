import type { AccountState } from '../account/state';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { advance } from './advance';
import type { Occurrence, Why } from './decision';
import { record } from './record';

/** A step that comes due, with what decided it. */
export interface ComingStep {
  readonly step: Step;
  readonly occurrence: Occurrence;
  readonly tone: number | null;
  readonly path: string;
  readonly why: Why;
}

/** An account does a few things a day; more turns than this it does not take. */
const MOST_TURNS = 50;

/**
 * The first step of a kind that the account comes to by a moment, as things stand now; null when there is none. Asks the
 * core and sends nothing: steps of other kinds on the way are taken as done.
 */
export function nextStepBy(
  account: AccountState,
  strategy: Strategy,
  from: Instant,
  until: Instant,
  wanted: (step: Step) => boolean,
): ComingStep | null {
  let [state, now] = [account, from];
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { account: settled, decision } = advance(state, strategy, now);
    const { action } = decision;
    state = settled;
    if (action.do === 'close') return null;
    if (action.do === 'wait') {
      if (action.until === null || action.until > until) return null;
      now = action.until > now ? action.until : now;
      continue;
    }
    if (action.do === 'step') {
      const { occurrence, tone } = action;
      const step = strategy.steps.find(({ name }) => name === occurrence.step);
      if (step !== undefined && wanted(step))
        return { step, occurrence, tone, path: state.path ?? '', why: decision.why };
    }
    state = record(state, strategy, decision, action.do === 'step' ? { how: 'done' } : null, now);
  }
  return null;
}
