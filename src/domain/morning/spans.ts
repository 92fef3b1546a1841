import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { standing, type Standing } from '../delinquency/standing';
import { activeHolds } from '../hold/active';
import type { Counting } from '../strategy/strategy';
import type { IsoDate } from '../units';
import { dueDayOf, nextSnapshot } from './cycle';
import type { History } from './history';
import { Process } from './process';
import type { Milestones, PromiseFigure, Span } from './span';

/** What an account contributes to the figures, up to a day. */
export interface Projection {
  readonly spans: readonly Span[];
  readonly milestones: Milestones;
  readonly promises: readonly PromiseFigure[];
  /** The next day on which something changes: by the mere passing of days, or by what is told for then; null for none. */
  readonly nextChange: IsoDate | null;
}

/** Days past due at which a bucket by days or a milestone begins. */
const THRESHOLDS = [1, 30, 31, 60, 61, 90, 91, 121, 151, 181] as const;
const NO_MILESTONES: Milestones = {
  enteredOn: null,
  enteredBalance: 0,
  ever30: null,
  ever60: null,
  ever90: null,
};

/**
 * The account's spans up to and including `upTo`. Pure, and a prefix of what it gives for a later day: closed days
 * never change, whatever is told afterwards.
 */
export function project(history: History, upTo: IsoDate): Projection {
  return new Walk(history).to(upTo);
}

/** Goes from one day on which anything changes to the next. */
class Walk {
  private readonly process: Process;
  private readonly spans: Span[] = [];
  private readonly promises = new Map<string, Omit<PromiseFigure, 'status' | 'judgedOn' | 'paid'>>();
  private milestones = NO_MILESTONES;
  private dueDay: number | null = null;
  private snapshot: IsoDate | null = null;
  private facts = 0;
  private decisions = 0;

  constructor(private readonly history: History) {
    this.process = new Process(history);
  }

  to(upTo: IsoDate): Projection {
    let day: IsoDate | null = this.history.since;
    while (day !== null && day <= upTo) {
      this.arrive(day);
      const counting = this.counting();
      const at = standing(this.process.account, counting, day);
      this.look(day, at, counting);
      const timed = this.isOver(day) ? null : this.changesAfter(day, at, counting);
      day = soonest(timed, this.nextTold());
    }
    return {
      spans: this.spans,
      milestones: this.milestones,
      promises: this.promiseFigures(),
      nextChange: day,
    };
  }

  /** Everything that counts from that day or earlier, in the order in which it happened. */
  private arrive(day: IsoDate): void {
    const { facts, decisions } = this.history;
    for (;;) {
      const fact = facts[this.facts];
      const decision = decisions[this.decisions];
      const hasFact = fact !== undefined && fact.day <= day;
      const hasDecision = decision !== undefined && decision.day <= day;
      if (!hasFact && !hasDecision) return;
      if (hasFact && (!hasDecision || fact.event.at <= decision.at)) {
        this.facts += 1;
        this.process.fact(fact.event, day);
        if (fact.event.kind === 'promise') this.notePromise(fact.event.promise, fact.event, day);
      } else if (decision !== undefined) {
        this.decisions += 1;
        this.process.decision(decision);
      }
    }
  }

  private nextTold(): IsoDate | null {
    const fact = this.history.facts[this.facts]?.day ?? null;
    return soonest(fact, this.history.decisions[this.decisions]?.day ?? null);
  }

  private counting(): Counting {
    const { counting, strategy } = this.history;
    const found = counting.get(this.process.strategy) ?? counting.get(strategy);
    if (found === undefined) throw new Error(`the strategy ${strategy} is not known`);
    return found;
  }

  private look(day: IsoDate, at: Standing, counting: Counting): void {
    const { account, ended } = this.process;
    this.reachMilestones(day, at);
    const last = this.spans[this.spans.length - 1];
    this.dueDay = dueDayOf(account, at) ?? this.dueDay;
    const begins = this.snapshot !== null && day >= this.snapshot;
    if (begins || this.snapshot === null)
      this.snapshot = nextSnapshot(day, this.dueDay, graceFor(account, counting));
    if (ended !== null && (last === undefined || last.to !== null || (last.ended !== null && begins))) {
      // A closed account stays until the end of the cycle that it was closed in, so that the roll has it.
      this.snapshot = null;
      return this.endAt(day);
    }
    const bucket = at.late && ended === null ? at.bucket : 0;
    const continues = last !== undefined && last.to === null && !begins;
    this.add({
      from: day,
      to: null,
      bucket,
      dpd: at.contractDpd,
      pastDue: ended === null ? at.pastDue : 0,
      balance: ended === null ? at.balance : 0,
      stage: ended === null ? this.process.stage : null,
      segment: this.process.segment,
      holds: holdsOn(account, day),
      promised: account.promises.some(({ status }) => status === 'open'),
      writtenOff: account.writtenOff,
      contacted: this.process.contacted,
      ended,
      rollsOn: ended === null ? rollsOn(at, bucket, counting) : null,
      cycle: continues ? last.cycle : begins ? day : null,
      startBucket: continues ? last.startBucket : begins && ended === null ? bucket : null,
      startBalance: continues ? last.startBalance : begins && ended === null ? at.balance : null,
    });
    // Nothing is past due any more: whoever becomes late again has not been spoken to yet.
    if (at.oldestDue === null) this.process.contacted = false;
  }

