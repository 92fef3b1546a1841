import type { AccountState, Promised } from '../account/state';
import { minDate } from '../calendar/day';
import { OWN_MONEY, PROMISES_WHOLE } from '../decide/generation';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';
import { lastDayFor, partsOf, promisedDay, type DuePart } from './days';
import { paidUpTo } from './money';

export type Verdict = 'kept' | 'kept-late' | 'partial' | 'overpaid' | 'broken';

/** From this share on something paid keeps a promise in part, where the strategy does not say (ladders 5). */
const HALF = 50;

/** The least sum that still keeps so much of a promise: short by at most the smaller of the two tolerances. */
export function enough(amount: Minor, rules: PromiseRules): Minor {
  const share = Math.floor((amount * rules.tolerancePercent) / 100);
  return amount - Math.min(share, rules.toleranceAmount);
}

/**
 * How a promise ended, judged by value date (ladders 5): money by the promised date keeps it, within grace keeps it
 * late, a share of it is partial; a part that fails ends the whole. Null while it is still open on that day.
 */
export function judge(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  day: IsoDate,
): Verdict | null {
  const come = (to: IsoDate | null): IsoDate | null =>
    account.generation < OWN_MONEY ? to : to === null ? day : minDate(to, day);
  const paid = (to: IsoDate | null): Minor => paidUpTo(account, promise, rules, come(to));
  const parts = partsOf(promise);
  const byDate = (part: DuePart): boolean =>
    paid(promisedDay(account, promise, part.date)) >= enough(part.sum, rules);
  const byGrace = paid(lastDayFor(account, promise, rules));
  if (byGrace > promise.amount) return 'overpaid';
  if (byGrace >= enough(promise.amount, rules)) return parts.every(byDate) ? 'kept' : 'kept-late';
  for (const part of parts) {
    const last = lastDayFor(account, promise, rules, part.date);
    if (last === null || day <= last) return null;
    const got = paid(last);
    if (got < enough(part.sum, rules))
      return isPart(account, promise, rules, part, got) ? 'partial' : 'broken';
  }
  return null;
}

/** The part that is to be paid next, as things stand on the day; null when every one has its money. */
export function nextPart(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  day: IsoDate,
): DuePart | null {
  const paid = paidUpTo(account, promise, rules, day);
  return partsOf(promise).find(({ sum }) => paid < enough(sum, rules)) ?? null;
}

/** The last day of the first part that is not paid: the promise fails after it. Null while a hold stops its days. */
export function failsAfter(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  day: IsoDate,
): IsoDate | null {
  const next = account.generation < PROMISES_WHOLE ? null : nextPart(account, promise, rules, day);
  return lastDayFor(account, promise, rules, next?.date ?? promise.date);
}

/** Half or more, or the strategy's own share; the rest of a promise is promised once more only, and kept or broken. */
function isPart(
  { generation }: AccountState,
  { restOf }: Promised,
  { partial }: PromiseRules,
  { sum }: DuePart,
  got: Minor,
): boolean {
  if (got <= 0 || restOf !== undefined) return false;
  const percent = generation < PROMISES_WHOLE ? HALF : (partial?.percent ?? HALF);
  return got * 100 >= sum * percent;
}
