import type { AccountState } from '../account/state';
import { each, totalOf, type Amounts, type Component } from '../ledger/components';
import type { Situation } from '../decide/situation';
import { ledgerOf } from '../ledger/of-account';
import { bandOf, INSTALMENT_LOAN } from '../ledger/order';
import type { MoneyRules } from '../ledger/rules';
import type { IsoDate, Minor } from '../units';

/** The names under which a host sends what of a debt is what, in minor units, with its figures. */
export const COMPONENT_FACTS: Readonly<Partial<Record<Component, string>>> = {
  costs: 'owed_costs',
  'late-charge': 'owed_late_charge',
  'penalty-interest': 'owed_penalty_interest',
  interest: 'owed_interest',
};

/**
 * What a debt is made of, as far as the host said, or by the loan's own books where the engine keeps them; null where
 * nobody said anything. What is not known to be a charge or
 * interest is principal, for which the matrix asks most: unknown means no. Money since the host's figures pays in the
 * order of the components, so that nothing is given up that is paid.
 */
export function componentsOf(
  account: AccountState,
  balance: Minor,
  on?: { readonly day: IsoDate; readonly rules: MoneyRules | undefined; readonly dpd: number },
): Amounts | null {
  const { facts } = account;
  const ledger = on === undefined ? null : ledgerOf(account, on.rules);
  if (ledger !== null && on !== undefined) {
    const { owed, unallocated } = ledger.on(on.day);
    // Money that waits pays the principal that falls due next.
    return { ...owed, principal: Math.max(0, owed.principal - unallocated) };
  }
  const told = each((component) => {
    const value = facts[COMPONENT_FACTS[component] ?? ''];
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
  });
  const said = Object.values(COMPONENT_FACTS).some((name) => typeof facts[name] === 'number');
  if (!said) return null;
  let left = Math.max(0, balance);
  const taken = each(() => 0) as Record<Component, Minor>;
  // What was paid since is what the order of the day pays first (ladders 1.1): what is left is the rest.
  const first = bandOf(on?.rules?.allocation ?? INSTALMENT_LOAN, on?.dpd ?? 0).order;
  for (const component of [...first].reverse()) {
    const most = component === 'principal' ? Math.max(0, balance - totalOf(told)) : told[component];
    taken[component] = Math.min(left, most);
    left -= taken[component];
  }
  return taken;
}

/** By what rules, and on which day, money pays the account. */
export function moneyOn({ strategy, standing, day }: Situation): Parameters<typeof componentsOf>[2] {
  return { day, rules: strategy.counting.money, dpd: standing.contractDpd };
}

/** The whole as principal: a debt of which nobody knows what is what. */
export function allPrincipal(balance: Minor): Amounts {
  return each((component) => (component === 'principal' ? balance : 0));
}
