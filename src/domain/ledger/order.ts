import type { Component } from './components';

/** From so many days past due on, money goes to the components in this order. */
export interface Band {
  readonly fromDpd: number;
  readonly order: readonly Component[];
  /**
   * `by-part`: the oldest part is paid whole, in the order, before the next one.
   * `by-component`: the first component of all parts, oldest first, before the next component.
   */
  readonly through: 'by-part' | 'by-component';
  /** Which parts come first; left out: what is past due, then what falls due on the day, then what is due later. */
  readonly groups?: readonly Group[];
}

/** Parts by how they stand on the day of the money. */
export const GROUPS = ['past-due', 'due', 'in-advance'] as const;
export type Group = (typeof GROUPS)[number];

/** Bands of a product, the lowest first; the first one begins at 0. */
export type AllocationRules = readonly Band[];

const FEES_FIRST: readonly Component[] = [
  'costs',
  'late-charge',
  'penalty-interest',
  'interest',
  'principal',
];
const PRINCIPAL_FIRST: readonly Component[] = [
  'principal',
  'interest',
  'penalty-interest',
  'late-charge',
  'costs',
];

/**
 * Credit cards in China: fees and interest first up to 90 days past due, principal first from day 91 (ladders 1.1;
 * card business measures of 2011, article unverified).
 */
export const CHINA_CARD: AllocationRules = [
  { fromDpd: 0, order: FEES_FIRST, through: 'by-component' },
  { fromDpd: 91, order: PRINCIPAL_FIRST, through: 'by-component' },
];

/** Instalment loans: costs, then penalty interest, interest and principal of the oldest instalment (ladders 11). */
export const INSTALMENT_LOAN: AllocationRules = [{ fromDpd: 0, order: FEES_FIRST, through: 'by-part' }];

export function bandOf(rules: AllocationRules, dpd: number): Band {
  const band = [...rules].reverse().find(({ fromDpd }) => dpd >= fromDpd);
  return band ?? { fromDpd: 0, order: FEES_FIRST, through: 'by-part' };
}
