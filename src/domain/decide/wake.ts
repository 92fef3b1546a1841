import type { AccountState, Promised } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { addDays } from '../calendar/day';
import { DEBIT_DAYS, debitOf } from '../quiet/debits';
import { failsAfter } from '../promise/judge';
import { rulesFor } from '../promise/rules';
import { activeHolds } from '../hold/active';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import { localDate } from '../calendar/zone';
import type { Decision, Occurrence, Why } from './decision';
import { HOST_ARREARS_AHEAD, KNOWS_PAYMENTS_IN_TIME, LOOKS_AHEAD, WAKES_AHEAD } from './generation';
import { hindrance, type Hindrance } from './hindrance';
import { nextOccurrence } from './occurrence';
import { record } from './record';
import { candidates, UNTIL_AN_EVENT } from './due-steps';
import { agreementTurns, agreementWakes } from './agreements';
import { momentOf } from './ladder-day';
import { situation as situationAt, type Situation } from './situation';
import { stageNow, stageWakes } from './stage';
import { why } from './why';

interface Wake {
  readonly at: Instant;
  readonly why: Why;
  /** Whether something would then be done, as things stand; left out where the moment itself matters. */
  readonly worth?: (then: Situation) => boolean;
}

/**
 * Nothing is to be done now: when the account looks again, and why then. Anchored to due dates and absolute moments,
 * never to when something happened to run; `until` null waits for news only. A moment at which nothing would be done
 * as things stand sets no timer: news that changes it wakes the account by itself.
 */
export function waiting(situation: Situation): Decision {
  const { account, strategy, now } = situation;
  const ahead = [...wakes(situation)]
    .filter(({ at }) => at > now && at < UNTIL_AN_EVENT)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let then: Situation | null = null;
  for (const { at, why: reason, worth } of ahead) {
    if (worth !== undefined && looksAhead(account)) {
      if (then?.now !== at) then = situationAt(account, strategy, at);
      if (!worth(then)) continue;
    }
    return { at, action: { do: 'wait', until: at }, why: reason };
  }
  return { at: now, action: { do: 'wait', until: null }, why: why('wait-nothing') };
}

const looksAhead = ({ generation }: AccountState): boolean => generation >= LOOKS_AHEAD;

function* wakes(situation: Situation): Iterable<Wake> {
  const { account, strategy, standing } = situation;
  const dayOf = (at: Instant): string => localDate(at, account.terms.zone);

  for (const { step, occurrence, ready, origin } of candidates(situation)) {
    const on = dayOf(ready);
    if (origin === 'put-off') yield { at: ready, why: why('wait-put-off', { step: step.title, on }) };
    else yield* stepWakes(step, occurrence, situation);
  }
  for (const { at, stage } of stageWakes(situation)) {
    yield {
      at,
      why: why('wait-stage', { stage, on: dayOf(at) }),
      worth: (then) => stageNow(then) !== account.stage,
    };
  }
  for (const promise of account.promises) {
    if (promise.status !== 'open') continue;
    const at = judgedAt(situation, promise);
    if (at !== null) yield { at, why: why('wait-promise', { date: promise.date, on: dayOf(at) }) };
  }
  for (const { at, kind, on } of agreementWakes(situation)) {
    const reason = why('wait-agreement', { kind, on });
    yield { at, why: reason, worth: (then) => agreementTurns(then, situation.day) };
  }
  const held = [...account.holds, ...(account.itemHolds ?? [])];
  for (const { type, until } of activeHolds(held, situation.day)) {
    if (until === null) continue;
    yield { at: momentOf(situation, addDays(until, 1)), why: why('wait-hold', { hold: type, until }) };
  }
  yield* laterFacts(situation);
  for (const { step, kind, until } of account.open) {
    // That a campaign ended matters only to steps that count from it; else it is seen at the next look.
    if (
      kind === 'campaign' &&
      looksAhead(account) &&
      !strategy.steps.some(({ at }) => at.anchor === `mark:${step}.ended`)
    )
      continue;
    yield { at: until, why: why('wait-task', { step, on: dayOf(until) }) };
  }
  if (account.episode?.curedOn) {
    const at = momentOf(situation, addDays(account.episode.curedOn, strategy.counting.watchDays));
    yield { at, why: why('wait-watch', { on: dayOf(at) }) };
  }
  if (standing.nextDue !== null && account.terms.books === 'obligations') {
    const at = momentOf(situation, addDays(standing.nextDue, 1));
    yield { at, why: why('wait-due', { due: standing.nextDue }) };
  }
  yield* debitWakes(situation);
  const ahead = hostArrearsAhead(situation);
  if (ahead !== null)
    yield { at: momentOf(situation, addDays(ahead, 1)), why: why('wait-due', { due: ahead }) };
}

