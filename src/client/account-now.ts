import type { AccountRow } from '../book/accounts';
import type { CreditRow } from '../book/credits';
import { waitingForSecond, type SecondRow } from '../book/second-person';
import { strategyByHash } from '../book/strategies';
import { timelineOf, type TimelineEntry } from '../book/timeline';
import type { AccountState, ItemHold, Note, PartyHold, Promised } from '../domain/account/state';
import { howGiven } from '../domain/account/promise';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { advance } from '../domain/decide/advance';
import type { Decision, Occurrence, StepResult } from '../domain/decide/decision';
import { COMPLAINT_DAYS, DISPUTE_DAYS } from '../domain/decide/deadlines';
import { record } from '../domain/decide/record';
import { refold, type Entry } from '../domain/decide/refold';
import { sentenceIn } from '../domain/decide/sentence-in';
import { activeHolds } from '../domain/hold/active';
import { standing, type Standing } from '../domain/delinquency/standing';
import { promisedDay } from '../domain/promise/days';
import { failsAfter, nextPart } from '../domain/promise/judge';
import { isPayNowOnly } from '../domain/promise/limits';
import { paidUpTo } from '../domain/promise/money';
import { rulesFor } from '../domain/promise/rules';
import { restingComplaints } from '../domain/quiet/complaints';
import { silence, type Silence } from '../domain/quiet/silence';
import { abilityOf } from '../domain/score/ability';
import type { Leaning } from '../domain/score/leaning';
import { quadrantOf, type Quadrant } from '../domain/score/quadrant';
import { willingnessOf } from '../domain/score/willingness';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate, Minor } from '../domain/units';
import type { AccountStatus, ForbearClient, NextAction } from './client';

/** Everything that `show` says of an account. */
export interface AccountNow {
  readonly now: Instant;
  readonly account: AccountRow;
  readonly strategy: Pick<Strategy, 'name' | 'title'>;
  readonly state: AccountState;
  readonly standing: Standing;
  readonly next: NextAction | null;
  /** Who said what is next: the running workflow, or the core on the book's journal. */
  readonly nextBy: 'workflow' | 'journal';
  readonly holds: AccountState['holds'];
  /** Holds in force of one party, or of parts of the debt. */
  readonly narrowHolds: readonly (PartyHold | ItemHold)[];
  /** What somebody asked to lift or to end, and a second person has not decided. */
  readonly waiting: readonly SecondRow[];
  readonly promise: AccountState['promises'][number] | null;
  /** The open ones, then the last that ended. */
  readonly promises: AccountState['promises'];
  /** Of each open promise: where it stands, what has been paid for it, and the last day on which money counts. */
  readonly promised: readonly OpenPromise[];
  /** Ability, willingness and the two-by-two by which treatments are chosen, with what each was taken from. */
  readonly leanings: {
    readonly ability: Leaning;
    readonly willingness: Leaning;
    readonly quadrant: Quadrant;
  };
  /** Too many were broken: no promise is taken any more. */
  readonly payNowOnly: boolean;
  /** The complaints that rest contact, or did; the others were of the same matter. */
  readonly restingComplaints: readonly string[];
  /** By when something raised on a day must be answered. */
  readonly answerBy: { dispute(raisedOn: IsoDate): IsoDate; complaint(on: IsoDate): IsoDate };
  /** Why nobody is asked for money although it is owed; null when nothing keeps contact quiet. */
  readonly quiet: Silence | null;
  /** Whom each payment is credited to, by value date. */
  readonly credits: readonly CreditRow[];
  readonly decisions: readonly Extract<TimelineEntry, { what: 'decision' }>[];
  /** Messages that were not understood, the last ones: those that the book has, then those that only the workflow has. */
  readonly aside: readonly Aside[];
}
export interface OpenPromise {
  readonly promise: string;
  readonly where: 'ahead' | 'due' | 'grace' | 'held';
  readonly paid: Minor;
  /** Of the first part that is not paid; null while a hold without an end stops its days. */
  readonly lastDay: IsoDate | null;
}
type Aside = AccountStatus['aside'][number];

const LAST = 8;
const LAST_ASIDE = 20;

