import type { AccountState, Promised } from '../account/state';
import { addDays } from '../calendar/day';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';
import { paidFor } from './money';

/** Promises that were broken within the days that the rules look back to. */
export function brokenWithin({ broken }: AccountState, { brokenLimit }: PromiseRules, day: IsoDate): number {
  return broken.filter((on) => on > addDays(day, -brokenLimit.days)).length;
}

/** After too many broken ones no promise is taken any more: only paying now is offered (ladders 5). */
export function isPayNowOnly(account: AccountState, rules: PromiseRules, day: IsoDate): boolean {
  return brokenWithin(account, rules, day) >= rules.brokenLimit.count;
}

/** What is left of a promise that was kept in part, while it may be promised once more; null otherwise. */
export function restOf(
  account: AccountState,
  id: string,
  rules: PromiseRules,
  day: IsoDate,
): { readonly amount: Minor; readonly latest: IsoDate } | null {
  const made = account.promises.find((promise) => promise.id === id);
  if (made?.status !== 'partial' || made.judgedOn === undefined || rules.partial === undefined) return null;
  if (account.promises.some((other) => other.restOf === id && isWord(other))) return null;
  const latest = addDays(made.judgedOn, rules.partial.restDays);
  return day > latest ? null : { amount: made.amount - paidFor(account, made, rules), latest };
}

/** A word that was given and not taken back. */
function isWord({ status }: Promised): boolean {
  return status !== 'cancelled';
}
