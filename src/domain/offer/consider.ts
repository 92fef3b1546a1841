import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { meets } from '../decide/condition';
import { situation, type Situation } from '../decide/situation';
import { why } from '../decide/why';
import { sayCondition } from '../strategy/say-condition';
import type { OfferRule } from '../strategy/offers';
import type { Strategy } from '../strategy/strategy';
import { monthsLater } from '../agreement/rate';
import type { Instant } from '../units';
import type { Considered } from './answer';
import type { OfferAsked } from './asked';
import { considerHardship } from './hardship';
import { considerPlan } from './plan';
import { considerSettlement } from './settlement';
import { considerWaived } from './waived';

/** What one rule of the strategy says to an offer. */
export type ByRule<K extends OfferRule['kind']> = (
  at: Situation,
  offer: OfferAsked,
  rule: Extract<OfferRule, { kind: K }>,
) => Considered;

const refuse = (...because: readonly ReturnType<typeof why>[]): Considered => ({ answer: 'refuse', because });

/**
 * Judges an offer by the strategy's rules for the account's path (ladders 6). Changes nothing; a refusal is a value.
 * All rules of the kind whose condition holds are asked, and the best answer is given: without approval before with
 * one, an offer that fits before the best one instead, that before a refusal.
 */
export function considerOffer(
  account: AccountState,
  strategy: Strategy,
  offer: OfferAsked,
  now: Instant,
): Considered {
  if (account.closed !== null) return refuse(why('offer-closed'));
  const at = situation(account, strategy, now);
  const nothing = at.standing.pastDue <= 0 && !account.writtenOff;
  if (nothing && offer.kind !== 'due-date') return refuse(why('offer-nothing-due'));
  const known = (strategy.offers ?? []).filter(
    ({ kind, paths }) => kind === offer.kind && (paths?.includes(account.path ?? '') ?? true),
  );
  if (known.length === 0) return refuse(why('offer-not-offered', { kind: offer.kind, path: account.path }));
  const open = known.filter(({ when }) => when === undefined || meets(when, at.facts));
  if (open.length === 0)
    return refuse(
      ...known.map(({ name, when }) => {
        const condition = when === undefined ? '' : sayCondition(when, strategy.currency);
        return why('offer-condition', { rule: name, condition });
      }),
    );
  const answers = open.map((rule) => byRule(at, offer, rule)).sort((a, b) => rank(a) - rank(b));
  const [best] = answers;
  return best ?? refuse(why('offer-not-offered', { kind: offer.kind, path: account.path }));
}

function rank(considered: Considered): number {
  if (considered.answer === 'fits') return considered.approval === null ? 0 : 1;
  return considered.answer === 'counter' ? 2 : 3;
}

function byRule(at: Situation, offer: OfferAsked, rule: OfferRule): Considered {
  switch (rule.kind) {
    case 'plan':
      return considerPlan(at, offer, rule);
    case 'settlement':
      return considerSettlement(at, offer, rule);
    case 'waiver':
      return considerWaived(at, offer, rule);
    case 'deferment':
    case 'freeze':
      return considerDeferment(at, offer, rule);
    case 'due-date':
      return considerDueDate(at, offer, rule);
    case 'hardship':
      return considerHardship(at, offer, rule);
  }
}

const considerDeferment: ByRule<'deferment' | 'freeze'> = ({ day }, { kind, months = 1 }, rule) => {
  const terms = (count: number) =>
    ({ kind: rule.kind, from: day, until: addDays(monthsLater(day, count), -1) }) as const;
  if (months > rule.months) {
    const because = [why('offer-too-long', { kind, longest: rule.months, unit: 'months' })];
    return { answer: 'counter', rule: rule.name, best: terms(rule.months), because };
  }
  const because = [why('offer-fits', { kind, rule: rule.name })];
  const { approval = null } = rule;
  return { answer: 'fits', rule: rule.name, terms: terms(months), because, approval, givingUp: null };
};

const considerDueDate: ByRule<'due-date'> = ({ account, day }, offer, rule) => {
  const last = (account.agreements ?? []).filter(({ terms }) => terms.kind === 'due-date').at(-1);
  if (last !== undefined && last.since > addDays(day, -rule.everyDays))
    return refuse(why('offer-once', { kind: offer.kind, on: last.since, days: rule.everyDays }));
  const terms = { kind: 'due-date', from: day, day: offer.day ?? 1 } as const;
  const because = [why('offer-fits', { kind: offer.kind, rule: rule.name })];
  const { approval = null } = rule;
  return { answer: 'fits', rule: rule.name, terms, because, approval, givingUp: null };
};
