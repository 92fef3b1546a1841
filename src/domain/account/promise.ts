import { localDate } from '../calendar/zone';
import type { PromiseCancelled, PromiseMade } from './events';
import { mark } from './mark';
import type { AccountState, Promised } from './state';

const PROMISES_KEPT = 12;

/**
 * With a date, an amount and a way to pay, given by the person who owes, it is open and supersedes an open one;
 * anything less is an intention, which is remembered and rests nothing (ladders 5).
 */
export function promise(account: AccountState, event: PromiseMade): AccountState {
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
