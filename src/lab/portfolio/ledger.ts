import type { HostFigures } from '../../domain/account/events';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import { addDays } from '../../domain/calendar/day';
import type { Card } from './card';
import { dueDate } from './months';

/** A month's interest and charge on what is not paid, and new purchases of those who pay, as shares. */
const COST_OF_LATE = 0.018;
const SPENT_ANEW = 0.9;

/** The host's books of one card, as simple as a host can be: every month a new part of the same size falls due. */
export class Ledger {
  balance: Minor;
  cycles: number;
  writtenOff = false;
  ended = false;
  /** Paid towards the oldest part without covering it, or towards the part that is not due yet. */
  private credit: Minor = 0;

  constructor(
    private readonly card: Card,
    private readonly enrolledOn: IsoDate,
    cycles: number,
  ) {
    this.cycles = cycles;
    this.balance = Math.max(card.balance, cycles * card.minimum);
  }

  /** What the oldest parts still take. */
  oldest(parts: number): Minor {
    return Math.min(this.balance, Math.max(0, parts * this.card.minimum - this.credit));
  }

  /** What the part that falls due next still takes. */
  get nextPart(): Minor {
    return Math.min(this.balance, this.card.minimum);
  }

  receive(amount: Minor): void {
    this.balance -= amount;
    this.credit += amount;
    while (this.cycles > 0 && this.credit >= Math.min(this.card.minimum, this.credit + this.balance)) {
      this.credit -= Math.min(this.card.minimum, this.credit);
      this.cycles -= 1;
    }
  }

  /** A month ends: its part was paid, or is uncovered from now on. `cycles` is the host's own count afterwards. */
  fallDue(part: 'paid' | 'missed', cycles: number): void {
    if (part === 'paid') this.credit = 0;
    if (cycles === 0) {
      this.credit = 0;
      this.balance += Math.round(this.card.minimum * SPENT_ANEW);
    } else this.balance += Math.round(this.balance * COST_OF_LATE);
    this.cycles = cycles;
    this.balance = Math.max(this.balance, this.card.minimum, this.pastDue);
  }

  /** As of a moment after that month's due date. */
  figures(month: number, asOf: Instant): HostFigures {
    const nextDue = dueDate(this.card, this.enrolledOn, month + 1);
    return {
      asOf,
      pastDue: this.pastDue,
      oldestDue: this.pastDue === 0 ? null : dueDate(this.card, this.enrolledOn, month + 1 - this.cycles),
      cycles: this.pastDue === 0 ? 0 : this.cycles,
      balance: this.balance,
      nextDue,
      nextAmount: this.nextPart,
      statementDate: addDays(nextDue, -20),
    };
  }

  private get pastDue(): Minor {
    return Math.max(0, this.cycles * this.card.minimum - this.credit);
  }
}
