import { giveUp } from '../agreement/waiver';
import { addDays } from '../calendar/day';
import type { Situation } from '../decide/situation';
import type { Why } from '../decide/decision';
import { why } from '../decide/why';
import { totalOf, type Amounts } from '../ledger/components';
import type { AgreementTerms } from '../agreement/agreement';
import type { WaiverRule } from '../strategy/offers';
import type { IsoDate, Minor } from '../units';
import type { Considered } from './answer';
import type { OfferAsked } from './asked';
import { componentsOf, moneyOn } from './components';

/**
 * Something is given up if the rest of what is past due comes by a day (ladders 7.1), in the order late charge, penalty
 * interest, interest, principal. Where the host did not say what of the debt is what, nothing can be given up.
 */
export function considerWaived(at: Situation, offer: OfferAsked, rule: WaiverRule): Considered {
  const { account, standing, day } = at;
  const refuse = (...because: readonly Why[]): Considered => ({ answer: 'refuse', because });
  const debt = componentsOf(account, standing.balance, moneyOn(at));
  if (debt === null) return refuse(why('offer-components'));
  const amount = offer.amount ?? 0;
  if (amount >= standing.pastDue)
    return refuse(why('offer-waives-all', { amount, pastDue: standing.pastDue }));
  if (account.agreements?.some(({ terms, status }) => terms.kind === 'waiver' && status === 'kept') === true)
    return refuse(why('offer-waiver-open'));
  const { by = day } = offer;
  if (by < day) return refuse(why('offer-dates', { day }));
  const latest = addDays(day, rule.withinDays);
  const waived = giveUp(amount, debt);
  if (by > latest) {
    const because = [why('offer-late', { by, latest })];
    return { answer: 'counter', rule: rule.name, best: waiverOf(waived, standing.pastDue, latest), because };
  }
  return {
    answer: 'fits',
    rule: rule.name,
    terms: waiverOf(waived, standing.pastDue, by),
    because: [why('offer-waiver-fits', { amount, paid: standing.pastDue - totalOf(waived), by })],
    approval: rule.approval ?? null,
    givingUp: { debt, amount, dpd: standing.contractDpd, writtenOff: account.writtenOff },
  };
}

/** What is given up, for the rest of what is past due by the day. */
export function waiverOf(waived: Amounts, pastDue: Minor, by: IsoDate): AgreementTerms {
  return { kind: 'waiver', parts: [[by, Math.max(1, pastDue - totalOf(waived))]], waived };
}
