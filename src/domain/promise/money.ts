import type { AccountState, Movement, Promised } from '../account/state';
import { localDate } from '../calendar/zone';
import { OWN_MONEY, PROMISES_WHOLE } from '../decide/generation';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';
import { lastDayFor } from './days';

/** Later than any day: money for a promise that a hold keeps open counts whenever it comes. */
const OPEN_END: IsoDate = '9999-12-31';

/** Promises that money goes to, or went to; what was superseded, cancelled or invalidated has none. */
const HAS_MONEY: readonly Promised['status'][] = [
  'open',
  'kept',
  'kept-late',
  'overpaid',
  'partial',
  'broken',
];

/** Money for a promise: all that counts with a value date from the day it was made to the end of its grace. */
export function paidFor(account: AccountState, promise: Promised, rules: PromiseRules): Minor {
  return paidUpTo(account, promise, rules, lastDayFor(account, promise, rules));
}

/**
 * Money for a promise with a value date up to a day. One payment fills the promise that is due first, and what it does
 * not need the next one; never two (ladders 5). What no promise needs was paid for the last.
 */
export function paidUpTo(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  to: IsoDate | null,
): Minor {
  const money = account.owed.movements.filter(isMoney);
  const others =
    account.generation < PROMISES_WHOLE ? [] : account.promises.filter((other) => isRival(other, promise));
  const left = new Map(money.map((movement) => [movement.id, movement.amount]));
  for (const other of others.filter((one) => isBefore(one, promise)).sort(byDay)) {
    const last = lastDayFor(account, other, rules);
    let need = other.amount;
    for (const movement of money) {
      if (!isFor(account, other, movement, last)) continue;
      const rest = left.get(movement.id) ?? 0;
      const taken = Math.max(0, Math.min(need, rest));
      left.set(movement.id, rest - taken);
      need -= taken;
    }
  }
  const sum = money
    .filter((movement) => isFor(account, promise, movement, to))
    .reduce((total, { id }) => total + (left.get(id) ?? 0), 0);
  const goesOn = others.some((other) => other.status === 'open' && !isBefore(other, promise));
  return goesOn ? Math.min(sum, promise.amount) : sum;
}

function isMoney({ kind, pending, reversedAt }: Movement): boolean {
  return kind === 'payment' && pending !== true && reversedAt === undefined;
}

/** Money of the same day that was there when the promise was made is not what was promised. */
function isFor(
  { generation, terms }: AccountState,
  { madeAt }: Promised,
  { valueDate, postedAt }: Movement,
  to: IsoDate | null,
): boolean {
  const madeOn = localDate(madeAt, terms.zone);
  if (generation >= OWN_MONEY && valueDate === madeOn && postedAt < madeAt) return false;
  return valueDate >= madeOn && valueDate <= (to ?? OPEN_END);
}

function isRival(other: Promised, promise: Promised): boolean {
  return other.id !== promise.id && HAS_MONEY.includes(other.status);
}

/** The one that is due first, then the one that was made first. */
function byDay(one: Promised, other: Promised): number {
  const [a, b] = [one, other].map(({ date, madeAt, id }) => `${date} ${madeAt} ${id}`) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

const isBefore = (one: Promised, other: Promised): boolean => byDay(one, other) < 0;
