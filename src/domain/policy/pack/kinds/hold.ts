import { earliest, lastOf, latest } from '../index-ledger';
import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { afterPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { HoldRule } from '../rule';
import { ALLOW, block, wait, type Verdict } from '../verdict';

/**
 * A hold stops the actions that it names from what started it to its end. The last start ends last, so it alone is
 * looked at; a hold whose end is known puts off, one that only an event ends blocks.
 */
export function judgeHold(rule: HoldRule, request: PolicyRequest, on: Moment): Verdict {
  let until = -Infinity;
  let why = '';
  for (const name of rule.startedBy) {
    const start = latest(on.ledger.of(name), on.ms, (one) => isOf(one, rule, request));
    if (start === null) continue;
    const end = endOf(start, rule, request, on);
    if (end > until) [until, why] = [end, name];
  }
  if (on.ms >= until) return ALLOW;
  return until === Infinity ? block(`holds since ${why}`) : wait(until, `holds since ${why}`);
}

/** Whether it happened to the account that is asked about, or to the person. What is not known is so. */
export function isOf(
  happened: DatedHappening,
  { per }: { readonly per: 'account' | 'person' },
  request: PolicyRequest,
): boolean {
  const person = happened.person === null || request.person === null || happened.person === request.person;
  if (per === 'person') return person;
  const account =
    happened.account === null || request.account === null || happened.account === request.account;
  return person && account;
}

/** Asks of what happened whether it was to the account that is asked about. */
export function ofAccount(request: PolicyRequest): (happened: DatedHappening) => boolean {
  return (happened) => isOf(happened, { per: 'account' }, request);
}

function endOf(start: DatedHappening, { ends, per }: HoldRule, request: PolicyRequest, on: Moment): number {
  if ('never' in ends) return Infinity;
  if ('after' in ends) return afterPeriod(start.ms, ends.after, on);
  let first = Infinity;
  for (const name of ends.on) {
    // The first end after this start: what is after that is another hold's.
    const end = earliest(on.ledger.of(name), start.ms, on.ms, (one) => isOf(one, { per }, request));
    if (end !== null)
      first = Math.min(first, ends.then === null ? end.ms : afterPeriod(end.ms, ends.then, on));
  }
  return first;
}

/** Whether any of these has happened to the account by now. */
export function hasHappened(
  names: readonly DatedHappening['event'][],
  request: PolicyRequest,
  on: Moment,
): boolean {
  return lastOf(on.ledger, names, on.ms, ofAccount(request)) > -Infinity;
}
