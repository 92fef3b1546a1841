import type { AccountState } from '../account/state';
import { localDate } from '../calendar/zone';
import type { Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import { segmentNow } from './segment';
import { situation } from './situation';
import { stageNow, stageWakes } from './stage';

/**
 * From which day on a strategy treats an account that nobody treats yet, as things stand at a moment: that very day
 * when it is past due beyond tolerance, was written off, or meets a stage (a pre-due list); a later day on which the
 * mere passing of days brings it into one; null when only news can. An account is taken for as short a time as the
 * strategy has something to say to it (ladders 3.1: never the whole book).
 *
 * @param account as it would be taken over, without a segment
 */
export function wantedOn(account: AccountState, strategy: Strategy, now: Instant): IsoDate | null {
  const at = situation(account, strategy, now);
  if (at.standing.oldestDue !== null || account.writtenOff) return at.day;
  const segment = segmentNow(at);
  if (segment === null) return null;
  const placed = { ...account, segment: segment.name, path: segment.path };
  const there = situation(placed, strategy, now);
  if (stageNow(there) !== null) return there.day;
  const moments = stageWakes(there).map(({ at: moment }) => moment);
  for (const moment of [...new Set(moments)].sort())
    if (stageNow(situation(placed, strategy, moment)) !== null) return localDate(moment, account.terms.zone);
  return null;
}
