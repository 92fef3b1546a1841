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

/** One answer serves every start before it. */
export function openDuties(rule: DeadlineRule, request: PolicyRequest, on: Moment): readonly Duty[] {
  const mine = (one: DatedHappening) => one.ms <= on.ms && isOf(one, { per: 'account' }, request);
  const done = Math.max(
    -Infinity,
    ...rule.must.map((name) => on.ledger.of(name).filter(mine).at(-1)?.ms ?? -Infinity),
  );
  return rule.startedBy
    .flatMap((name) => on.ledger.of(name))
    .filter((start) => start.ms > done && mine(start))
    .map(({ ms }) => ({ must: rule.must, since: ms, by: endOfPeriod(ms, rule.within, on) }));
}
