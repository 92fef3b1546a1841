import { firstFrom } from '../index-ledger';
import type { Attempt } from '../ledger';
import { counts, sameKeys } from '../measure';
import type { Moment } from '../moment';
import { afterPeriod, sayPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { CooldownRule } from '../rule';
import { ALLOW, wait, type Verdict } from '../verdict';

/** Rest after the last conversation (or whatever the rule counts from) with the same account, person, number … */
export function judgeCooldown(rule: CooldownRule, request: PolicyRequest, on: Moment): Verdict {
  const { items, times } = on.ledger.select(
    rule,
    (attempt) =>
      counts(attempt, rule.after) &&
      (rule.afterBy === null || rule.afterBy.includes(attempt.channel)) &&
      (rule.parties === null || rule.parties.includes(attempt.party)),
  );
  for (let at = firstFrom(times, on.ms + 1) - 1; at >= 0; at -= 1) {
    if (!sameKeys(items[at] as Attempt, request, rule.per)) continue;
    const free = afterPeriod(times[at] as number, rule.wait, on);
    return on.ms < free ? wait(free, `${sayPeriod(rule.wait)} since the last are not over`) : ALLOW;
  }
  return ALLOW;
}
