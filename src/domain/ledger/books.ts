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

/** The loan's books on a day. charged − paid − credited + refunded − waived = balance = owed − unallocated, always. */
export interface LoanBooks {
  readonly on: IsoDate;
  readonly charged: Amounts;
  readonly waived: Amounts;
  readonly paid: Minor;
  readonly credited: Minor;
  readonly refunded: Minor;
  readonly owed: Amounts;
  /** Money that found nothing to pay, or waits for a part to fall due. */
  readonly unallocated: Minor;
  readonly balance: Minor;
  readonly dpd: number;
  readonly parts: readonly Part[];
  readonly lines: readonly ChargeLine[];
  /** Where payments and credits went. */
  readonly paidTo: Amounts;
}

const SHARE = 1_000_000n;

/** The books while the days of a loan are walked (fold.ts): one day after the other, never back. */
export class Books {
  private parts: readonly Part[];
  private charged: Amounts;
  private waived = NOTHING;
  private paidTo = NOTHING;
  private paid: Minor = 0;
  private credited: Minor = 0;
  private refunded: Minor = 0;
  private unallocated: Minor = 0;
  private readonly lines: ChargeLine[] = [];
  /** Parts that have had their late charge, or fell due by acceleration and bear none. */
  private readonly fees = new Set<string>();
  private readonly interest: Accrual;
  private readonly penalty: Accrual;
  /** What a stop keeps from being charged has a sum of its own, so that no part of a unit crosses over. */
  private readonly unchargedInterest: Accrual;
  private readonly unchargedPenalty: Accrual;
  private readonly cap: Accrual;
  private room: Minor = 0;
  /** What may still be charged in all, by the cap on the share of what was lent. */
  private roomInAll: Minor;

  constructor(private readonly terms: LoanTerms) {
    const lent = terms.parts.reduce((sum, { principal }) => sum + principal, 0);
    this.parts = terms.parts.map(({ id, due, principal }) => ({ id, due, owed: { ...NOTHING, principal } }));
    this.charged = { ...NOTHING, principal: lent };
    this.interest = new Accrual(terms.dayCount);
    this.penalty = new Accrual(terms.dayCount);
    this.unchargedInterest = new Accrual(terms.dayCount);
    this.unchargedPenalty = new Accrual(terms.dayCount);
    this.cap = new Accrual(terms.dayCount);
    this.roomInAll =
      terms.capShare === undefined
        ? Number.MAX_SAFE_INTEGER
        : Number((BigInt(lent) * BigInt(terms.capShare)) / SHARE);
  }

