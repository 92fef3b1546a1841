import type { AccountState } from '../account/state';
import type { Standing } from '../delinquency/standing';
import type { IsoDate } from '../units';
import { abilityOf } from './ability';
import { willingnessOf } from './willingness';

/**
 * The two-by-two of ladders 4, by which treatments are chosen. Low is one side, middle and high the other.
 * able-willing: remind, self-service, leave in peace. able-unwilling: calls, firm tone, law early.
 * unable-willing: plan, relief, counselling. unable-unwilling: few calls, find out more, agency, law only with assets.
 */
export type Quadrant = 'able-willing' | 'able-unwilling' | 'unable-willing' | 'unable-unwilling' | 'unknown';

/** `unknown` while nothing is known of one of the two: a word, so that `quadrant != able-willing` holds then. */
export function quadrantOf(account: AccountState, at: Standing, day: IsoDate): Quadrant {
  const ability = abilityOf(account, at, day).level;
  const willingness = willingnessOf(account, day).level;
  if (ability === null || willingness === null) return 'unknown';
  return `${ability === 'low' ? 'unable' : 'able'}-${willingness === 'low' ? 'unwilling' : 'willing'}`;
}
