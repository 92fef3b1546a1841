import { lastOf, placeAfter } from '../index-ledger';
import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { endOfPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { DeadlineRule } from '../rule';
import { ALLOW, block, type Verdict } from '../verdict';
import { ofAccount } from './hold';

/** Once the time has run without the answer, the actions that the rule names are blocked until it is given. */
export function judgeDeadline(rule: DeadlineRule, request: PolicyRequest, on: Moment): Verdict {
  const late = openDuties(rule, request, on).find((by) => on.ms >= by);
  return late === undefined ? ALLOW : block(`${rule.must.join(' or ')} is late`);
}

/**
 * By when it must be done, for each thing that started it and was not answered yet: that moment is already too late. One
 * answer serves every start before it. Only what came after the last answer is looked at.
 */
export function openDuties(rule: DeadlineRule, request: PolicyRequest, on: Moment): readonly number[] {
  const mine = ofAccount(request);
  const done = lastOf(on.ledger, rule.must, on.ms, mine);
  const duties: number[] = [];
  for (const name of rule.startedBy) {
    const list = on.ledger.of(name);
    for (let at = placeAfter(list, done); at < list.length; at += 1) {
      const start = list[at] as DatedHappening;
      if (start.ms > on.ms) break;
      if (mine(start)) duties.push(endOfPeriod(start.ms, rule.within, on));
    }
  }
  return duties;
}
