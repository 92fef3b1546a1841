import type { Minor } from '../units';

/** What a debt is made of. `late-charge` is the fee for being late, `penalty-interest` what runs on overdue principal. */
export const COMPONENTS = ['costs', 'late-charge', 'penalty-interest', 'interest', 'principal'] as const;
export type Component = (typeof COMPONENTS)[number];

/** An amount of each, in minor units. */
export type Amounts = Readonly<Record<Component, Minor>>;

export const NOTHING: Amounts = {
  costs: 0,
  'late-charge': 0,
  'penalty-interest': 0,
  interest: 0,
  principal: 0,
};

export function plus(a: Amounts, b: Partial<Amounts>): Amounts {
  return each((component) => a[component] + (b[component] ?? 0));
}

export function minus(a: Amounts, b: Partial<Amounts>): Amounts {
  return each((component) => a[component] - (b[component] ?? 0));
}

export function totalOf(amounts: Partial<Amounts>): Minor {
  return COMPONENTS.reduce((sum, component) => sum + (amounts[component] ?? 0), 0);
}

export function each(of: (component: Component) => Minor): Amounts {
  return {
    costs: of('costs'),
    'late-charge': of('late-charge'),
    'penalty-interest': of('penalty-interest'),
    interest: of('interest'),
    principal: of('principal'),
  };
}
