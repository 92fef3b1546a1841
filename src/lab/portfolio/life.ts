import { addDays } from '../../domain/calendar/day';
import type { AccountEvent, HostFigures } from '../../domain/account/events';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import type { Card } from './card';
import { Ledger } from './ledger';
import { cyclesByMonth, dueDate, momentOn, within } from './months';
import { Random } from './random';

/** What happens to an account whatever anybody does about it: money, the host's figures, disputes, the end. */
export interface Life {
  /** As the host knows the account on the day of enrolment. */
  readonly figures: HostFigures;
  /** In the order in which they happen, ids unique within the account. */
  readonly events: readonly AccountEvent[];
}

export interface LifeOptions {
  readonly seed: number;
  readonly enrolledOn: IsoDate;
  /** Nothing is planned from this day on. */
  readonly until: IsoDate;
}

/** Hours in which people pay, in minutes of the day. */
const FROM = 7 * 60;
const TO = 21 * 60;
/** The host closes its day shortly after midnight. */
const CLOSING = 20;
const NEWS = 40;
/** From here on the measured months are over, and an account may leave the book by settlement or sale. */
const ENDS_FROM_MONTH = 6;

/**
 * The life that an account's movements imply: it pays as many minimums between two due dates as lie between what was
 * uncovered then and what is uncovered now. Seeded by the account alone.
 */
