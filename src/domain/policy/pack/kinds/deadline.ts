import { lastOf, placeAfter } from '../index-ledger';
import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { endOfPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { DeadlineRule } from '../rule';
import { ALLOW, block, type Verdict } from '../verdict';
import { isOf } from './hold';

/** What must be done by when, because of something that started it and was not answered yet. `by` is already too late. */
export interface Duty {
  readonly must: readonly string[];
  readonly by: number;
  readonly since: number;
}

/** Once the time has run without the answer, the actions that the rule names are blocked until it is given. */
export function judgeDeadline(rule: DeadlineRule, request: PolicyRequest, on: Moment): Verdict {
  const late = openDuties(rule, request, on).find(({ by }) => on.ms >= by);
  return late === undefined ? ALLOW : block(`${rule.must.join(' or ')} is late`);
}

/** One answer serves every start before it. Only what came after the last answer is looked at. */
export function openDuties(rule: DeadlineRule, request: PolicyRequest, on: Moment): readonly Duty[] {
  const mine = (one: DatedHappening) => isOf(one, { per: 'account' }, request);
  const done = lastOf(on.ledger, rule.must, on.ms, mine);
  const duties: Duty[] = [];
  for (const name of rule.startedBy) {
    const list = on.ledger.of(name);
    for (let at = placeAfter(list, done); at < list.length; at += 1) {
      const start = list[at] as DatedHappening;
      if (start.ms > on.ms) break;
      if (mine(start))
        duties.push({ must: rule.must, since: start.ms, by: endOfPeriod(start.ms, rule.within, on) });
    }
  }
  return duties;
}
