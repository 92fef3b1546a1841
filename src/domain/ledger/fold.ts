import { divided } from '../agreement/rate';
import { addDays, daysBetween } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import { Accrual } from './accrual';
import { allocate, type Part } from './allocate';
import { COMPONENTS, each, minus, NOTHING, plus, totalOf, type Amounts, type Component } from './components';
import type { LedgerEntry, LoanTerms, Stopped } from './loan';
import { bandOf } from './order';

/** One day on which something was charged, or would have been. */
export interface ChargeLine {
  readonly on: IsoDate;
  readonly interest: Minor;
  readonly penaltyInterest: Minor;
  readonly lateCharge: Minor;
  /** Not charged because a hold or an agreement stopped it, and because of the cap: shown, never silently lost. */
  readonly stopped: Minor;
  readonly capped: Minor;
}
/** The loan's books on a day. charged − paid + refunded − waived = balance = owed − unallocated, always. */
export interface LoanBooks {
  readonly on: IsoDate;
  readonly charged: Amounts;
  readonly waived: Amounts;
  readonly paid: Minor;
  readonly refunded: Minor;
  readonly owed: Amounts;
  /** Money that found nothing to pay, or waits for a part to fall due. */
  readonly unallocated: Minor;
  readonly balance: Minor;
  readonly dpd: number;
  readonly parts: readonly Part[];
  readonly lines: readonly ChargeLine[];
  readonly paidTo: Amounts;
}

/**
 * The books of a loan at the end of a day, folded anew from everything that happened up to it. So a reversal needs no
 * rule of its own: without the payment, every day has the order and the interest that it would have had. The same
 * entries in any order give the same books. On a day: interest of the night before, then the late charge, then costs
 * and stops, then money, then what was waived.
 */
export function foldLoan(terms: LoanTerms, entries: readonly LedgerEntry[], day: IsoDate): LoanBooks {
  const happened = entries.filter(({ undone, on }) => undone !== true && on <= day).sort(inOrder);
  const books = new Books(terms);
  let next = 0;
  for (let at = terms.startsOn; at <= day; at = addDays(at, 1)) {
    if (at > terms.startsOn) books.charge(at, happened);
    for (let one = happened[next]; one !== undefined && one.on <= at; one = happened[(next += 1)]) {
      books.take(one, at);
    }
    books.useUnallocated(at);
  }
  return books.on(day);
}

const KINDS: readonly LedgerEntry['kind'][] = ['acceleration', 'stop', 'cost', 'payment', 'refund', 'waiver'];

function inOrder(a: LedgerEntry, b: LedgerEntry): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  const kinds = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  return kinds !== 0 ? kinds : a.id < b.id ? -1 : 1;
}

class Books {
  private parts: readonly Part[];
  private charged: Amounts;
  private waived = NOTHING;
  private paidTo = NOTHING;
  private paid: Minor = 0;
  private refunded: Minor = 0;
  private unallocated: Minor = 0;
  private readonly lines: ChargeLine[] = [];
  private readonly fees = new Set<string>();
  private readonly interest: Accrual;
  private readonly penalty: Accrual;
  /** What a stop keeps from being charged has a sum of its own, so that no part of a unit crosses over. */
  private readonly unchargedInterest: Accrual;
  private readonly unchargedPenalty: Accrual;
  private readonly cap: Accrual;
  private room: Minor = 0;

  constructor(private readonly terms: LoanTerms) {
    this.parts = terms.parts.map(({ id, due, principal }) => ({ id, due, owed: { ...NOTHING, principal } }));
    this.charged = { ...NOTHING, principal: terms.parts.reduce((sum, { principal }) => sum + principal, 0) };
    this.interest = new Accrual(terms.dayCount);
    this.penalty = new Accrual(terms.dayCount);
    this.unchargedInterest = new Accrual(terms.dayCount);
    this.unchargedPenalty = new Accrual(terms.dayCount);
    this.cap = new Accrual(terms.dayCount);
  }

  /** What the night before the day cost, and the late charge where a grace ended with it. */
  charge(day: IsoDate, happened: readonly LedgerEntry[]): void {
    const { rate, penaltyRate, capRate } = this.terms;
    const principal = this.principalOf(() => true);
    if (capRate !== null) this.room += this.cap.grow(principal, capRate, day);
    const night = addDays(day, -1);
    const stops = (what: Stopped): boolean =>
      happened.some(
        (one) => one.kind === 'stop' && one.on <= night && one.lastDay >= night && one.what.includes(what),
      );
    const late = this.principalOf(({ due }) => daysBetween(due, day) > this.terms.graceDays && due < day);
    const line = { interest: 0, penaltyInterest: 0, lateCharge: 0, stopped: 0, capped: 0 };
    const post = (component: Component, amount: Minor, isStopped: boolean, part: Part | undefined): Minor => {
      if (amount === 0 || part === undefined) return 0;
      if (isStopped) {
        line.stopped += amount;
        return 0;
      }
      const allowed = capRate === null ? amount : Math.min(amount, this.room);
      line.capped += amount - allowed;
      if (capRate !== null) this.room -= allowed;
      this.owe(part.id, component, allowed);
      return allowed;
    };
    // Interest belongs to the part that falls due next; when all are due, to the last.
    const bears = this.parts.find(({ due }) => due >= day) ?? this.parts.at(-1);
    const calm = stops('interest');
    const grown = (calm ? this.unchargedInterest : this.interest).grow(principal, rate, day);
    line.interest = post('interest', grown, calm, bears);
    const oldest = this.parts.find(({ due, owed }) => due < day && owed.principal > 0);
    const forborne = stops('penalty-interest');
    const penal = (forborne ? this.unchargedPenalty : this.penalty).grow(late, penaltyRate, day);
    line.penaltyInterest = post('penalty-interest', penal, forborne, oldest);
    for (const [part, fee] of this.lateCharges(day)) {
      line.lateCharge += post('late-charge', fee, stops('late-charge'), part);
    }
    const any = line.interest + line.penaltyInterest + line.lateCharge + line.stopped + line.capped > 0;
    if (any) this.lines.push({ on: day, ...line });
  }

