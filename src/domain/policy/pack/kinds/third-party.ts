import { firstFrom, latest } from '../index-ledger';
import type { Attempt, DatedHappening, Selected } from '../ledger';
import { dayIn, startOf, type Moment } from '../moment';
import type { PolicyRequest } from '../request';
import type { ThirdPartyRule, Unlock } from '../rule';
import { ALLOW, block, review, wait, type Verdict } from '../verdict';

const VOICE = ['call', 'voice_ai'];
const UNANSWERED = ['unanswered', 'left-message', 'invalid'];

/**
 * A third party is locked, unlocked by failed reaches, bound to purposes, ended by a refusal and locked again when the
 * debtor is reached. The rule's `parties` say who is one.
 */
export function judgeThirdParty(rule: ThirdPartyRule, request: PolicyRequest, on: Moment): Verdict {
  if (rule.begins === 'never') return block('never');
  if (rule.endedByRefusal && hasRefused(request, on)) return block('asked not to be contacted');
  if (rule.purposes !== null) {
    if (request.purpose === null) return review('what for is not known');
    if (!rule.purposes.includes(request.purpose)) return block(`only to ${rule.purposes.join(', ')}`);
  }
  if (rule.silent) {
    if (request.tellsOfDebt === null) return review('whether the debt is told is not known');
    if (request.tellsOfDebt) return block('would tell of the debt');
  }
  return rule.begins === 'locked' ? lock(rule, request, on) : ALLOW;
}

/** A refusal of a third party that is not named counts for each. */
function hasRefused({ reached }: PolicyRequest, on: Moment): boolean {
  return (
    latest(
      on.ledger.of('third-party-refused'),
      on.ms,
      ({ about }) => about === null || reached === null || about === reached,
    ) !== null
  );
}

function lock(rule: ThirdPartyRule, request: PolicyRequest, on: Moment): Verdict {
  const since = rule.lockedAgain ? lastReached(rule, on) : -Infinity;
  let opens = Infinity;
  for (const unlock of rule.unlockedBy) opens = Math.min(opens, unlockedAt(unlock, rule, request, on, since));
  if (opens <= on.ms) return ALLOW;
  if (opens < Infinity) return wait(opens, 'unlocked from then on');
  return block('the debtor has not failed to be reached');
}

/** When the debtor was last spoken to; what unlocked before that is over. */
function lastReached(rule: ThirdPartyRule, on: Moment): number {
  const spoken = on.ledger.select(
    rule,
    ({ party, outcome }) => party === 'debtor' && (outcome === 'conversation' || outcome === 'met'),
  );
  const at = firstFrom(spoken.times, on.ms + 1) - 1;
  const found = latest(on.ledger.of('found'), on.ms);
  return Math.max(at < 0 ? -Infinity : (spoken.times[at] as number), found?.ms ?? -Infinity);
}

function unlockedAt(
  unlock: Unlock,
  rule: ThirdPartyRule,
  request: PolicyRequest,
  on: Moment,
  since: number,
): number {
  const isOpen = (found: DatedHappening | null) => (found !== null && found.ms > since ? on.ms : Infinity);
  switch (unlock.when) {
    case 'endpoint-invalid':
      return isOpen(latest(on.ledger.of('endpoint-invalid'), on.ms));
    case 'status':
      return Math.min(...unlock.any.map((name) => isOpen(latest(on.ledger.of(name), on.ms))));
    case 'consent':
      return isOpen(
        latest(
          on.ledger.of('consent'),
          on.ms,
          ({ about, says }) => about === 'third-party' && says === 'given',
        ),
      );
    case 'offered-to-pay':
      return isOpen(
        latest(
          on.ledger.of('offered-to-pay'),
          on.ms,
          ({ about }) => about === null || about === request.reached,
        ),
      );
    case 'unanswered-calls':
      return afterCalls(unlock.count, unlock.from, calls(rule, on), on, since);
    case 'unanswered-days':
      return afterDays(unlock.count, calls(rule, on), on, since);
  }
}

/** Calls to the number that the debtor left with the lender. What is under way or unknown proves nothing. */
function calls(rule: ThirdPartyRule, on: Moment): Selected {
  return on.ledger.select(
    rule.unlockedBy,
    ({ party, channel, reserved, outcome }) =>
      party === 'debtor' &&
      reserved &&
      VOICE.includes(channel) &&
      !['refused', 'open', 'unknown'].includes(outcome),
  );
}

/** So many in a row unanswered; `next-day`: from the day after the last of a row. Looks back no further than needed. */
function afterCalls(
  count: number,
  from: 'now' | 'next-day',
  { items, times }: Selected,
  on: Moment,
  since: number,
): number {
  let row = 0;
  let opens = Infinity;
  let latestOfRow: number[] = [];
  for (let at = firstFrom(times, on.ms + 1) - 1; at >= 0 && (times[at] as number) > since; at -= 1) {
    if (!UNANSWERED.includes((items[at] as Attempt).outcome)) break;
    row += 1;
    latestOfRow = [...latestOfRow, times[at] as number].slice(-count);
    if (row < count) continue;
    const last = latestOfRow[0] as number;
    opens = Math.min(opens, from === 'now' ? on.ms : nextDay(last, on));
    if (opens <= on.ms) return on.ms;
  }
  return opens;
}

function nextDay(ms: number, on: Moment): number {
  return Math.max(...on.zones.map(({ zone }) => startOf(dayIn(ms, zone) + 1, zone)));
}

/** So many local days one after another, each with a call and none answered, in every zone. */
function afterDays(count: number, { items, times }: Selected, on: Moment, since: number): number {
  const last = firstFrom(times, on.ms + 1) - 1;
  const all = on.zones.every(({ zone }) => {
    // The day on which the debtor was reached is none of them, nor that of an answered call.
    const spoiled = since === -Infinity ? -Infinity : dayIn(since, zone);
    let row = 0;
    let earliest = Infinity;
    for (let at = last; at >= 0; at -= 1) {
      const day = dayIn(times[at] as number, zone);
      if (day <= spoiled) break;
      if (!UNANSWERED.includes((items[at] as Attempt).outcome))
        return day === earliest ? row > count : row >= count;
      if (day === earliest) continue;
      if (row > count || (row >= count && day < earliest - 1)) return true;
      row = day === earliest - 1 ? row + 1 : 1;
      earliest = day;
    }
    return row >= count;
  });
  return all ? on.ms : Infinity;
}
