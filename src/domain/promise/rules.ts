import type { PromiseRules, Strategy } from '../strategy/strategy';

/** What a path without promise rules goes by: nothing is forgiven, nothing runs longer than the day. */
const STRICT: PromiseRules = {
  horizonDays: 0,
  graceDays: 0,
  tolerancePercent: 0,
  toleranceAmount: 0,
  least: 'past-due',
  mayCrossNextDue: false,
  brokenLimit: { count: 1, days: 1 },
};

/** The promise rules of a path. */
export function rulesFor(strategy: Strategy, path: string | null): PromiseRules {
  return (path === null ? undefined : strategy.promises[path]) ?? STRICT;
}
