import type { DisputedItem } from '../account/events';
import type { AccountState, Dispute, ItemHold } from '../account/state';
import { DISPUTES_WHOLE } from '../decide/generation';
import { HOLD_EFFECTS } from '../hold/effects';
import type { IsoDate, Minor } from '../units';
import { owingOn, type Part } from './allocation';
import { fallingDue } from './falling-due';
import type { Pause } from './pauses';

/** An open dispute is not asked for, nor is one that the person won until the books follow; a repeated one is. */
export function isExcluded({ resolved, repeats }: Dispute): boolean {
  if (resolved === undefined) return repeats === undefined;
  return resolved.outcome === 'upheld' || (resolved.outcome === 'partly' && (resolved.amount ?? 0) > 0);
}

/** The whole debt is disputed now: nothing is asked for, not even before it falls due. */
export function isWholeDisputed({ disputes }: AccountState): boolean {
  return disputes.some(
    (dispute) => dispute.resolved === undefined && isExcluded(dispute) && isWhole(dispute),
  );
}

export function isWhole({ amount, items }: Dispute): boolean {
  return amount === null && items === undefined;
}

/**
 * How much of each part is disputed or held on a day, in the parts' order. Items go to the obligation that they name; an
 * amount that names none is taken from the oldest parts: the doubt is in the person's favour. More than is owed is all.
 */
export function disputedOf(account: AccountState, parts: readonly Part[], day: IsoDate): readonly Minor[] {
  const taken = parts.map(() => 0);
  const take = (index: number, most: Minor): Minor => {
    const amount = Math.max(0, Math.min(most, (parts[index]?.amount ?? 0) - (taken[index] ?? 0)));
    taken[index] = (taken[index] ?? 0) + amount;
    return amount;
  };
  const takeOldest = (most: Minor): void => {
    let left = most;
    for (let index = 0; index < parts.length && left > 0; index += 1) left -= take(index, left);
  };
  const takeItems = (items: readonly DisputedItem[]): void => {
    for (const { item, amount } of items) {
      const due = dueOf(account, item);
      const index = due === undefined ? -1 : parts.findIndex((part) => part.due === due);
      if (index >= 0) take(index, amount ?? Number.MAX_SAFE_INTEGER);
      else if (due === undefined) takeOldest(amount ?? 0);
    }
  };
  for (const dispute of account.disputes) {
    if (!isExcluded(dispute)) continue;
    const won = dispute.resolved?.outcome === 'partly' ? dispute.resolved.amount : undefined;
    if (won !== undefined) takeOldest(won);
    else if (isWhole(dispute)) return parts.map(({ amount }) => amount);
    else if (dispute.items === undefined) takeOldest(dispute.amount ?? 0);
    else takeItems(dispute.items);
  }
  for (const { items } of itemHoldsOn(account, day)) takeItems(items);
  return taken;
}

function dueOf(account: AccountState, item: string): IsoDate | undefined {
  return fallingDue(account).find(({ id }) => id === item)?.due;
}

/** Holds of parts of the debt that are in force on a day and stop asking for money. */
export function itemHoldsOn({ itemHolds = [] }: AccountState, day: IsoDate): readonly ItemHold[] {
  return itemHolds.filter(
    ({ type, from, until }) => HOLD_EFFECTS[type].contact && from <= day && (until === null || day <= until),
  );
}

/** Days that holds of its item keep a part from counting, where their kind stops the count. */
export function itemPauses(account: AccountState, due: IsoDate): readonly Pause[] {
  return (account.itemHolds ?? []).filter(
    ({ type, from, until, items }) =>
      HOLD_EFFECTS[type].count &&
      (until === null || until >= from) &&
      items.some(({ item }) => dueOf(account, item) === due),
  );
}

/** Due dates of what was past due on a day and wholly disputed; null where the whole debt was. */
export function coveredDues(
  account: AccountState,
  dispute: Dispute,
  day: IsoDate,
): readonly IsoDate[] | null {
  if (isWhole(dispute)) return null;
  const owing = owingOn(account, undefined, day);
  const parts = owing.parts.filter(({ due }) => due < day);
  const disputed = disputedOf(account, parts, day);
  return parts.filter(({ amount }, index) => amount > 0 && disputed[index] === amount).map(({ due }) => due);
}

/** From the third generation on; before it a dispute named an amount, or was about everything. */
export const knowsItems = ({ generation }: AccountState): boolean => generation >= DISPUTES_WHOLE;
