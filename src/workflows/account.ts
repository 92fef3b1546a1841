import { ApplicationFailure, setCurrentDetails, setHandler, uuid4, workflowInfo } from '@temporalio/workflow';
import type { AccountInput, AccountView } from '../activities/contract';
import { apply } from '../domain/account/apply';
import { reopened } from '../domain/account/reopening';
import { begin } from '../domain/account/begin';
import type { Enrolment } from '../domain/account/enrolment';
import type { AccountEvent, PromiseMade } from '../domain/account/events';
import { compact } from '../domain/account/instalments';
import { lean } from '../domain/account/lean';
import { migrate } from '../domain/account/migrate';
import { reachesBack } from '../domain/account/reversal';
import { isSeen } from '../domain/account/seen';
import type { AccountState, EndReason } from '../domain/account/state';
import { view } from '../domain/account/view';
import { isZone, localDate } from '../domain/calendar/zone';
import { isClock } from '../domain/clock';
import { advance } from '../domain/decide/advance';
import type { Decision } from '../domain/decide/decision';
import {
  FOLDED_UP_TO_FIGURES,
  GENERATION,
  LONGER_RUNS,
  STAFF_IN_THE_BOOK,
} from '../domain/decide/generation';
import { record } from '../domain/decide/record';
import { guardOf, refusedByHand, withEnd } from '../domain/hold/guard';
import { considerPromise } from '../domain/promise/consider';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate } from '../domain/units';
import { AccountTime } from './account-time';
import { readCarried } from './carried';
import { openDesk } from './desk';
import { Inbox } from './inbox';
import { nextQuery, statusQuery, timelineQuery, type PromiseAnswer } from './messages';
import { nextRun } from './next-run';
import * as outside from './perform';
import { isMalformed } from './payload-converter';
import { Rest } from './rest';
import { Telling } from './telling';
import { closeSummary, details, said, stepSummary } from './words';

/**
 * A run continues as new at this much history, but never sooner than so much after it began: a state may be large. With
 * thirteen KB at the end it is eight on average (docs/bench.md), and a stage of five steps ends before it: ending at
 * eight would cost a life of twenty steps four starts more.
 */
const HISTORY_BYTES = 13 * 1024;
/** Until the second generation. */
const FIRST_HISTORY_BYTES = 8 * 1024;
const RUN_BYTES = 4 * 1024;

export interface Ended {
  readonly reason: EndReason;
  readonly on: string;
}