export function lifeOf(card: Card, options: LifeOptions): Life {
  const random = new Random(options.seed, 'life', card.number);
  const cycles = cyclesByMonth(card.monthsLate);
  const ledger = new Ledger(card, options.enrolledOn, cycles[0] ?? 0);
  const figures = ledger.figures(0, momentOn(options.enrolledOn, 0, card.person.zone));
  const events: AccountEvent[] = [];
  for (let month = 1; month < cycles.length && !ledger.ended; month += 1) {
    const last = addDays(dueDate(card, options.enrolledOn, month - 1), 1);
    if (last >= options.until) break;
    events.push(...new MonthOf(card, options, ledger, random, month).play(cycles[month] ?? 0));
  }
  events.push(...disputeOf(card, options, cycles));
  const end = momentOn(options.until, 0, card.person.zone);
  const planned = events.filter((event) => event.at < end);
  return { figures, events: planned.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

/** One month of one account, from the day after a due date to the day after the next. */
class MonthOf {
  private readonly events: AccountEvent[] = [];
  private readonly due: IsoDate;
  private readonly from: IsoDate;

  constructor(
    private readonly card: Card,
    options: LifeOptions,
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly month: number,
  ) {
    this.due = dueDate(card, options.enrolledOn, month);
    const start = addDays(dueDate(card, options.enrolledOn, month - 1), 1);
    // What happened before the enrolment stands in the figures already; the first day is the engine's.
    this.from = within(start, addDays(options.enrolledOn, 1), this.due);
  }

  /** To so many uncovered minimums. */
  play(after: number): AccountEvent[] {
    const before = this.ledger.cycles;
    const paid = Math.max(0, before + 1 - after);
    const old = Math.min(before, paid);
    if (old > 0) this.pay('old', this.payDay(before), this.ledger.oldest(old));
    else if (before > 0) this.nearlyPay();
    if (paid > old) this.payCurrent();
    else if (this.card.autopay !== null) this.debit('failed');
    this.ledger.fallDue(paid > old ? 'paid' : 'missed', after);
    this.news(addDays(this.due, 1), this.month);
    this.leave();
    return this.events;
  }

  /** Most who are one payment behind pay in the first days (ladders 13), later ones on any day of the month. */
  private payDay(behind: number): IsoDate {
    const days =
      behind === 1
        ? this.random.weighted([
            [this.random.whole(1, 3), 53],
            [this.random.whole(4, 10), 24],
            [this.random.whole(11, 28), 23],
          ])
        : this.random.whole(2, 27);
    const day = addDays(this.from, days - 1);
    return within(day, this.from, addDays(this.due, -1) < this.from ? this.from : addDays(this.due, -1));
  }

  private pay(name: string, day: IsoDate, amount: Minor): void {
    if (amount <= 0) return;
    const { zone } = this.card.person;
    const id = `month-${this.month}-${name}`;
    const transfer = this.random.chance(0.3);
    const announced = transfer && this.random.chance(0.4) && day > this.from;
    const minutes = this.random.whole(FROM, TO);
    if (announced) {
      const at = momentOn(addDays(day, -1), this.random.whole(FROM, TO), zone);
      this.events.push({
        kind: 'payment',
        id: `${id}-announced`,
        at,
        amount,
        valueDate: day,
        pending: true,
        method: 'transfer',
      });
    }
    const at = momentOn(day, minutes, zone);
    this.events.push({
      kind: 'payment',
      id,
      at,
      amount,
      valueDate: day,
      method: transfer ? 'transfer' : 'wallet',
    });
    this.ledger.receive(amount);
    if (addDays(day, 1) < this.due) this.news(addDays(day, 1), this.month - 1, name);
  }

  /** The part that is not late yet: by debit on the day, or by hand in the days before it. */
  private payCurrent(): void {
    if (this.card.autopay !== null) {
      this.debit('paid');
      return;
    }
    this.pay(
      'current',
      within(addDays(this.due, -this.random.whole(0, 6)), this.from, this.due),
      this.ledger.nextPart,
    );
  }

  private debit(result: 'paid' | 'failed'): void {
    const { zone } = this.card.person;
    const at = momentOn(this.due, TO, zone);
    const id = `month-${this.month}-debit`;
    if (result === 'paid') {
      const amount = this.ledger.nextPart;
      if (amount <= 0) return;
      this.events.push({
        kind: 'payment',
        id: `${id}-paid`,
        at,
        amount,
        valueDate: this.due,
        method: 'debit',
      });
      this.ledger.receive(amount);
    }
    this.events.push({
      kind: 'debit-result',
      id,
      at: momentOn(this.due, TO + 30, zone),
      date: this.due,
      result,
    });
  }

  /** Pays a part that covers no minimum, or pays and the bank takes it back. */
  private nearlyPay(): void {
    const { zone } = this.card.person;
    const day = within(addDays(this.from, this.random.whole(3, 20)), this.from, this.due);
    const at = momentOn(day, this.random.whole(FROM, TO), zone);
    const id = `month-${this.month}`;
    if (this.random.chance(0.1)) {
      const amount = Math.round(this.ledger.oldest(1) * 0.3);
      if (amount <= 0) return;
      this.events.push({ kind: 'payment', id: `${id}-part`, at, amount, valueDate: day, method: 'wallet' });
      this.ledger.receive(amount);
    } else if (this.random.chance(0.06)) {
      const amount = this.ledger.oldest(1);
      const back = momentOn(addDays(day, 3), 9 * 60, zone);
      this.events.push({
        kind: 'payment',
        id: `${id}-returned`,
        at,
        amount,
        valueDate: day,
        method: 'cheque',
      });
      this.events.push({
        kind: 'reversal',
        id: `${id}-return`,
        at: back,
        of: `${id}-returned`,
        reason: 'returned',
      });
    }
  }

  /** What the host tells after closing a day. */
  private news(day: IsoDate, month: number, name = 'month-end'): void {
    const { zone } = this.card.person;
    const figures = this.ledger.figures(month, momentOn(day, CLOSING, zone));
    const at = momentOn(day, NEWS, zone);
    this.events.push({ kind: 'host-update', id: `month-${this.month}-${name}-figures`, at, figures });
  }

  /** Written off at seven uncovered minimums, a policy of this host; later settled or sold, now and then. */
  private leave(): void {
    const { zone } = this.card.person;
    const day = (days: number): Instant => momentOn(addDays(this.due, days), 9 * 60, zone);
    if (this.ledger.cycles < 7) return;
    if (!this.ledger.writtenOff) {
      this.ledger.writtenOff = true;
      this.events.push({ kind: 'write-off', id: 'write-off', at: day(2) });
      return;
    }
    if (this.month < ENDS_FROM_MONTH) return;
    const end = this.random.weighted<'settled' | 'sold' | null>([
      ['settled', 20],
      ['sold', 15],
      [null, 65],
    ]);
    if (end === null) return;
    this.ledger.ended = true;
    if (end === 'settled') {
      const amount = Math.round(this.ledger.balance * 0.6);
      this.events.push({
        kind: 'payment',
        id: 'settlement',
        at: day(4),
        amount,
        valueDate: addDays(this.due, 4),
        method: 'transfer',
      });
    }
    this.events.push({ kind: 'close', id: 'end', at: day(5), reason: end });
  }
}

/** Somebody who disputes says so in the first month in which a collector would call, and is answered in two weeks. */
function disputeOf(card: Card, options: LifeOptions, cycles: readonly number[]): AccountEvent[] {
  if (card.manner !== 'disputes') return [];
  const random = new Random(options.seed, 'dispute', card.number);
  const month = cycles.findIndex((count) => count > 0);
  const day = addDays(dueDate(card, options.enrolledOn, month), random.whole(9, 16));
  const raised = within(day, addDays(options.enrolledOn, 2), options.until);
  const outcome = random.weighted<'rejected' | 'partly'>([
    ['rejected', 70],
    ['partly', 30],
  ]);
  const { zone } = card.person;
  return [
    {
      kind: 'dispute-raised',
      id: 'dispute',
      at: momentOn(raised, 11 * 60, zone),
      dispute: 'dispute-1',
      reason: 'wrong-amount',
    },
    {
      kind: 'dispute-resolved',
      id: 'dispute-answer',
      at: momentOn(addDays(raised, 14), 15 * 60, zone),
      dispute: 'dispute-1',
      outcome,
    },
  ];
}
