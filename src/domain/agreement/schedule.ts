import { daysBetween } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import { divided, interestBetween, interestFor, monthsLater, type DayCount, type RatePpm } from './rate';

/** One instalment: what of it is principal and what interest, and what is left after it. */
export interface Instalment {
  readonly n: number;
  readonly due: IsoDate;
  readonly amount: Minor;
  readonly principal: Minor;
  readonly interest: Minor;
  readonly left: Minor;
}
export interface Schedule {
  readonly instalments: readonly Instalment[];
  readonly principal: Minor;
  readonly interest: Minor;
  readonly total: Minor;
}

/** How long a plan may be (ladders 6; CN-K1). */
export const MOST_INSTALMENTS = 60;

export interface MonthlyTerms {
  readonly principal: Minor;
  readonly count: number;
  /** Day of the first instalment; the others fall on the same day of the months after, or on a shorter month's last. */
  readonly firstDue: IsoDate;
  readonly rate: RatePpm;
  /**
   * Interest runs from here. `equal months`: each instalment bears a twelfth of the yearly rate, whatever its month's
   * length, which is what the public annuity formula means. Else interest is counted by days.
   */
  readonly from: IsoDate;
  readonly count_by: 'equal-months' | DayCount;
  /** Amounts are whole multiples of this (100 fen: whole yuan); the last instalment takes what is left. */
  readonly unit?: Minor;
  /** A first payment on the first due date, before the others are worked out (0 to 10 percent is usual). */
  readonly downPayment?: Minor;
}

/** Why a schedule cannot be. A value, not an error: whoever asks for a plan is answered. */
export type Impossible =
  | 'no-principal'
  | 'count'
  | 'rate'
  | 'unit'
  | 'first-due-before-start'
  | 'down-payment'
  | 'too-small-for-unit'
  | 'dates-not-rising'
  | 'amounts-do-not-add-up';

/**
 * Equal instalments with interest. The instalment is P·r·(1+r)^n / ((1+r)^n − 1), worked out in whole numbers and rounded
 * half up to the unit; each bears the interest on what is left, rounded half up to the minor unit; the last pays what is
 * left, so that the principal is paid to the unit and the sums are exact. With a rate of zero it is an even split.
 */
export function equalInstalments(terms: MonthlyTerms): Schedule | Impossible {
  const wrong = mistake(terms);
  if (wrong !== null) return wrong;
  const { downPayment = 0, firstDue, from, rate, count_by: by } = terms;
  const unit = BigInt(terms.unit ?? 1);
  const dues = Array.from({ length: terms.count }, (_unused, i) => monthsLater(firstDue, i));
  const interestOn = (left: Minor, i: number): Minor =>
    by === 'equal-months'
      ? interestFor(left, rate, 1, 12)
      : interestBetween(left, rate, by, i === 0 ? from : (dues[i - 1] ?? from), dues[i] ?? from);
  // A down payment on the first due date bears the interest up to it and leaves one instalment fewer.
  const first = downPayment === 0 ? null : { interest: interestOn(terms.principal, 0) };
  if (first !== null && downPayment <= first.interest) return 'down-payment';
  const rest = first === null ? terms.principal : terms.principal - (downPayment - first.interest);
  const others = first === null ? terms.count : terms.count - 1;
  const amount = Number(divided(annuity(BigInt(rest), rate, others), unit) * unit);
  const instalments: Instalment[] = [];
  let left = terms.principal;
  for (const [i, due] of dues.entries()) {
    const interest = interestOn(left, i);
    const last = i === dues.length - 1;
    const wanted = first !== null && i === 0 ? downPayment : amount;
    const paid = last ? left + interest : wanted;
    if (paid <= 0 || paid < interest || (!last && paid - interest >= left)) return 'too-small-for-unit';
    left -= paid - interest;
    instalments.push({ n: i + 1, due, amount: paid, principal: paid - interest, interest, left });
  }
  return summed(instalments);
}

/** Twelve-monthly annuity, in whole numbers: with q = 12,000,000 and r millionths a year, P·r·(q+r)^n / (q·((q+r)^n − q^n)). */
function annuity(principal: bigint, rate: RatePpm, count: number): bigint {
  if (rate === 0) return principal / BigInt(count);
  const q = 12_000_000n;
  const r = BigInt(rate);
  const grown = (q + r) ** BigInt(count);
  return divided(principal * r * grown, q * (grown - q ** BigInt(count)));
}

function mistake(terms: MonthlyTerms): Impossible | null {
  const { principal, count, firstDue, from, rate, downPayment = 0, unit = 1 } = terms;
  if (!Number.isSafeInteger(principal) || principal <= 0) return 'no-principal';
  if (!Number.isInteger(count) || count < 1 || count > MOST_INSTALMENTS) return 'count';
  if (!Number.isSafeInteger(rate) || rate < 0) return 'rate';
  if (!Number.isSafeInteger(unit) || unit < 1) return 'unit';
  if (firstDue < from) return 'first-due-before-start';
  const fits = downPayment < principal && (downPayment === 0 || count > 1);
  if (!Number.isSafeInteger(downPayment) || downPayment < 0 || !fits) return 'down-payment';
  return null;
}

/** Dates and amounts as two people agreed them, without interest: they must rise, and add up to the debt. */
export function customInstalments(
  principal: Minor,
  parts: readonly { readonly due: IsoDate; readonly amount: Minor }[],
): Schedule | Impossible {
  if (!Number.isSafeInteger(principal) || principal <= 0) return 'no-principal';
  if (parts.length === 0 || parts.length > MOST_INSTALMENTS) return 'count';
  if (parts.some(({ due }, i) => i > 0 && due <= (parts[i - 1]?.due ?? ''))) return 'dates-not-rising';
  const sum = parts.reduce((all, { amount }) => all + amount, 0);
  const whole = parts.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0);
  if (!whole || sum !== principal) return 'amounts-do-not-add-up';
  let left = principal;
  return summed(
    parts.map(({ due, amount }, i) => {
      left -= amount;
      return { n: i + 1, due, amount, principal: amount, interest: 0, left };
    }),
  );
}

function summed(instalments: readonly Instalment[]): Schedule {
  const sum = (of: (one: Instalment) => Minor): Minor => instalments.reduce((all, one) => all + of(one), 0);
  return {
    instalments,
    principal: sum((one) => one.principal),
    interest: sum((one) => one.interest),
    total: sum((one) => one.amount),
  };
}

/** Whether the first instalment comes soon enough and is large enough (ladders 6): within its days, of its share. */
export interface FirstRule {
  readonly withinDays: number;
  /** Percent of what is past due. */
  readonly leastPercent: number;
}

export function firstInstalmentFits(
  { instalments }: Schedule,
  rule: FirstRule,
  pastDue: Minor,
  today: IsoDate,
): boolean {
  const [first] = instalments;
  if (first === undefined || first.due < today) return false;
  const soon = daysBetween(today, first.due) <= rule.withinDays;
  return soon && BigInt(first.amount) * 100n >= BigInt(pastDue) * BigInt(rule.leastPercent);
}