  /** What the night before the day cost, and the late charge where a grace ended with it. */
  charge(day: IsoDate, entries: readonly LedgerEntry[]): void {
    const { rate, penaltyRate, capRate, graceDays } = this.terms;
    const principal = this.principalOf(() => true);
    if (capRate !== null) this.room += this.cap.grow(principal, capRate, day);
    const night = addDays(day, -1);
    const stops = (what: Stopped): boolean =>
      entries.some(
        (one) => one.kind === 'stop' && one.on <= night && one.lastDay >= night && one.what.includes(what),
      );
    const late = this.principalOf(({ due }) => daysBetween(due, day) > graceDays && due < day);
    const line = { interest: 0, penaltyInterest: 0, lateCharge: 0, stopped: 0, capped: 0 };
    const post = (component: Component, amount: Minor, isStopped: boolean, part: Part | undefined): Minor => {
      if (amount === 0 || part === undefined) return 0;
      if (isStopped) {
        line.stopped += amount;
        return 0;
      }
      const room = Math.min(this.roomInAll, capRate === null ? amount : this.room);
      const allowed = Math.max(0, Math.min(amount, room));
      line.capped += amount - allowed;
      if (capRate !== null) this.room -= allowed;
      this.roomInAll -= allowed;
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
    for (const [part, fee] of this.lateCharges(day))
      line.lateCharge += post('late-charge', fee, stops('late-charge'), part);
    const any = line.interest + line.penaltyInterest + line.lateCharge + line.stopped + line.capped > 0;
    if (any) this.lines.push({ on: day, ...line });
  }

  private lateCharges(day: IsoDate): readonly (readonly [Part, Minor])[] {
    const { lateCharge, graceDays } = this.terms;
    if (lateCharge === null) return [];
    return this.parts.flatMap((part): (readonly [Part, Minor])[] => {
      if (this.fees.has(part.id) || part.due >= day || daysBetween(part.due, day) <= graceDays) return [];
      const unpaid = part.owed.principal + part.owed.interest;
      if (unpaid <= lateCharge.tolerance) return [];
      this.fees.add(part.id);
      const share = Number(divided(BigInt(unpaid) * BigInt(lateCharge.ppm), SHARE));
      return [[part, Math.min(lateCharge.most, Math.max(lateCharge.least, share))]];
    });
  }

  take(entry: LedgerEntry, day: IsoDate): void {
    switch (entry.kind) {
      case 'payment':
        this.paid += entry.amount;
        this.unallocated += entry.amount;
        return;
      case 'credit':
        this.credited += entry.amount;
        this.unallocated += entry.amount;
        return this.creditOwn(entry, day);
      case 'refund': {
        const given = Math.min(entry.amount, this.unallocated);
        this.refunded += given;
        this.unallocated -= given;
        // The money that it was given from came back to its payer meanwhile: it is owed again.
        return this.bear('principal', entry.amount - given, day, entry.id);
      }
      case 'cost':
        return this.bear(entry.component ?? 'costs', entry.amount, day, entry.id, entry.part);
      case 'waiver':
        return this.waive(entry.amounts);
      case 'acceleration':
        for (const { id, due } of this.parts) if (due > day) this.fees.add(id);
        this.parts = this.parts.map((part) => (part.due > day ? { ...part, due: day } : part));
        return;
      case 'stop':
        return;
    }
  }

  /** Money that lies there pays what may be paid on the day, in the order of that day's count. */
  useUnallocated(day: IsoDate): void {
    if (this.unallocated === 0) return;
    const { ahead, allocation } = this.terms;
    this.pay(
      ahead === 'keep' ? this.parts.filter(({ due }) => due <= day) : this.parts,
      this.unallocated,
      bandOf(allocation, this.dpd(day)),
      day,
    );
  }

  private pay(payable: readonly Part[], money: Minor, band: ReturnType<typeof bandOf>, day: IsoDate): void {
    const backwards = this.terms.ahead === 'pay-last';
    const later = payable.filter(({ due }) => due > day);
    const inOrder = backwards ? [...payable.filter(({ due }) => due <= day), ...later.reverse()] : payable;
    const { parts, to, left } = allocate(inOrder, money, band, day);
    const changed = new Map(parts.map((part) => [part.id, part]));
    this.parts = this.parts.map((part) => changed.get(part.id) ?? part);
    this.paidTo = plus(this.paidTo, to);
    this.unallocated -= money - left;
  }

  /** A correction of one part goes to it first; one that shortens the loan, to its end. */
  private creditOwn({ amount, part, from }: Extract<LedgerEntry, { kind: 'credit' }>, day: IsoDate): void {
    const band = bandOf(this.terms.allocation, this.dpd(day));
    const own = this.parts.filter(({ id }) => id === part);
    if (own.length > 0) this.pay(own, amount, band, day);
    else if (from === 'end') {
      const order = ['principal', 'interest', 'penalty-interest', 'late-charge', 'costs'] as const;
      const ends = [...this.parts].reverse().map((one) => ({ ...one, due: day }));
      const { parts, to, left } = allocate(ends, amount, { fromDpd: 0, order, through: 'by-part' }, day);
      const changed = new Map(parts.map((one) => [one.id, one.owed]));
      this.parts = this.parts.map((one) => ({ ...one, owed: changed.get(one.id) ?? one.owed }));
      this.paidTo = plus(this.paidTo, to);
      this.unallocated -= amount - left;
    }
  }

  /** Never more than is owed: what a component has no room for is given up of the others, principal last. */
  private waive(amounts: Partial<Amounts>): void {
    let over = 0;
    for (const component of COMPONENTS) over += this.give(component, amounts[component] ?? 0);
    for (const component of COMPONENTS) if (over > 0) over = this.give(component, over);
  }

  /** From the oldest part on; what was too much of it. */
  private give(component: Component, amount: Minor): Minor {
    let left = amount;
    if (left <= 0) return 0;
    this.parts = this.parts.map((part) => {
      const given = Math.max(0, Math.min(left, part.owed[component]));
      left -= given;
      return given === 0 ? part : { ...part, owed: minus(part.owed, { [component]: given }) };
    });
    this.waived = plus(this.waived, { [component]: amount - left });
    return left;
  }

  /** Owed with what is past due, else with what falls due next; where all is paid, as a part of its own of the day. */
  private bear(component: Component, amount: Minor, day: IsoDate, id: string, named?: string): void {
    if (amount <= 0) return;
    const bearer =
      this.parts.find((part) => part.id === named) ??
      this.parts.find(({ due, owed }) => due < day && totalOf(owed) > 0) ??
      this.parts.find(({ due }) => due >= day);
    if (bearer !== undefined) return this.owe(bearer.id, component, amount);
    this.parts = [...this.parts, { id, due: day, owed: { ...NOTHING, [component]: amount } }];
    this.charged = plus(this.charged, { [component]: amount });
    this.fees.add(id);
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
      credited: this.credited,
      refunded: this.refunded,
      owed,
      unallocated: this.unallocated,
      balance: totalOf(owed) - this.unallocated,
      dpd: this.dpd(day),
      parts: this.parts,
      lines: [...this.lines],
      paidTo: this.paidTo,
    };
  }
}
