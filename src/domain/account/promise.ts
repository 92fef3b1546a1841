import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import { PROMISES_WHOLE } from '../decide/generation';
import type { IsoDate } from '../units';
import type { PromiseCancelled, PromisedPart, PromiseMade } from './events';
import { mark } from './mark';
import type { AccountState, Promised } from './state';

const PROMISES_KEPT = 12;
/** Days ahead beyond which no strategy takes a promise. */
const FARTHEST = 366;

/** More parts than any strategy lets a promise have. */
export const MOST_PARTS = 12;

/** The terms of a promise: parts say the amount and the day by themselves. */
export interface PromiseTerms {
  readonly amount: number;
  readonly date: IsoDate;
  readonly parts?: readonly PromisedPart[];
}

/** Amount and day, and its parts in order; null where it has no amount, no day or no way to pay. */
export function termsOf({ amount, date, method, parts = [] }: PromiseMade): PromiseTerms | null {
  if (method === undefined) return null;
  const inOrder = [...parts].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const last = inOrder[inOrder.length - 1];
  if (last === undefined) return amount === undefined || date === undefined ? null : { amount, date };
  const sum = inOrder.reduce((total, part) => total + part.amount, 0);
  return { amount: sum, date: last.date, ...(inOrder.length === 1 ? {} : { parts: inOrder }) };
}

/**
 * With a date, an amount and a way to pay, given by the person who owes, it is open and supersedes an open one of the
 * same person; anything less is an intention, which is remembered and rests nothing (ladders 5). Two that are told out
 * of order end as if they had come in order.
 */
export function promise(account: AccountState, event: PromiseMade): AccountState {
  if (account.generation < PROMISES_WHOLE) return asBefore(account, event);
  const day = localDate(event.at, account.terms.zone);
  const terms = termsOf(event);
  if (event.givenBy !== 'debtor') return mark(account, ['intention', 'pay-on-behalf'], day);
  // A day that has passed promises nothing, nor does one that lies beyond every horizon.
  if (terms === null || event.intention === true || terms.date < day || terms.date > addDays(day, FARTHEST))
    return mark(account, ['intention'], day);
  if (account.promises.some(({ id }) => id === event.promise)) return account;
  const others = event.beside === true ? [] : account.promises.filter((other) => isOfSame(other, event));
  const isOlder = others.some(({ madeAt }) => madeAt > event.at);
  const made: Promised = {
    ...{ id: event.promise, ...terms, madeAt: event.at, status: isOlder ? 'superseded' : 'open' },
    ...(isOlder ? { judgedOn: day } : {}),
    ...howGiven(event),
  };
  const earlier = account.promises.map((other): Promised =>
    !isOlder && others.includes(other) ? { ...other, status: 'superseded', judgedOn: day } : other,
  );
  return mark({ ...account, promises: kept([...earlier, made]) }, ['promised'], day);
}

/** An open one of the same person, whose place a new word takes. */
function isOfSame({ status, party }: Promised, event: PromiseMade): boolean {
  return status === 'open' && party === event.party;
}

/** How it was given, and by whom: nothing is decided by it. */
export function howGiven({ method, channel, party, by, restOf }: PromiseMade): Partial<Promised> {
  return {
    ...(method === undefined ? {} : { method }),
    channel,
    ...(party === undefined ? {} : { party }),
    ...(by === undefined ? {} : { takenBy: by }),
    ...(restOf === undefined ? {} : { restOf }),
  };
}

/** The last ones, and never without one that is open. */
function kept(promises: readonly Promised[]): readonly Promised[] {
  if (promises.length <= PROMISES_KEPT) return promises;
  const oldest = promises.find(({ status }) => status !== 'open') ?? promises[0];
  return promises.filter((one) => one !== oldest);
}

/** Until the third generation. */
function asBefore(account: AccountState, event: PromiseMade): AccountState {
  const { amount, date, method, givenBy } = event;
  const day = localDate(event.at, account.terms.zone);
  if (amount === undefined || date === undefined || method === undefined || givenBy !== 'debtor') {
    return mark(account, ['intention'], day);
  }
  if (account.promises.some(({ id }) => id === event.promise)) return account;
  const earlier = account.promises.map((other): Promised =>
    other.status === 'open' ? { ...other, status: 'superseded', judgedOn: day } : other,
  );
  const made: Promised = { id: event.promise, amount, date, madeAt: event.at, status: 'open' };
  return mark({ ...account, promises: [...earlier, made].slice(-PROMISES_KEPT) }, ['promised'], day);
}

export function promiseCancelled(account: AccountState, event: PromiseCancelled): AccountState {
  const day = localDate(event.at, account.terms.zone);
  const promises = account.promises.map((made): Promised =>
    made.id === event.promise && made.status === 'open'
      ? { ...made, status: 'cancelled', judgedOn: day }
      : made,
  );
  return { ...account, promises };
}