/** The account as its journal makes it on this day, and what comes next and why. */
export async function accountNow(client: ForbearClient, account: AccountRow): Promise<AccountNow> {
  const { db } = client.book;
  const [strategy, timeline, asked, status, lately] = await Promise.all([
    strategyByHash(db, account.strategy),
    timelineOf(db, account.ref),
    client.next(account.ref),
    client.status(account.ref),
    client.lately(account.ref),
  ]);
  const now = client.now();
  const folded = withManner(
    account.finalState ?? refold(account.enrolment, entries(timeline), strategy),
    timeline,
  );
  const { state, next } =
    account.status === 'open' ? upTo(now, folded, strategy) : { state: folded, next: null };
  const day = localDate(now, account.zone);
  const stands = standing(state, strategy.counting, day);
  return {
    now,
    account,
    strategy,
    state,
    standing: stands,
    next: asked ?? next,
    nextBy: asked === null ? 'journal' : 'workflow',
    holds: activeHolds(state.holds, day),
    narrowHolds: [...activeHolds(state.partyHolds ?? [], day), ...activeHolds(state.itemHolds ?? [], day)],
    waiting: await waitingForSecond(db, day, { account }),
    promise: state.promises.find((promise) => promise.status === 'open') ?? null,
    promises: shownPromises(state),
    promised: state.promises
      .filter(({ status }) => status === 'open')
      .map((promise) => openPromise(state, promise, strategy, day)),
    leanings: {
      ability: abilityOf(state, stands, day),
      willingness: willingnessOf(state, day),
      quadrant: quadrantOf(state, stands, day),
    },
    payNowOnly: isPayNowOnly(state, rulesFor(strategy, state.path), day),
    restingComplaints: restingComplaints(state).map(({ id }) => id),
    answerBy: {
      dispute: (on) => addDays(on, strategy.disputes?.answerDays ?? DISPUTE_DAYS),
      complaint: (on) => addDays(on, strategy.complaints?.answerDays ?? COMPLAINT_DAYS),
    },
    quiet: silence(state, strategy, stands, day),
    credits: timeline
      .flatMap((entry) => (entry.what === 'fact' && entry.credit !== undefined ? [entry.credit] : []))
      .sort((a, b) => (a.valueDate < b.valueDate ? -1 : 1)),
    decisions: decided(timeline, lately ?? [], account.strategy, state.generation).slice(-LAST),
    aside: [...timeline.filter((entry) => entry.what === 'aside'), ...(status?.aside ?? [])]
      .map(({ at, name, reason }) => ({ at, name, reason }))
      .slice(-LAST_ASIDE),
  };
}

type Decided = AccountNow['decisions'];

/** What the book has, and what the workflow decided since, which its next activity will tell the book. */
function decided(
  timeline: readonly TimelineEntry[],
  lately: readonly Note[],
  strategy: string,
  generation: number,
): Decided {
  const known = timeline.filter((entry) => entry.what === 'decision');
  const last = known.at(-1)?.at ?? '';
  const since = lately.filter(({ at }) => at > last);
  return [
    ...known,
    ...since.map(({ at, code, args }) => ({
      ...{ at, what: 'decision' as const, why: { code, args } },
      ...{ action: null, result: null, strategy, generation },
    })),
  ];
}

function openPromise(state: AccountState, promise: Promised, strategy: Strategy, day: IsoDate): OpenPromise {
  const rules = rulesFor(strategy, state.path);
  const next = nextPart(state, promise, rules, day);
  const due = promisedDay(state, promise, next?.date ?? promise.date);
  return {
    promise: promise.id,
    where: due === null ? 'held' : day < due ? 'ahead' : day === due ? 'due' : 'grace',
    paid: paidUpTo(state, promise, rules, day),
    lastDay: failsAfter(state, promise, rules, day),
  };
}

/** How each promise was given: the state that a workflow leaves behind does not say it, the journal does. */
function withManner(state: AccountState, timeline: readonly TimelineEntry[]): AccountState {
  const told = new Map(
    timeline.flatMap((entry) =>
      entry.what === 'fact' && entry.event.kind === 'promise'
        ? [[entry.event.promise, entry.event] as const]
        : [],
    ),
  );
  const promises = state.promises.map((made): Promised => {
    const fact = told.get(made.id);
    return fact === undefined ? made : { ...made, ...howGiven(fact) };
  });
  return { ...state, promises };
}

const LAST_PROMISES = 4;

function shownPromises({ promises }: AccountState): AccountState['promises'] {
  const ended = promises.filter(({ status }) => status !== 'open').slice(-LAST_PROMISES);
  return [...promises.filter(({ status }) => status === 'open'), ...ended.reverse()];
}

/** Stages entered and left, promises judged: what the book hears of with the next activity only. */
export function upTo(
  now: Instant,
  folded: AccountState,
  strategy: Strategy,
): { readonly state: AccountState; readonly next: NextAction } {
  let state = folded;
  for (;;) {
    const { account, decision } = advance(state, strategy, now);
    if (decision.action.do !== 'stage') return { state: account, next: asNext(decision, strategy, now) };
    state = record(account, strategy, decision, null, now);
  }
}

/** What the core would do, for an account whose workflow does not answer. */
function asNext({ action, why }: Decision, strategy: Strategy, now: Instant): NextAction {
  if (action.do === 'wait')
    return { action: 'wait', at: action.until, why: sentenceIn(strategy.currency, why) };
  const named = action.do === 'step' ? `step ${action.occurrence.step}` : action.do;
  return { action: named, at: now, why: sentenceIn(strategy.currency, why) };
}

/** What of a timeline the core folds. */
export function entries(timeline: readonly TimelineEntry[]): Entry[] {
  return timeline.flatMap((entry): Entry[] => {
    if (entry.what === 'fact') return [{ kind: 'fact', event: { ...entry.event, seq: entry.seq } }];
    if (entry.what !== 'decision') return [];
    if (entry.action === null || entry.action === undefined) return [{ kind: 'look', at: entry.at }];
    if (!isStep(entry.action) || !isResult(entry.result)) return [];
    const { occurrence, tone } = entry.action;
    return [{ kind: 'decision', at: entry.at, occurrence, tone, why: entry.why, result: entry.result }];
  });
}

function isStep(action: unknown): action is { occurrence: Occurrence; tone: number | null } {
  return (action as { do?: unknown } | null)?.do === 'step';
}

function isResult(result: unknown): result is StepResult {
  return typeof (result as { how?: unknown } | null)?.how === 'string';
}
