import { apply } from '../domain/account/apply';
import { begin } from '../domain/account/begin';
import type { AccountEvent } from '../domain/account/events';
import type { AccountState } from '../domain/account/state';
import type { Terms } from '../domain/account/terms';
import { view } from '../domain/account/view';
import { addDays } from '../domain/calendar/day';
import { instantOf } from '../domain/calendar/zone';
import { advance } from '../domain/decide/advance';
import { decide } from '../domain/decide/decide';
import type { Action, Decision, StepResult } from '../domain/decide/decision';
import { record } from '../domain/decide/record';
import { sentenceIn } from '../domain/decide/sentence-in';
import { standing } from '../domain/delinquency/standing';
import { silence } from '../domain/quiet/silence';
import { considerPromise } from '../domain/promise/consider';
import type { Amounts } from '../domain/ledger/components';
import { ledgerOf } from '../domain/ledger/of-account';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate, Minor, Scalar } from '../domain/units';
import { TraceOffers, type TraceOffer } from './trace-offers';

/** One account's dated events, to be played through the core without any server. */
export interface Trace {
  readonly terms: Terms;
  readonly facts: Readonly<Record<string, Scalar>>;
  /** The day on which the engine takes the account, and the last day played. */
  readonly start: IsoDate;
  readonly until: IsoDate;
  /** In any order; each is applied at its own moment. */
  readonly events: readonly AccountEvent[];
  /** Offers asked, approved and withdrawn, in any order. */
  readonly offers?: readonly TraceOffer[];
  /** What the world answers to a step, by its name; done when it is not named. */
  readonly answers?: Readonly<Record<string, TraceAnswer>>;
  /** Days on which nothing runs: events arrive, and are looked at when the engine is back. */
  readonly down?: readonly { readonly from: IsoDate; readonly until: IsoDate }[];
  readonly expectations?: readonly Expectation[];
}
export type TraceAnswer =
  { readonly how: 'deferred'; readonly days: number } | { readonly how: 'refused' | 'not-sent' | 'unknown' };

/** What must hold at the end of a day, or at a moment of it; what is not named may be anything. */
export interface Expectation {
  readonly day: IsoDate;
  /** With everything done that was due by then. Without one: the end of the day. */
  readonly at?: Instant;
  readonly stage?: string | null;
  readonly segment?: string | null;
  readonly path?: string | null;
  readonly dpd?: number;
  readonly contractDpd?: number;
  readonly bucket?: number;
  readonly cycles?: number;
  readonly pastDue?: Minor;
  readonly balance?: Minor;
  /** Past due less what is disputed. */
  readonly askable?: Minor;
  /** What was paid too much and is not given back. */
  readonly overpaid?: Minor;
  /** What of the debt is what, of a loan whose books the engine keeps; what is not named may be anything. */
  readonly owed?: Partial<Amounts>;
  /** Each dispute that is remembered, with how it stands: `d1 open`, `d2 repeated`, `d3 rejected`. */
  readonly disputes?: readonly string[];
  readonly closed?: string | null;
  readonly holds?: readonly string[];
  /** How the promise made last stands. */
  readonly promise?: string | null;
  /** Each promise that is remembered, with how it stands: `p1 kept`. */
  readonly promises?: readonly string[];
  /** The agreement made last and how it stands: `plan kept`. */
  readonly agreement?: string | null;
  /** How the offer asked last was answered, or what became of it since. */
  readonly offer?: string | null;
  /** `T0` … `T4`, below which nothing is said any more; null without an episode. */
  readonly floor?: string | null;
  /** Why contact is quiet although something is owed: `announced`, `claimed`, `debit-awaited`, `debit-made`. */
  readonly quiet?: string | null;
  /** Names of the steps that turned out to have crossed a payment, in the strategy's order. */
  readonly crossed?: readonly string[];
  /** Names of the steps done on that day, in order. */
  readonly steps?: readonly string[];
}

export interface TraceDay {
  readonly day: IsoDate;
  readonly stage: string | null;
  readonly segment: string | null;
  readonly path: string | null;
  readonly dpd: number;
  readonly contractDpd: number;
  readonly bucket: number;
  readonly cycles: number;
  readonly pastDue: Minor;
  readonly balance: Minor;
  readonly askable: Minor;
  readonly overpaid: Minor;
  readonly owed: Amounts | null;
  readonly disputes: readonly string[];
  readonly holds: readonly string[];
  readonly promise: string | null;
  readonly promises: readonly string[];
  readonly agreement: string | null;
  readonly offer: string | null;
  readonly floor: string | null;
  readonly quiet: string | null;
  readonly crossed: readonly string[];
  readonly closed: string | null;
  readonly steps: readonly string[];
  readonly happened: readonly Happened[];
}
/** A fact that arrived, or something that was decided, with its reason. */
export interface Happened {
  readonly at: Instant;
  readonly what: string;
  readonly why: string;
}
export interface Failed {
  readonly day: IsoDate;
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}
export interface Played {
  readonly days: readonly TraceDay[];
  readonly failed: readonly Failed[];
  readonly account: AccountState;
}