/** When a person is asked after a debit, of the due date that was last or of the next one. */
function* debitWakes(situation: Situation): Iterable<Wake> {
  const { account, strategy, standing, day } = situation;
  if (account.generation < KNOWS_PAYMENTS_IN_TIME) return;
  const known = debitOf(account, strategy, standing, day);
  const { debitDays = DEBIT_DAYS } = strategy.counting;
  const next = standing.nextDue;
  const asked = (account.marks['debit-missing'] ?? '') >= (known?.is === 'awaited' ? known.from : day);
  const askOn = known?.is === 'awaited' && !asked ? known.askOn : null;
  const nextOn =
    next === null || account.facts['autopay'] !== true
      ? null
      : addDays(addBusinessDays(next, debitDays, holidaysOf(account.terms.zone)), 1);
  for (const on of [askOn, nextOn]) {
    if (on === null) continue;
    yield {
      at: momentOf(situation, on),
      why: why('wait-debit', { due: known?.due ?? next, on }),
      worth: (then) => debitOf(then.account, strategy, then.standing, then.day)?.is === 'awaited',
    };
  }
}

/** A host may name today's or a later due date as the oldest unpaid one: it is past due without any news. */
function hostArrearsAhead({ account, day }: Situation): IsoDate | null {
  const { host } = account.owed;
  if (account.generation < HOST_ARREARS_AHEAD || account.terms.books !== 'host') return null;
  return host !== null && host.pastDue > 0 && host.oldestDue !== null && host.oldestDue >= day
    ? host.oldestDue
    : null;
}

/** Money that counts from a later day, and holds that begin on one, change what is to be done without any news. */
function* laterFacts(situation: Situation): Iterable<Wake> {
  const { account, day } = situation;
  if (account.generation < WAKES_AHEAD) return;
  for (const { valueDate, pending, reversedAt } of account.owed.movements) {
    if (valueDate <= day || pending === true || reversedAt !== undefined) continue;
    yield { at: momentOf(situation, valueDate), why: why('wait-value', { on: valueDate }) };
  }
  for (const { type, from, until } of [...account.holds, ...(account.itemHolds ?? [])]) {
    if (from <= day || (until !== null && until < from)) continue;
    yield { at: momentOf(situation, from), why: why('wait-hold-begins', { hold: type, from }) };
  }
}

/** So many occurrences of a recurring step are looked at for one that would be done. */
const LOOK_AHEAD = 12;

/**
 * The occurrence ahead and, where its condition does not hold as things stand, those after it. What is caught up when
 * late is always looked at on its day: an occurrence that a promise or a hold takes out must not come back later.
 */
function* stepWakes(step: Step, first: Occurrence, { account, strategy }: Situation): Iterable<Wake> {
  const done = (occurrence: Occurrence, then: Situation): boolean =>
    step.late === 'do' || !failsItsTest(hindrance(step, occurrence, then));
  let occurrence: Occurrence | null = first;
  for (let seen = 0; seen < LOOK_AHEAD && occurrence !== null; seen += 1) {
    const looked: Occurrence = occurrence;
    const on = localDate(looked.due, account.terms.zone);
    const reason = why('wait-step', { title: step.title, step: step.name, on });
    yield { at: looked.due, why: reason, worth: (then) => done(looked, then) };
    if (!isRepeated(step, account.path)) return;
    if (done(looked, situationAt(account, strategy, looked.due))) return;
    occurrence = nextOccurrence(
      step,
      situationAt(passedOver(account, strategy, looked), strategy, looked.due),
    );
  }
}

function isRepeated({ at }: Step, path: string | null): boolean {
  return at.every !== undefined || (path !== null && (at.days[path]?.length ?? 0) > 1);
}

function passedOver(account: AccountState, strategy: Strategy, occurrence: Occurrence): AccountState {
  const skip = {
    at: occurrence.due,
    action: { do: 'skip', occurrence },
    why: why('skip-condition'),
  } as const;
  return record(account, strategy, skip, null, occurrence.due);
}

function failsItsTest(against: Hindrance | null): boolean {
  return (
    against?.kind === 'skip' && (against.why.code === 'skip-condition' || against.why.code === 'skip-worth')
  );
}

/**
 * A promise is judged on the first posting run after its grace: the next day's moment; of parts, after that of the first
 * that is not paid. Null while a hold without an end stops its days.
 */
export function judgedAt(situation: Situation, promise: Promised): Instant | null {
  const { account, strategy, day } = situation;
  const last = failsAfter(account, promise, rulesFor(strategy, account.path), day);
  return last === null ? null : momentOf(situation, addDays(last, 1));
}
