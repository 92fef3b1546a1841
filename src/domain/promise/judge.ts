import type { AccountState, Promised } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { addDays } from '../calendar/day';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Minor, Zone } from '../units';

export type Verdict = 'kept' | 'kept-late' | 'partial' | 'overpaid' | 'broken';

/** The day that a promise is for: a date on a holiday means the next business day. */
export function promisedDay(promise: Promised, zone: Zone): IsoDate {
  return addBusinessDays(promise.date, 0, holidaysOf(zone));
}

/** The last day on which money still counts for it. */
export function lastDayFor(promise: Promised, rules: PromiseRules, zone: Zone): IsoDate {
  return addDays(promisedDay(promise, zone), rules.graceDays);
}

/** Money for a promise: all that counts with a value date from the day it was made to the end of its grace. */
export function paidFor(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  madeOn: IsoDate,
): Minor {
  return paidBetween(account, madeOn, lastDayFor(promise, rules, account.terms.zone));
}

function paidBetween(account: AccountState, from: IsoDate, to: IsoDate): Minor {
  let sum = 0;
  for (const movement of account.owed.movements) {
    if (movement.kind !== 'payment' || movement.pending === true || movement.reversedAt !== undefined)
      continue;
    if (movement.valueDate >= from && movement.valueDate <= to) sum += movement.amount;
  }
  return sum;
}

/** The least sum that still keeps the promise: short by at most the smaller of the two tolerances. */
export function enough(promise: Promised, rules: PromiseRules): Minor {
  const share = Math.floor((promise.amount * rules.tolerancePercent) / 100);
  return promise.amount - Math.min(share, rules.toleranceAmount);
}

/**
 * How a promise ended, judged by value date (ladders 5): money by the promised date keeps it, within grace keeps it
 * late, half or more is partial. Null while it is still open on that day.
 */
export function judge(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  madeOn: IsoDate,
  day: IsoDate,
): Verdict | null {
  const byDate = paidBetween(account, madeOn, promisedDay(promise, account.terms.zone));
  const byGrace = paidFor(account, promise, rules, madeOn);
  const least = enough(promise, rules);
  if (byGrace > promise.amount) return 'overpaid';
  if (byDate >= least) return 'kept';
  if (byGrace >= least) return 'kept-late';
  if (day <= lastDayFor(promise, rules, account.terms.zone)) return null;
  return byGrace * 2 >= promise.amount && byGrace > 0 ? 'partial' : 'broken';
}