  private add(span: Span): void {
    const last = this.spans[this.spans.length - 1];
    if (last !== undefined && last.to === null) {
      if (isSame(last, span)) return;
      this.endAt(span.from);
    }
    this.spans.push(span);
  }

  private endAt(day: IsoDate): void {
    const last = this.spans.pop();
    if (last !== undefined) this.spans.push(last.to === null ? { ...last, to: day } : last);
  }

  private isOver(day: IsoDate): boolean {
    const last = this.spans[this.spans.length - 1];
    return this.process.ended !== null && (last === undefined || (last.to !== null && last.to <= day));
  }

  private reachMilestones(day: IsoDate, at: Standing): void {
    if (this.process.ended !== null) return;
    const m = this.milestones;
    const reached = (before: IsoDate | null, days: number): IsoDate | null =>
      before ?? (at.contractDpd >= days ? day : null);
    const enters = m.enteredOn === null && at.late;
    this.milestones = {
      enteredOn: enters ? day : m.enteredOn,
      enteredBalance: enters ? at.balance : m.enteredBalance,
      ever30: reached(m.ever30, 30),
      ever60: reached(m.ever60, 60),
      ever90: reached(m.ever90, 90),
    };
  }

  /** The first day after `day` on which the passing of days may change what the figures show. */
  private changesAfter(day: IsoDate, at: Standing, counting: Counting): IsoDate | null {
    const { account } = this.process;
    let next: IsoDate | null = this.snapshot;
    const may = (on: IsoDate | null): void => {
      if (on !== null && on > day && (next === null || on < next)) next = on;
    };
    const grace = counting.grace.days + 1;
    for (const { due } of account.owed.obligations) {
      may(addDays(due, 1));
      if (due <= day) may(addDays(due, grace));
    }
    if (at.oldestDue !== null) {
      for (const days of [...THRESHOLDS, grace]) may(addDays(at.oldestDue, days));
    }
    for (const { valueDate } of account.owed.movements) may(valueDate);
    for (const { from, until } of account.holds) {
      may(from);
      may(until === null ? null : addDays(until, 1));
    }
    return next;
  }

  private notePromise(
    id: string,
    event: Extract<History['facts'][number]['event'], { kind: 'promise' }>,
    day: IsoDate,
  ): void {
    const made = this.process.account.promises.find((one) => one.id === id);
    if (made === undefined || this.promises.has(id)) return;
    this.promises.set(id, {
      promise: id,
      madeOn: day,
      date: made.date,
      amount: made.amount,
      channel: event.channel,
      by: event.by ?? null,
      segment: this.process.segment,
    });
  }

  private promiseFigures(): PromiseFigure[] {
    const { statuses, judged, paid } = this.process;
    return [...this.promises.values()].map((made) => ({
      ...made,
      status: statuses.get(made.promise) ?? 'open',
      judgedOn: judged.get(made.promise) ?? null,
      paid: paid.get(made.promise) ?? 0,
    }));
  }
}

/** Grace shifts a card's snapshot; a loan's is the month's end. */
function graceFor({ terms }: AccountState, counting: Counting): number {
  return terms.product === 'credit_card' ? counting.grace.days : 0;
}

function holdsOn(account: AccountState, day: IsoDate): string {
  if (account.holds.length === 0) return '';
  return [...new Set(activeHolds(account.holds, day).map(({ type }) => type))].sort().join(',');
}

/** When the bucket rises if nothing happens: by days at the next threshold, by cycles when the next minimum is missed. */
function rollsOn(at: Standing, bucket: number, counting: Counting): IsoDate | null {
  if (at.oldestDue === null || bucket >= 7) return null;
  if (!at.late) return addDays(at.oldestDue, counting.grace.days + 1);
  if (counting.bucketBy === 'days') return addDays(at.oldestDue, bucket * 30 + 1);
  return at.nextDue === null ? null : addDays(at.nextDue, 1);
}

/** Days past due go on by themselves and make no span of their own. */
function isSame(a: Span, b: Span): boolean {
  return (
    a.bucket === b.bucket &&
    a.pastDue === b.pastDue &&
    a.balance === b.balance &&
    a.stage === b.stage &&
    a.segment === b.segment &&
    a.holds === b.holds &&
    a.promised === b.promised &&
    a.writtenOff === b.writtenOff &&
    a.contacted === b.contacted &&
    a.ended === b.ended &&
    a.rollsOn === b.rollsOn &&
    a.cycle === b.cycle
  );
}

function soonest(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