  private lateCharges(day: IsoDate): readonly (readonly [Part, Minor])[] {
    const { lateCharge, graceDays } = this.terms;
    if (lateCharge === null) return [];
    return this.parts.flatMap((part): (readonly [Part, Minor])[] => {
      if (this.fees.has(part.id) || daysBetween(part.due, day) <= graceDays) return [];
      const unpaid = part.owed.principal + part.owed.interest;
      if (unpaid <= lateCharge.tolerance) return [];
      this.fees.add(part.id);
      const share = Number(divided(BigInt(unpaid) * BigInt(lateCharge.ppm), 1_000_000n));
      return [[part, Math.min(lateCharge.most, Math.max(lateCharge.least, share))]];
    });
  }

  take(entry: LedgerEntry, day: IsoDate): void {
    switch (entry.kind) {
      case 'payment':
        this.paid += entry.amount;
        this.unallocated += entry.amount;
        return this.useUnallocated(day);
      case 'refund': {
        const given = Math.min(entry.amount, this.unallocated);
        this.refunded += given;
        this.unallocated -= given;
        return;
      }
      case 'cost': {
        const bearer = this.parts.find(({ due }) => due <= day) ?? this.parts[0];
        if (bearer !== undefined) this.owe(bearer.id, 'costs', entry.amount);
        return;
      }
      case 'waiver':
        return this.waive(entry.amounts);
      case 'acceleration':
        this.parts = this.parts.map((part) => (part.due > day ? { ...part, due: day } : part));
        return;
      case 'stop':
        return;
    }
  }

  /** Money that lies there pays what may be paid on the day, in the order of that day's count. */
  useUnallocated(day: IsoDate): void {
    if (this.unallocated === 0) return;
    const payable = this.parts.filter(
      ({ due, owed }) => this.terms.ahead === 'pay' || due <= day || owed.costs > 0,
    );
    const band = bandOf(this.terms.allocation, this.dpd(day));
    const { parts, to, left } = allocate(payable, this.unallocated, band, day);
    const changed = new Map(parts.map((part) => [part.id, part]));
    this.parts = this.parts.map((part) => changed.get(part.id) ?? part);
    this.paidTo = plus(this.paidTo, to);
    this.unallocated = left;
  }

  /** From the oldest part on; never more than is owed. */
  private waive(amounts: Partial<Amounts>): void {
    for (const component of COMPONENTS) {
      let left = amounts[component] ?? 0;
      this.parts = this.parts.map((part) => {
        const given = Math.max(0, Math.min(left, part.owed[component]));
        left -= given;
        this.waived = plus(this.waived, { [component]: given });
        return { ...part, owed: minus(part.owed, { [component]: given }) };
      });
    }
  }

  private owe(part: string, component: Component, amount: Minor): void {
    this.charged = plus(this.charged, { [component]: amount });
    this.parts = this.parts.map((one) =>
      one.id === part ? { ...one, owed: plus(one.owed, { [component]: amount }) } : one,
    );
  }

  private principalOf(which: (part: Part) => boolean): Minor {
    return this.parts.reduce((sum, part) => (which(part) ? sum + part.owed.principal : sum), 0);
  }

  /** Days since the oldest part fell due of which anything is unpaid. */
  private dpd(day: IsoDate): number {
    const oldest = this.parts.find(({ due, owed }) => due < day && totalOf(owed) > 0);
    return oldest === undefined ? 0 : daysBetween(oldest.due, day);
  }

  on(day: IsoDate): LoanBooks {
    const owed = each((component) => this.parts.reduce((sum, part) => sum + part.owed[component], 0));
    return {
      on: day,
      charged: this.charged,
      waived: this.waived,
      paid: this.paid,
      refunded: this.refunded,
      owed,
      unallocated: this.unallocated,
      balance: totalOf(owed) - this.unallocated,
      dpd: this.dpd(day),
      parts: this.parts,
      lines: this.lines,
      paidTo: this.paidTo,
    };
  }
}
