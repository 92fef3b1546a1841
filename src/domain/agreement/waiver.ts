import { minus, NOTHING, totalOf, type Amounts, type Component } from '../ledger/components';
import type { Minor } from '../units';

/** Order in which things are given up (ladders 7.1): principal last, and costs, which the lender has paid out, never. */
export const GIVEN_UP_IN_ORDER: readonly Component[] = [
  'late-charge',
  'penalty-interest',
  'interest',
  'principal',
];

/** So much given up in the order, of each component no more than `most` allows. What is beyond that stays owed. */
export function giveUp(amount: Minor, most: Amounts): Amounts {
  const given: Record<Component, Minor> = { ...NOTHING };
  let left = Math.max(0, amount);
  for (const component of GIVEN_UP_IN_ORDER) {
    const taken = Math.min(left, Math.max(0, most[component]));
    given[component] = taken;
    left -= taken;
  }
  return given;
}

/** A settlement's figures: part of the debt as full satisfaction, and what is given up once it has come. */
export interface Settlement {
  readonly pay: Minor;
  readonly waived: Amounts;
}

/** Null where the offer is nothing, is the whole debt or more, or leaves costs unpaid: then there is nothing to settle. */
export function settlementOf(debt: Amounts, pay: Minor): Settlement | null {
  const total = totalOf(debt);
  if (!Number.isSafeInteger(pay) || pay <= 0 || pay >= total || pay < debt.costs) return null;
  return { pay, waived: giveUp(total - pay, debt) };
}

/**
 * A waiver holds only if the rest has come by its day (ladders 7.1): void, what was given up is owed again. `paid` is
 * what came in time; null while the day has not passed.
 */
export function waiverStands(rest: Minor, paid: Minor, isDayOver: boolean): boolean | null {
  if (paid >= rest) return true;
  return isDayOver ? false : null;
}

/** What is owed while a settlement stands, and when it was broken: the whole debt, less what was paid either way. */
export function owedUnder(debt: Amounts, settlement: Settlement, stands: boolean): Amounts {
  return stands ? minus(debt, settlement.waived) : debt;
}
