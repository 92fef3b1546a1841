import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { afterPeriod, sayPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { GateRule, Need } from '../rule';
import { ALLOW, block, review, wait, type Verdict } from '../verdict';
import { hasHappened, isOf } from './hold';

/**
 * This step only when that was served so long ago and not voided, or when a fact is so. What has been served puts the
 * step off until its time has run; what has not blocks it.
 */
export function judgeGate(rule: GateRule, request: PolicyRequest, on: Moment): Verdict {
  if (rule.once !== null && !hasHappened(rule.once, request, on)) return ALLOW;
  let until = on.ms;
  let why = '';
  for (const need of rule.needs) {
    const verdict = need.of === 'fact' ? judgeFact(need, request) : judgeEvent(need, request, on);
    if (verdict.says === 'wait') {
      if (verdict.until > until) [until, why] = [verdict.until, verdict.why];
    } else if (verdict.says !== 'allow') return verdict;
  }
  return until > on.ms ? wait(until, why) : ALLOW;
}

function judgeFact({ fact, op, value }: Need & { readonly of: 'fact' }, { facts }: PolicyRequest): Verdict {
  const found = facts[fact];
  if (found === undefined) return review(`the fact ${fact} is not known`);
  const holds =
    op === 'is'
      ? found === value
      : typeof found === typeof value && (op === 'at-least' ? found >= value : found <= value);
  return holds ? ALLOW : block(`${fact} is ${String(found)}`);
}

function judgeEvent(need: Need & { readonly of: 'event' }, request: PolicyRequest, on: Moment): Verdict {
  const named = need.any.join(' or ');
  const voided = lastVoid(need, request, on);
  const served = need.any
    .flatMap((name) => on.ledger.of(name))
    .filter((one) => one.ms <= on.ms && one.ms > voided && isMine(one, need, request))
    .sort((a, b) => a.ms - b.ms);
  if (served.length === 0) return block(`no ${named}`);
  const [row, last] = apart(served, need, on);
  if (row < need.count)
    return block(
      `${row} of ${need.count} ${named}${need.apart === null ? '' : ` ${sayPeriod(need.apart)} apart`}`,
    );
  const newest = (served.at(-1) as DatedHappening).ms;
  if (need.within !== null) {
    if (on.ms >= afterPeriod(newest, need.within, on))
      return block(`${named} is older than ${sayPeriod(need.within)}`);
  }
  if (need.ago === null) return ALLOW;
  const free = afterPeriod(need.since === 'last' ? newest : last, need.ago, on);
  return on.ms < free ? wait(free, `${sayPeriod(need.ago)} since ${named} are not over`) : ALLOW;
}

function lastVoid(
  { voidedBy, per }: Need & { readonly of: 'event' },
  request: PolicyRequest,
  on: Moment,
): number {
  let last = -Infinity;
  for (const name of voidedBy) {
    for (const one of on.ledger.of(name)) {
      if (one.ms <= on.ms && isMine(one, { per }, request)) last = Math.max(last, one.ms);
    }
  }
  return last;
}

function isMine(
  one: DatedHappening,
  { per }: { readonly per: 'account' | 'person' | 'endpoint' },
  request: PolicyRequest,
): boolean {
  if (per !== 'endpoint') return isOf(one, { per }, request);
  return one.endpoint === null ? false : one.endpoint === request.endpoint;
}

/** How many there are, each far enough from the one before, and the moment at which the wanted number was reached. */
function apart(
  served: readonly DatedHappening[],
  need: Need & { readonly of: 'event' },
  on: Moment,
): readonly [number, number] {
  let row = 0;
  let last = -Infinity;
  for (const { ms } of served) {
    if (row > 0 && need.apart !== null && ms < afterPeriod(last, need.apart, on)) continue;
    row += 1;
    last = ms;
    if (row === need.count) break;
  }
  return [row, last];
}