/** One delinquent account: waits, asks the core what to do, has it done, and listens all the while. */
export async function account(input: AccountInput): Promise<Ended> {
  const strategy = strategyOf(input);
  const generation = generationOf(input);
  const carried = readCarried(input.carried);
  const time = new AccountTime(input.clock);
  const inbox = new Inbox(time, () => `by-hand:${uuid4()}`, carried);
  const telling = new Telling(inbox, input.strategy.hash, carried.told);
  const rest = new Rest(time);
  const bytesAtStart = workflowInfo().historySize;

  let state = stateOf(input, generation);
  let next: Decision | null = null;
  openDesk(inbox);
  answerQueries();

  if (state === null) {
    state = await folded(null);
    // Looked at before their day its figures would not count: what is late again would be cured once more.
    if (generation >= FOLDED_UP_TO_FIGURES && state.owed.host !== null) time.reach(state.owed.host.asOf);
  }
  time.reach(carried.now);
  time.reach(state.cursor.at);

  let stageEntered = false;
  for (;;) {
    state = await withOffers(await applied(state));
    if ((stageEntered || isLong()) && !inbox.hasQuestions) return continueAsNew(state);

    const advanced = advance(state, strategy, time.now());
    state = advanced.account;
    next = advanced.decision;
    setCurrentDetails(details(viewOf(state), strategy, next, time.now()));

    const { action } = next;
    if (action.do === 'wait') {
      const arrived = inbox.arrived;
      await rest.until(earlier(action.until, inbox.earliest()), () => inbox.arrived > arrived);
    } else if (action.do === 'step') {
      state = await withStep(state, next);
    } else if (action.do === 'close') {
      state = await withClosing(state, next);
      // All that was told in advance is heard at once: one closing more, not one for each message.
      const unheard = inbox.latest();
      if (unheard === null && inbox.hasOffers) continue;
      if (unheard === null) return { reason: action.reason, on: dayOf(state) };
      time.reach(unheard);
    } else {
      state = record(state, strategy, next, null, time.now());
      stageEntered ||= action.do === 'stage';
    }
  }

  /** With everything applied that has arrived and whose time has come, in the order of arrival. */
  async function applied(before: AccountState): Promise<AccountState> {
    let after = before;
    for (let message = inbox.next(); message !== null; message = inbox.next()) {
      const event = withDays(message.event);
      time.reach(event.at);
      const refused = byHand(after, event);
      if (refused !== null) inbox.refuse(event, refused);
      else if (message.answer !== undefined) after = answered(after, event as PromiseMade, message.answer);
      // Who may agree to something, or lift a hold, the journal knows: what was made up by hand is not in it.
      else if (!isSeen(after.seen, event) && isOfStaff(after, event))
        after = reopened(await folded(after), event);
      else if (!isSeen(after.seen, event) && reachesBack(after, event))
        after = taken(await folded(after), event);
      // What came before and comes again from the journal has its place counted, and changes nothing else.
      else after = taken(after, event);
    }
    return after;
  }

  /** What only the staff may say, and what two people decide, is taken from the book and from nobody else. */
  function byHand(before: AccountState, event: AccountEvent): string | null {
    if (event.seq !== undefined || generation < STAFF_IN_THE_BOOK || isSeen(before.seen, event)) return null;
    return event.kind === 'agreement' ? null : refusedByHand(before, event);
  }

  function isOfStaff(before: AccountState, event: AccountEvent): boolean {
    if (event.kind === 'agreement') return true;
    return generation >= STAFF_IN_THE_BOOK && event.seq !== undefined && guardOf(before, event) !== null;
  }

  /** A hold that was typed without its last day has the days of its kind, as the book would give it. */
  function withDays(event: AccountEvent): AccountEvent {
    const isTyped = event.kind === 'hold' && event.seq === undefined && generation >= STAFF_IN_THE_BOOK;
    return isTyped ? withEnd(event) : event;
  }

  function taken(before: AccountState, event: AccountEvent): AccountState {
    if (event.seq === undefined && !isSeen(before.seen, event)) telling.add(event);
    return reopened(apply(before, event), event);
  }

  /** Asked twice, an accepted promise is answered the same and made once. */
  function answered(
    before: AccountState,
    event: PromiseMade,
    answer: (given: PromiseAnswer) => void,
  ): AccountState {
    const known = before.promises.find(({ id }) => id === event.promise);
    if (known !== undefined) {
      const { amount, date } = known;
      answer({ accepted: true, why: said(strategy, { code: 'promise-accepted', args: { amount, date } }) });
      return before;
    }
    const { accepted, why, intention } = considerPromise(before, strategy, event, time.now());
    answer({ accepted, why: said(strategy, why), ...(intention === true ? { intention } : {}) });
    const noted = { ...before, notes: [...before.notes, { at: time.now(), code: why.code, args: why.args }] };
    if (intention === true) return taken(noted, { ...event, intention });
    return accepted ? taken(noted, event) : noted;
  }

  /**
   * With every offer answered that was asked for. What is silently decided by now is decided first, as it would be for
   * whoever looked; the book then says who asks, and by which authority.
   */
  async function withOffers(before: AccountState): Promise<AccountState> {
    let after = before;
    for (let asked = inbox.nextOffer(); asked !== null; asked = inbox.nextOffer()) {
      const { offer, answer } = asked;
      after = advance(after, strategy, time.now()).account;
      const now = time.now();
      const report = telling.report(after, strategy, now);
      const request = { offer, now, state: lean(compact({ ...after, notes: [] })), report };
      const answered = await outside.offer(input.clock.kind, request);
      if (answered === null) {
        const because = ['The book could not be asked; ask again.'];
        answer({ offer: offer.id, answer: 'refuse', because });
        continue;
      }
      telling.journalled(report);
      after = { ...after, notes: [] };
      if (answered.event !== null) after = taken(after, answered.event);
      answer(answered.given);
    }
    return after;
  }

  async function withStep(before: AccountState, decision: Decision): Promise<AccountState> {
    const { action } = decision;
    const step = action.do === 'step' && strategy.steps.find(({ name }) => name === action.occurrence.step);
    if (action.do !== 'step' || !step) return before;
    const now = time.now();
    const report = telling.report(before, strategy, now);
    const { occurrence, tone } = action;
    const request = {
      occurrence,
      tone,
      path: before.path ?? '',
      now,
      factor: input.clock.kind === 'real' ? null : input.clock.factor,
      why: decision.why,
      report,
    };
    const { result, reported } = await outside.perform(step, request, stepSummary(strategy, step, decision));
    const after = record(before, strategy, decision, result, time.now());
    if (reported) telling.journalled(report);
    return reported ? after : { ...after, notes: [...report.notes, ...after.notes] };
  }

  async function withClosing(before: AccountState, decision: Decision): Promise<AccountState> {
    const after = record(before, strategy, decision, null, time.now());
    const report = telling.report(after, strategy, time.now());
    const reason = after.closed?.reason ?? 'closed';
    const request = {
      reason,
      now: time.now(),
      why: decision.why,
      report,
      state: compact({ ...after, notes: [] }),
    };
    await outside.close(input.clock.kind, request, closeSummary(strategy, decision));
    telling.journalled(report);
    return { ...after, notes: [] };
  }

  /** From the journal: at the start of a run that was given no state, and for what reaches back behind the state. */
  async function folded(before: AccountState | null): Promise<AccountState> {
    const now = time.now();
    const of = before?.terms ?? input.restore;
    if (of === undefined) throw unreadable('it names no account');
    const request = { lender: of.lender, ref: of.ref, strategy: input.strategy.hash, now };
    if (before === null) return { ...migrate(await outside.restore(input.clock.kind, request)), generation };
    const report = telling.report(before, strategy, now);
    const restored = await outside.restore(input.clock.kind, { ...request, report });
    telling.journalled(report);
    return { ...migrate(restored), generation };
  }

  function continueAsNew(last: AccountState): Promise<never> {
    return nextRun(input, strategy, last, viewOf(last), () => ({
      v: 1,
      now: time.now(),
      events: inbox.waiting,
      aside: inbox.keptAside,
      told: telling.told,
    }));
  }

  function isLong(): boolean {
    const { historySize, continueAsNewSuggested } = workflowInfo();
    const longest = generation >= LONGER_RUNS ? HISTORY_BYTES : FIRST_HISTORY_BYTES;
    return continueAsNewSuggested || historySize >= Math.max(longest, bytesAtStart + RUN_BYTES);
  }

  function viewOf(of: AccountState): AccountView {
    return view(of, strategy, dayOf(of));
  }

  function dayOf(of: AccountState): IsoDate {
    return localDate(time.now(), of.terms.zone);
  }

  function answerQueries(): void {
    setHandler(
      statusQuery,
      () =>
        state && {
          now: time.now(),
          strategy: strategy.name,
          hash: input.strategy.hash,
          generation,
          view: viewOf(state),
          closed: state.closed?.reason ?? null,
          aside: inbox.keptAside,
          waiting: inbox.waiting.length,
        },
      { description: 'Where the account stands.' },
    );
    setHandler(timelineQuery, () => (state ? telling.recent(state) : []), {
      description: 'What was decided lately; the whole record is in the book.',
    });
    setHandler(nextQuery, () => next && { ...asNext(next), why: said(strategy, next.why) }, {
      description: 'What comes next, when, and why.',
    });
  }
}

