import type { PromiseMade } from '../account/events';
import { termsOf, type PromiseTerms } from '../account/promise';
import type { AccountState } from '../account/state';
import { watchedAgreement } from '../agreement/judge';
import { addDays } from '../calendar/day';
import type { Why } from '../decide/decision';
import { PROMISES_WHOLE } from '../decide/generation';
import { situation, type Situation } from '../decide/situation';
import { why } from '../decide/why';
import type { PromiseRules, Strategy } from '../strategy/strategy';
import type { Instant, IsoDate, Minor } from '../units';
import { brokenWithin, isPayNowOnly, restOf } from './limits';

/** Answer to "may this be promised?", with the reason. A refusal is a value, never an error. */
export interface Considered {
  readonly accepted: boolean;
  /** It was less than a promise, and is remembered as an intention, which rests nothing. */
  readonly intention?: true;
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
  const intend = (reason: Why): Considered =>
    account.generation < PROMISES_WHOLE ? refuse(reason) : { ...refuse(reason), intention: true };
  if (account.closed !== null) return refuse(why('promise-closed'));
  const at = situation(account, strategy, now);
  if (at.standing.askable <= 0) return refuse(why('promise-nothing-due'));
  if (event.givenBy !== 'debtor') return intend(why('promise-third-party'));
  const terms = termsOf(event);
  if (terms === null) return intend(why('promise-needs-terms'));
  const { amount, date } = terms;
  const first = terms.parts?.[0]?.date ?? date;
  if (first < at.day) return refuse(why('promise-past', { date: first }));
  const rules = account.path === null ? undefined : strategy.promises[account.path];
  if (rules === undefined) return { accepted: true, why: why('promise-accepted', { amount, date }) };

  if (isPayNowOnly(account, rules, at.day)) {
    const { days } = rules.brokenLimit;
    return refuse(why('promise-pay-now', { count: brokenWithin(account, rules, at.day), days }));
  }
  const plan = watchedAgreement(account);
  if (plan !== null) return refuse(why('promise-agreed', { kind: plan.terms.kind, since: plan.since }));
  const others = beside(at, event, rules);
  if (others !== null) return refuse(others);
  if (event.restOf !== undefined) return considerRest(at, event.restOf, terms, rules);
  const tooFar = beyond(at, terms, rules);
  if (tooFar !== null) return refuse(tooFar);
  const least = leastAmount(rules, at.standing);
  if (amount < least) return intend(why('promise-too-small', { amount, least }));
  const { nextDue, nextAmount, askable } = at.standing;
  const covers = rules.mayCrossNextDue && amount >= askable + nextAmount;
  if (nextDue !== null && date > nextDue && !covers)
    return refuse(why('promise-crosses-due', { date, nextDue }));
  return { accepted: true, why: why('promise-accepted', { amount, date }) };
}

/** Why it may not stand beside what is open; a new word of the same person takes the place of the earlier one. */
function beside({ account }: Situation, event: PromiseMade, { mostOpen = 1 }: PromiseRules): Why | null {
  if (account.generation < PROMISES_WHOLE) return null;
  const open = account.promises.filter(({ status }) => status === 'open');
  const stay = event.beside === true ? open : open.filter(({ party }) => party !== event.party);
  const [other] = stay;
  return other === undefined || stay.length < mostOpen
    ? null
    : why('promise-open', { amount: other.amount, date: other.date, most: mostOpen });
}

/** What was left of a promise kept in part may be promised once more, whole, within a few days. */
function considerRest(
  { account, day }: Situation,
  of: string,
  { amount, date, parts }: PromiseTerms,
  rules: PromiseRules,
): Considered {
  const rest = restOf(account, of, rules, day);
  if (rest === null || parts !== undefined) return refuse(why('promise-no-rest'));
  if (date > rest.latest) return refuse(why('promise-too-far', { date, latest: rest.latest }));
  if (amount < rest.amount) return refuse(why('promise-too-small', { amount, least: rest.amount }));
  return { accepted: true, why: why('promise-accepted', { amount, date }) };
}

/** Whole it lies within the horizon; in parts the first does, and the last within the days for parts. */
function beyond({ day }: Situation, { date, parts }: PromiseTerms, rules: PromiseRules): Why | null {
  const late = (on: IsoDate, days: number): Why | null => {
    const latest = addDays(day, days);
    return on > latest ? why('promise-too-far', { date: on, latest }) : null;
  };
  if (parts === undefined) return late(date, rules.horizonDays);
  const { most = 1, days = 0 } = rules.parts ?? {};
  if (parts.length > most) return why('promise-too-many-parts', { parts: parts.length, most });
  return late(parts[0]?.date ?? date, rules.horizonDays) ?? late(date, Math.max(days, rules.horizonDays));
}

function leastAmount(
  rules: PromiseRules,
  at: { readonly askable: Minor; readonly oldestAmount: Minor },
): Minor {
  return rules.least === 'past-due' ? at.askable : Math.min(at.askable, at.oldestAmount || at.askable);
}
