import type { DatedAmount } from '../agreement/agreement';
import { affordableInstalment } from '../agreement/affordable';
import { settlementOf } from '../agreement/waiver';
import { addDays } from '../calendar/day';
import type { Situation } from '../decide/situation';
import type { Why } from '../decide/decision';
import { why } from '../decide/why';
import { totalOf } from '../ledger/components';
import type { SettlementRule } from '../strategy/offers';
import type { Considered } from './answer';
import type { OfferAsked } from './asked';
import { allPrincipal, componentsOf, moneyOn } from './components';
import { higherOf } from './roles';

/**
 * Part of the debt as full satisfaction, at once or in parts (ladders 6). What is given up is asked of the authority
 * matrix; where nobody knows what of the debt is what, all of it counts as principal.
 */
export function considerSettlement(at: Situation, offer: OfferAsked, rule: SettlementRule): Considered {
  const { account, standing, day } = at;
  const refuse = (...because: readonly Why[]): Considered => ({ answer: 'refuse', because });
  const debt =
    componentsOf(account, standing.balance, moneyOn(at)) ?? allPrincipal(Math.max(0, standing.balance));
  const whole = totalOf(debt);
  const parts: readonly DatedAmount[] = offer.parts ?? [[offer.by ?? day, offer.amount ?? 0]];
  const pay = parts.reduce((sum, [, amount]) => sum + amount, 0);
  const settlement = settlementOf(debt, pay);
  if (settlement === null) return refuse(why('offer-no-settlement', { amount: pay, debt: whole }));
  const rising = parts.every(([due], i) => due >= day && (i === 0 || due > (parts[i - 1]?.[0] ?? '')));
  if (!rising) return refuse(why('offer-dates', { day }));
  const able = payableIn(at, rule, whole);
  if (able !== null) return refuse(able);

  const one = parts.length === 1;
  const within = one ? rule.withinDays : rule.parts.withinDays;
  const last = addDays(day, within);
  const late = (parts.at(-1)?.[0] ?? day) > last;
  if (late || parts.length > rule.parts.most) {
    const because = [why('offer-settle-by', { by: last, most: rule.parts.most })];
    const best = { kind: 'settlement', parts: [[addDays(day, rule.withinDays), pay]], debt: whole } as const;
    return { answer: 'counter', rule: rule.name, best: { ...best, waived: settlement.waived }, because };
  }
  const terms = { kind: 'settlement', parts, debt: whole, waived: settlement.waived } as const;
  const waived = totalOf(settlement.waived);
  return {
    answer: 'fits',
    rule: rule.name,
    terms,
    because: [why('offer-settlement-fits', { rule: rule.name, amount: pay, debt: whole, waived })],
    approval: higherOf(rule.approval ?? null, one ? null : rule.parts.approval),
    givingUp: { debt, amount: waived, dpd: standing.contractDpd, writtenOff: account.writtenOff },
  };
}

/** Who could pay the whole in the rule's months is not settled with; not known means that nothing speaks against it. */
function payableIn({ account }: Situation, { ableMonths }: SettlementRule, whole: number): Why | null {
  const { income, essentials } = account.facts;
  if (ableMonths === 0 || typeof income !== 'number' || typeof essentials !== 'number') return null;
  const affordable = affordableInstalment({ income, essentials });
  if (affordable * ableMonths < whole) return null;
  return why('offer-able', { affordable, months: ableMonths, debt: whole });
}