function asNext({ action, at }: Decision): { action: string; at: Instant | null } {
  if (action.do === 'wait') return { action: 'wait', at: action.until };
  return { action: action.do === 'step' ? `step ${action.occurrence.step}` : action.do, at };
}

/**
 * The codec puts the document in. Where it could not, this task fails and is tried again, input and all, until the
 * book answers: nothing is recorded meanwhile.
 */
function strategyOf(input: AccountInput): Strategy {
  if (isMalformed(input) || typeof input?.strategy?.hash !== 'string')
    throw unreadable('it names no strategy');
  if (!isClock(input.clock)) throw unreadable('it has no clock');
  if (input.strategy.document === undefined) {
    throw new Error(`strategy ${input.strategy.hash} is not to be had from the book yet`);
  }
  return input.strategy.document as Strategy;
}

/** A worker that is older than the run must not decide for it: the task waits for a newer one. */
function generationOf({ generation = 1 }: AccountInput): number {
  if (generation > GENERATION) {
    throw new Error(`this run decides by generation ${generation}, this worker knows up to ${GENERATION}`);
  }
  return generation;
}

function stateOf(input: AccountInput, generation: number): AccountState | null {
  if (input.state !== undefined) return { ...migrate(input.state), generation };
  return input.enrolment === undefined ? null : begun(input.enrolment, generation);
}

/** Typed by hand it may be anything: what cannot be begun ends the run, for a task that fails for ever keeps its id. */
function begun(enrolment: Enrolment, generation: number): AccountState {
  if (!isZone(enrolment?.terms?.zone)) throw unreadable('its zone is unknown');
  try {
    return migrate(begin(enrolment, generation));
  } catch {
    throw unreadable('its enrolment is not whole');
  }
}

function unreadable(reason: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `the input of the workflow is not understood: ${reason}`,
    'ACCOUNT_INPUT',
  );
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