/** A strategy that turns in a circle on one moment is stopped here instead of playing for ever. */
const MOST_A_DAY = 500;

/**
 * Plays a trace day by day: applies what happens at its moment, asks the core what to do, answers its steps, and looks
 * at the account at the end of each day. Pure: the same trace gives the same days everywhere.
 */
export function playTrace(trace: Trace, strategy: Strategy): Played {
  const player = new Player(trace, strategy);
  const days: TraceDay[] = [];
  for (let day = trace.start; day <= trace.until; day = addDays(day, 1)) days.push(player.day(day));
  return { days, failed: player.failed, account: player.account };
}

class Player {
  account: AccountState;
  readonly failed: Failed[] = [];
  private readonly waiting: AccountEvent[];
  private readonly asking: TraceOffer[];
  private readonly offers = new TraceOffers();
  private readonly expected: Expectation[];
  private hasClosed = false;
  /** When the account wants to be woken: it is not looked at before, as it would not be in its workflow. */
  private wake: Instant | null = null;
  private happened: Happened[] = [];
  private steps: string[] = [];

  constructor(
    private readonly trace: Trace,
    private readonly strategy: Strategy,
  ) {
    const { terms, facts, start, events, expectations = [] } = trace;
    this.account = begin({ terms, facts, enteredOn: start, events: [] });
    this.wake = instantOf(start, '00:00', terms.zone);
    this.waiting = [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    this.asking = [...(trace.offers ?? [])].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    this.expected = [...expectations].sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1));
  }

  day(day: IsoDate): TraceDay {
    this.happened = [];
    this.steps = [];
    const { zone } = this.trace.terms;
    const midnight = instantOf(addDays(day, 1), '00:00', zone);
    const down = (this.trace.down ?? []).some(({ from, until }) => day >= from && day < until);
    if (!down) this.live(instantOf(day, '00:00', zone), midnight, day);
    this.expect(day, END);
    return this.look(day);
  }

  private look(day: IsoDate): TraceDay {
    const at = view(this.account, this.strategy, day);
    return {
      day,
      ...{ stage: at.stage, segment: at.segment, path: at.path },
      ...{ dpd: at.treatmentDpd, contractDpd: at.contractDpd, bucket: at.bucket, cycles: at.cycles },
      ...{ pastDue: at.pastDue, balance: at.balance, holds: at.holds, promise: at.promise },
      askable: standing(this.account, this.strategy.counting, day).askable,
      overpaid: Math.max(0, -at.balance),
      owed: ledgerOf(this.account, this.strategy.counting.money)?.on(day).owed ?? null,
      disputes: this.account.disputes.map(
        ({ id, resolved, repeats }) =>
          `${id} ${resolved?.outcome ?? (repeats === undefined ? 'open' : 'repeated')}`,
      ),
      promises: this.account.promises.map(({ id, status }) => `${id} ${status}`),
      agreement: agreementOf(this.account),
      offer: this.offers.last(day),
      floor: this.account.episode === null ? null : `T${this.account.episode.floor}`,
      quiet: this.quietOn(day),
      crossed: this.strategy.steps
        .map(({ name }) => name)
        .filter((name) => this.account.done[name]?.how === 'crossed'),
      closed: this.account.closed?.reason ?? null,
      steps: this.steps,
      happened: this.happened,
    };
  }

  private quietOn(day: IsoDate): string | null {
    const at = standing(this.account, this.strategy.counting, day);
    return silence(this.account, this.strategy, at, day)?.because ?? null;
  }

  /** From one moment to another: whatever comes first, an event, a check, or the moment that the account waits for. */
  private live(from: Instant, end: Instant, day: IsoDate): void {
    let now = this.first(from, end);
    if (now >= end) return;
    for (let turns = 0; turns < MOST_A_DAY; turns += 1) {
      this.arrive(now);
      const decision = decide(this.account, this.strategy, now);
      const { action } = decision;
      if (action.do !== 'wait' && !(action.do === 'close' && this.hasClosed)) {
        this.carryOut(decision, now);
        continue;
      }
      this.expect(day, now);
      this.wake = action.do === 'wait' ? action.until : null;
      now = this.soonest(end);
      if (now >= end) return;
    }
  }

  /** The first moment of a day at which anything happens; what was missed while everything was down comes at once. */
  private first(from: Instant, end: Instant): Instant {
    const next = this.soonest(end);
    return next < from ? from : next;
  }

  private soonest(end: Instant): Instant {
    return [this.wake, this.waiting[0]?.at, this.asking[0]?.at, this.expected[0]?.at].reduce<Instant>(
      (first, moment) => (moment !== null && moment !== undefined && moment < first ? moment : first),
      end,
    );
  }

  /** Holds what is expected by now against the account as it is. */
  private expect(day: IsoDate, now: Instant): void {
    for (let next = this.expected[0]; next !== undefined; next = this.expected[0]) {
      if (next.day > day || (next.day === day && (next.at ?? END) > now)) return;
      this.expected.shift();
      this.failed.push(...failures(next, this.look(day)));
    }
  }

  private carryOut(decision: Decision, now: Instant): void {
    const { action } = decision;
    const result = action.do === 'step' ? this.answer(action.occurrence.step, now) : null;
    this.account = record(this.account, this.strategy, decision, result, now);
    if (action.do === 'close') this.hasClosed = true;
    if (action.do === 'step') this.steps.push(action.occurrence.step);
    this.happened.push({
      at: now,
      what: sayAction(action, result),
      why: sentenceIn(this.strategy.currency, decision.why),
    });
  }

  private arrive(now: Instant): void {
    for (let event = this.waiting[0]; event !== undefined && event.at <= now; event = this.waiting[0]) {
      this.waiting.shift();
      if (event.kind === 'promise') {
        const { accepted, why: reason, intention } = considerPromise(this.account, this.strategy, event, now);
        const what = accepted
          ? 'promise accepted'
          : intention === true
            ? 'intention noted'
            : 'promise refused';
        this.happened.push({ at: now, what, why: sentenceIn(this.strategy.currency, reason) });
        if (intention === true) this.account = apply(this.account, { ...event, intention });
        if (!accepted) continue;
      } else this.happened.push({ at: now, what: `told: ${event.kind}`, why: '' });
      this.account = apply(this.account, event);
      if (this.account.closed === null) this.hasClosed = false;
    }
    for (let act = this.asking[0]; act !== undefined && act.at <= now; act = this.asking[0]) {
      this.asking.shift();
      // Asked when everything that came before has been looked at, as the workflow does.
      this.account = advance(this.account, this.strategy, now).account;
      const { event, what, why } = this.offers.play(this.account, this.strategy, act, now);
      this.happened.push({ at: now, what, why });
      if (event !== null) this.account = apply(this.account, event);
    }
  }

  private answer(step: string, now: Instant): StepResult {
    const answer = this.trace.answers?.[step];
    if (answer === undefined) return { how: 'done' };
    if (answer.how === 'unknown') return { how: 'unknown' };
    if (answer.how !== 'deferred') return { how: answer.how, rule: 'trace' };
    const until = new Date(Date.parse(now) + answer.days * 86_400_000).toISOString();
    return { how: 'deferred', until, rule: 'trace' };
  }
}

