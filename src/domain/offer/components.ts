import type { AccountState } from '../account/state';
import { each, totalOf, type Amounts, type Component } from '../ledger/components';
import type { Minor } from '../units';

/** The names under which a host sends what of a debt is what, in minor units, with its figures. */
export const COMPONENT_FACTS: Readonly<Partial<Record<Component, string>>> = {
  costs: 'owed_costs',
  'late-charge': 'owed_late_charge',
  'penalty-interest': 'owed_penalty_interest',
  interest: 'owed_interest',
};

/**
 * What a debt is made of, as far as the host said; null where it said nothing. What is not known to be a charge or
 * interest is principal, for which the matrix asks most: unknown means no. Money since the host's figures pays in the
 * order of the components, so that nothing is given up that is paid.
 */
export function componentsOf({ facts }: AccountState, balance: Minor): Amounts | null {
  const told = each((component) => {
    const value = facts[COMPONENT_FACTS[component] ?? ''];
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
  });
  const said = Object.values(COMPONENT_FACTS).some((name) => typeof facts[name] === 'number');
  if (!said) return null;
  let left = Math.max(0, balance);
  const taken = each(() => 0) as Record<Component, Minor>;
  // What is left of the balance is principal first, then interest: charges were paid first (ladders 1.1).
  for (const component of ['principal', 'interest', 'penalty-interest', 'late-charge', 'costs'] as const) {
    const most = component === 'principal' ? Math.max(0, balance - totalOf(told)) : told[component];
    taken[component] = Math.min(left, most);
    left -= taken[component];
  }
  return taken;
}

/** The whole as principal: a debt of which nobody knows what is what. */
export function allPrincipal(balance: Minor): Amounts {
  return each((component) => (component === 'principal' ? balance : 0));
}
