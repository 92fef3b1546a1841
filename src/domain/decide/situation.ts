import type { AccountState } from '../account/state';
import { localDate } from '../calendar/zone';
import { standing, type Standing } from '../delinquency/standing';
import { rulesFor } from '../promise/rules';
import type { Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import type { Facts } from './condition';
import { factsOf } from './facts';

/** An account at a moment under its strategy: what every part of a decision looks at, worked out once. */
export interface Situation {
  readonly account: AccountState;
  readonly strategy: Strategy;
  readonly now: Instant;
  /** The account's local day. */
  readonly day: IsoDate;
  readonly standing: Standing;
  readonly facts: Facts;
}

export function situation(account: AccountState, strategy: Strategy, now: Instant): Situation {
  const day = localDate(now, account.terms.zone);
  const at = standing(account, strategy.counting, day);
  const rules = rulesFor(strategy, account.path);
  return { account, strategy, now, day, standing: at, facts: factsOf(account, at, day, rules) };
}
