import type { AccountState } from '../account/state';
import type { PromiseMade } from '../account/events';
import { addDays } from '../calendar/day';
import type { Why } from '../decide/decision';
import { situation } from '../decide/situation';
import { why } from '../decide/why';
import type { PromiseRules, Strategy } from '../strategy/strategy';
import type { Instant, Minor } from '../units';

/** Answer to "may this be promised?", with the reason. A refusal is a value, never an error. */
export interface Considered {
  readonly accepted: boolean;
  readonly why: Why;
}

const refuse = (reason: Why): Considered => ({ accepted: false, why: reason });

/** Judges an offered promise by the rules of the account's path (ladders 5). Changes nothing. */
export function considerPromise(
  account: AccountState,
  strategy: Strategy,
  event: PromiseMade,
  now: Instant,
): Considered {
  if (account.closed !== null) return refuse(why('promise-closed'));
  const at = situation(account, strategy, now);
  if (at.standing.askable <= 0) return refuse(why('promise-nothing-due'));
  if (event.givenBy !== 'debtor') return refuse(why('promise-third-party'));
  const { amount, date } = event;
  if (amount === undefined || date === undefined || event.method === undefined)
    return refuse(why('promise-needs-terms'));
  if (date < at.day) return refuse(why('promise-past', { date }));
  const rules = account.path === null ? undefined : strategy.promises[account.path];
  if (rules === undefined) return { accepted: true, why: why('promise-accepted', { amount, date }) };

  const broken = account.broken.filter((on) => on > addDays(at.day, -rules.brokenLimit.days)).length;
  if (broken >= rules.brokenLimit.count) {
    return refuse(why('promise-pay-now', { count: broken, days: rules.brokenLimit.days }));
  }
  const latest = addDays(at.day, rules.horizonDays);
  if (date > latest) return refuse(why('promise-too-far', { date, latest }));
  const least = leastAmount(rules, at.standing);
  if (amount < least) return refuse(why('promise-too-small', { amount, least }));
  const { nextDue, nextAmount, askable } = at.standing;
  const covers = rules.mayCrossNextDue && amount >= askable + nextAmount;
  if (nextDue !== null && date > nextDue && !covers)
    return refuse(why('promise-crosses-due', { date, nextDue }));
  return { accepted: true, why: why('promise-accepted', { amount, date }) };
}

function leastAmount(
  rules: PromiseRules,
  at: { readonly askable: Minor; readonly oldestAmount: Minor },
): Minor {
  return rules.least === 'past-due' ? at.askable : Math.min(at.askable, at.oldestAmount || at.askable);
}