function agreementOf({ agreements = [] }: AccountState): string | null {
  const last = agreements.at(-1);
  return last === undefined ? null : `${last.terms.kind} ${last.status}`;
}

function sayAction(action: Action, result: StepResult | null): string {
  switch (action.do) {
    case 'step':
      return `step ${action.occurrence.step}: ${result?.how ?? 'done'}`;
    case 'stage':
      return `stage ${action.stage ?? 'none'}`;
    case 'segment':
      return `segment ${action.segment}`;
    case 'review':
      return `look at the segment`;
    case 'episode':
      return `episode ${action.change}`;
    case 'judge':
      return `promise ${action.verdict}`;
    case 'judge-agreement':
      return `agreement ${action.status}`;
    case 'skip':
    case 'put-off':
      return `${action.do} ${action.occurrence.step}`;
    case 'claim':
      return action.rests ? 'claim rests' : 'claim again';
    case 'miss-debit':
      return `no debit result of ${action.due}`;
    case 'look-back':
      return `look back to ${action.from}`;
    case 'end-task':
      return `end ${action.step}`;
    case 'close':
      return `close ${action.reason}`;
    case 'wait':
      return 'wait';
  }
}

/** After every moment of a day. */
const END = '~';

function momentOf({ day, at }: Expectation): string {
  return `${day} ${at ?? END}`;
}

function partsFailing(day: IsoDate, want: object, found: Amounts | null): Failed[] {
  const have: Readonly<Record<string, Minor>> = found ?? {};
  return Object.entries(want).flatMap(([part, amount]): Failed[] =>
    have[part] === amount
      ? []
      : [{ day, field: `owed ${part}`, expected: amount as Minor, found: have[part] ?? null }],
  );
}

function failures(expected: Expectation, found: TraceDay): Failed[] {
  const { day, at: _at, ...fields } = expected;
  return Object.entries(fields).flatMap(([field, want]): Failed[] => {
    const have: unknown = found[field as keyof TraceDay];
    if (field === 'owed' && typeof want === 'object') return partsFailing(day, want ?? {}, found.owed);
    const same = want === undefined || JSON.stringify(want) === JSON.stringify(have);
    return same ? [] : [{ day, field, expected: want, found: have ?? null }];
  });
}
