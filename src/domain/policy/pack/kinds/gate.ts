import { lastOf, placeAfter } from '../index-ledger';
import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { afterPeriod, sayPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { FactTest, GateRule, Need } from '../rule';
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

function judgeFact(need: Need & { readonly of: 'fact' }, { facts }: PolicyRequest): Verdict {
  if (need.when !== null) {
    const so = isSo(need.when, facts);
    if (so === null) return review(`the fact ${need.when.fact} is not known`);
    if (!so) return ALLOW;
  }
  const so = isSo(need, facts);
  if (so === null) return review(`the fact ${need.fact} is not known`);
  return so ? ALLOW : block(`${need.fact} is ${String(facts[need.fact])}`);
}

/** Null: nobody knows the fact. */
function isSo({ fact, op, value }: FactTest, facts: PolicyRequest['facts']): boolean | null {
  const found = facts[fact];
  if (found === undefined) return null;
  if (op === 'is') return found === value;
  return typeof found === typeof value && (op === 'at-least' ? found >= value : found <= value);
}

type EventNeed = Need & { readonly of: 'event' };

function judgeEvent(need: EventNeed, request: PolicyRequest, on: Moment): Verdict {
  const named = need.any.join(' or ');
  const mine = (one: DatedHappening) => isMine(one, need, request);
  const voided = lastOf(on.ledger, need.voidedBy, on.ms, mine);
  const newest = lastOf(on.ledger, need.any, on.ms, mine);
  if (newest <= voided) return block(`no ${named}`);
  const [row, last] = apart(need, voided, mine, on);
  if (row < need.count) {
    const far = need.apart === null ? '' : ` ${sayPeriod(need.apart)} apart`;
    return block(`${row} of ${need.count} ${named}${far}`);
  }
  if (need.within !== null && on.ms >= afterPeriod(newest, need.within, on))
    return block(`${named} is older than ${sayPeriod(need.within)}`);
  if (need.ago === null) return ALLOW;
  const free = afterPeriod(need.since === 'last' ? newest : last, need.ago, on);
  return on.ms < free ? wait(free, `${sayPeriod(need.ago)} since ${named} are not over`) : ALLOW;
}

function isMine(
  one: DatedHappening,
  { per }: { readonly per: 'account' | 'person' | 'endpoint' },
  request: PolicyRequest,
): boolean {
  if (per !== 'endpoint') return isOf(one, { per }, request);
  return one.endpoint === null ? false : one.endpoint === request.endpoint;
}

/**
 * How many there are after the last voiding, each far enough from the one before, up to the wanted number, and the
 * moment at which that was reached. Looks no further than it must.
 */
function apart(
  need: EventNeed,
  voided: number,
  mine: (one: DatedHappening) => boolean,
  on: Moment,
): readonly [number, number] {
  const lists = need.any.map((name) => on.ledger.of(name));
  const places = lists.map((list) => placeAfter(list, voided));
  let row = 0;
  let last = -Infinity;
  let free = -Infinity;
  while (row < need.count) {
    const next = earliestOf(lists, places, on.ms);
    if (next === null) break;
    if (!mine(next) || next.ms < free) continue;
    row += 1;
    last = next.ms;
    if (need.apart !== null) free = afterPeriod(last, need.apart, on);
  }
  return [row, last];
}

/** The next of several lists, in order; moves its place on. */
function earliestOf(
  lists: readonly (readonly DatedHappening[])[],
  places: number[],
  ms: number,
): DatedHappening | null {
  let found: DatedHappening | null = null;
  let from = -1;
  lists.forEach((list, index) => {
    const one = list[places[index] ?? 0];
    if (one === undefined || one.ms > ms || (found !== null && one.ms >= found.ms)) return;
    found = one;
    from = index;
  });
  if (from >= 0) places[from] = (places[from] ?? 0) + 1;
  return found;
}
