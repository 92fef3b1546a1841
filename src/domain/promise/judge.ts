import type { AccountState, Promised } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { addDays, minDate } from '../calendar/day';
import { OWN_MONEY } from '../decide/generation';
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
  return paidBetween(account, promise, madeOn, lastDayFor(promise, rules, account.terms.zone));
}

function paidBetween(account: AccountState, { madeAt }: Promised, from: IsoDate, to: IsoDate): Minor {
  let sum = 0;
  for (const movement of account.owed.movements) {
    const { kind, pending, reversedAt, valueDate, postedAt } = movement;
    if (kind !== 'payment' || pending === true || reversedAt !== undefined) continue;
    // Money of the same day that was there when the promise was made is not what was promised.
    if (account.generation >= OWN_MONEY && valueDate === from && postedAt < madeAt) continue;
    if (valueDate >= from && valueDate <= to) sum += movement.amount;
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
  const { zone } = account.terms;
  const come = (to: IsoDate): IsoDate => (account.generation >= OWN_MONEY ? minDate(to, day) : to);
  const byDate = paidBetween(account, promise, madeOn, come(promisedDay(promise, zone)));
  const byGrace = paidBetween(account, promise, madeOn, come(lastDayFor(promise, rules, zone)));
  const least = enough(promise, rules);
  if (byGrace > promise.amount) return 'overpaid';
  if (byDate >= least) return 'kept';
  if (byGrace >= least) return 'kept-late';
  if (day <= lastDayFor(promise, rules, zone)) return null;
  return byGrace * 2 >= promise.amount && byGrace > 0 ? 'partial' : 'broken';
}
