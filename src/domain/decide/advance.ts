import type { AccountState } from '../account/state';
import type { Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { decide } from './decide';
import type { Decision } from './decision';
import { record } from './record';
import { why } from './why';

export interface Advanced {
  readonly account: AccountState;
  /** A `step`, `stage` or `close` to be carried out, or a `wait`. */
  readonly decision: Decision;
}

/** What the core settles by itself, without the outside. */
const SILENT: ReadonlySet<string> = new Set([
  'skip',
  'put-off',
  'segment',
  'review',
  'episode',
  'judge',
  'judge-agreement',
  'end-task',
  'claim',
  'miss-debit',
  'look-back',
]);

/**
 * A decision always changes what it was decided on, so the chain of silent ones is short. Should a strategy ever find a
 * circle, the account looks again a day later instead of turning for ever.
 */
const LONGEST_CHAIN = 500;

/** Takes every silent decision, noting each, and stops at the first that concerns the outside. */
export function advance(account: AccountState, strategy: Strategy, now: Instant): Advanced {
  let current = account;
  for (let turns = 0; turns < LONGEST_CHAIN; turns += 1) {
    const decision = decide(current, strategy, now);
    if (!SILENT.has(decision.action.do)) return { account: current, decision };
    current = record(current, strategy, decision, null, now);
  }
  const until = new Date(Date.parse(now) + 86_400_000).toISOString();
  return {
    account: current,
    decision: { at: until, action: { do: 'wait', until }, why: why('wait-circle') },
  };
}
