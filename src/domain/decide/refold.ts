import { apply } from '../account/apply';
import { begin } from '../account/begin';
import type { Enrolment } from '../account/enrolment';
import type { AccountEvent } from '../account/events';
import { isGivenUp } from '../account/carry';
import { everyMovement, refold as foldMoney, withoutSums } from '../account/refold';
import { reopened } from '../account/reopening';
import type { AccountState } from '../account/state';
import type { Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { advance } from './advance';
import { decide } from './decide';
import type { Occurrence, StepResult, Why } from './decision';
import { record } from './record';

/**
 * An entry of an account's journal: a fact that was told, a step that was decided, with the world's answer, or a look
 * at which something was decided silently.
 */
export type Entry =
  | { readonly kind: 'fact'; readonly event: AccountEvent }
  | { readonly kind: 'look'; readonly at: Instant }
  | {
      readonly kind: 'decision';
      readonly at: Instant;
      readonly occurrence: Occurrence;
      readonly tone: number | null;
      readonly why: Why;
      readonly result: StepResult;
    };

/**
 * The account folded anew from its whole journal, in the journal's order: after a workflow was terminated by hand, a
 * closed account was reopened, or an event reached further back than the carried state. Facts are applied, and every
 * step that was carried out is recorded as it was, so that nothing is sent twice. What was decided silently is decided
 * again at the moments of old, so that stages begin on their own days.
 */
export function refold(enrolment: Enrolment, entries: readonly Entry[], strategy: Strategy): AccountState {
  let account = begin(enrolment);
  const placed = inTheirTime(entries);
  const journalled = placed.findLastIndex(({ kind }) => kind !== 'fact');
  for (const [index, entry] of placed.entries()) {
    if (entry.kind === 'fact') {
      const before = placed[index - 1];
      if (index > journalled && before !== undefined)
        account = untilThen(account, strategy, momentOf(before), entry.event.at);
      account = reopened(apply(account, entry.event), entry.event);
    } else account = settled(account, strategy, entry.at);
    if (entry.kind !== 'decision') continue;
    const { at, occurrence, tone, why, result } = entry;
    const decision = { at: occurrence.due, action: { do: 'step', occurrence, tone }, why } as const;
    account = record(account, strategy, decision, result, at);
  }
  // A reversal of money so old that it was carried as a sum: the movements once more, with all reversals known.
  const told = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry.event] : []));
  return looked(foldMoney(account, [...enrolment.events, ...told]), [...enrolment.events, ...told], strategy);
}

/** Money that reaches back is looked back to with every movement of the journal, whatever the account carries of them. */
function looked(account: AccountState, events: readonly AccountEvent[], strategy: Strategy): AccountState {
  const now = events.reduce<Instant>((last, { at }) => (at > last ? at : last), '');
  if (account.owed.behind === undefined || now === '') return account;
  const { movements } = account.owed;
  const own = movements.filter(isGivenUp);
  const every = [...everyMovement(account, events), ...own];
  const whole = { ...withoutSums(account), owed: { ...account.owed, movements: every } };
  const after = advance(whole, strategy, now).account;
  const sums = new Map((account.agreements ?? []).map(({ id, money }) => [id, money]));
  const agreements = after.agreements?.map((one) => {
    const money = sums.get(one.id);
    return money === undefined ? one : { ...one, money };
  });
  return {
    ...after,
    owed: { ...after.owed, movements },
    ...(agreements === undefined ? {} : { agreements }),
  };
}

/** Looks are journalled with the activity after them: each goes back before what happened later than it. */
function inTheirTime(entries: readonly Entry[]): readonly Entry[] {
  const looks = entries.filter((entry) => entry.kind === 'look').sort((a, b) => (a.at < b.at ? -1 : 1));
  const placed: Entry[] = [];
  let next = 0;
  for (const entry of entries) {
    if (entry.kind === 'look') continue;
    const at = entry.kind === 'fact' ? entry.event.at : entry.at;
    for (let look = looks[next]; look !== undefined && look.at < at; look = looks[next]) {
      placed.push(look);
      next += 1;
    }
    placed.push(entry);
  }
  return [...placed, ...looks.slice(next)];
}

function momentOf(entry: Entry): Instant {
  return entry.kind === 'fact' ? entry.event.at : entry.at;
}

/** More looks between two facts than an account has in a year. */
const MOST_LOOKS = 400;

/**
 * What the account settled by itself after one fact and before the next, which its next activity will tell: a promise
 * that was kept by the first and is bounced by the second was judged in between.
 */
function untilThen(before: AccountState, strategy: Strategy, from: Instant, then: Instant): AccountState {
  let account = before;
  let now = from;
  for (let turns = 0; turns < MOST_LOOKS && now < then; turns += 1) {
    account = settled(account, strategy, now);
    const { action } = decide(account, strategy, now);
    if (action.do !== 'wait' || action.until === null || action.until <= now) return account;
    now = action.until;
  }
  return account;
}

/** Everything that the core settles by itself at a moment, stages included. */
function settled(account: AccountState, strategy: Strategy, at: Instant): AccountState {
  let current = advance(account, strategy, at);
  for (let turns = 0; current.decision.action.do === 'stage' && turns < strategy.stages.length; turns += 1) {
    current = advance(record(current.account, strategy, current.decision, null, at), strategy, at);
  }
  return current.account;
}
