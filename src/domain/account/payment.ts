import { instantOf, localDate } from '../calendar/zone';
import type { Instant, IsoDate } from '../units';
import { minDate } from '../calendar/day';
import { LOOKS_BACK } from '../decide/generation';
import { condensed } from '../agreement/judge';
import { keepsLedger } from '../ledger/keeps';
import { carry, isCarried } from './carry';
import type { AccountEvent, Adjustment, ChargeMade, Payment, Payout, Refund } from './events';
import { dropCorrected } from './dispute';
import type { AccountState, Movement } from './state';

export function payment(account: AccountState, event: Payment): AccountState {
  const looking = event.pending === true ? account : lookingBack(account, event);
  return addMovement(withPosted(looking, event), {
    id: event.id,
    kind: 'payment',
    amount: event.amount,
    valueDate: event.valueDate,
    postedAt: postedAt(account, event.at, event.postingDate),
    counts: true,
    ...(event.pending === true ? { pending: true } : {}),
  });
}

export function refund(account: AccountState, event: Refund): AccountState {
  return addMovement(lookingBack(account, event), {
    id: event.id,
    kind: 'refund',
    amount: event.amount,
    valueDate: event.valueDate,
    postedAt: postedAt(account, event.at, event.postingDate),
    counts: event.countsTowardsMinimum,
  });
}

export function adjustment(account: AccountState, event: Adjustment): AccountState {
  const changed = addMovement(lookingBack(account, event), {
    id: event.id,
    kind: 'adjustment',
    amount: event.amount,
    valueDate: event.valueDate,
    postedAt: event.at,
    counts: true,
    ...(event.obligation === undefined ? {} : { obligation: event.obligation }),
  });
  return dropCorrected(changed, event.at);
}

/** Costs and fees raise what is owed, as a movement below zero; what is given back of an overpaid account does so too. */
export function charge(account: AccountState, event: ChargeMade): AccountState {
  // What the host charges is in its figures.
  if (account.terms.books === 'host') return account;
  const { id, at, amount, valueDate, component } = event;
  const counted = { id, valueDate, postedAt: at, counts: true };
  return addMovement(account, { kind: 'charge', ...counted, amount: -amount, component });
}

export function payout(account: AccountState, event: Payout): AccountState {
  const { id, at, amount, valueDate } = event;
  const counted = { id, valueDate, postedAt: at, counts: true };
  return addMovement(account, { kind: 'payout', ...counted, amount: -amount });
}

/** The announced payment that this one posts stands for nothing any more, also where it is told later. */
function withPosted(account: AccountState, { posts, at }: Payment): AccountState {
  if (posts === undefined) return account;
  const { zone } = account.terms;
  const announced: Movement = account.owed.movements.find(({ id }) => id === posts) ?? {
    ...{ id: posts, kind: 'payment', amount: 0, valueDate: localDate(at, zone), postedAt: at, counts: true },
  };
  if (announced.reversedAt !== undefined || (announced.pending !== true && announced.amount > 0))
    return account;
  const movements = account.owed.movements.filter((movement) => movement !== announced);
  return {
    ...account,
    owed: { ...account.owed, movements: [...movements, { ...announced, reversedAt: at }] },
  };
}

/** Adds it once. Where its reversal came first, it stands as reversed from the start. */
export function addMovement(account: AccountState, movement: Movement): AccountState {
  const known = account.owed.movements.find(({ id }) => id === movement.id);
  if (known !== undefined && !isReversalWaiting(known)) return account;
  const others = account.owed.movements.filter(({ id }) => id !== movement.id);
  const added = known?.reversedAt === undefined ? movement : { ...movement, reversedAt: known.reversedAt };
  const all = [...others, added];
  const movements = carry(all, keepsLedger(account));
  const { agreements } = account;
  const paid = agreements === undefined || movements.length >= all.length ? [] : carriedOff(all, movements);
  return {
    ...account,
    owed: { ...account.owed, movements },
    ...(agreements === undefined ? {} : { agreements: condensed(agreements, paid) }),
  };
}

/** Payments that stood one by one and are in a sum now. */
function carriedOff(all: readonly Movement[], left: readonly Movement[]): readonly Movement[] {
  const ids = new Set(left.map(({ id }) => id));
  return all.filter(
    ({ id, kind, pending, reversedAt }) =>
      kind === 'payment' && pending !== true && reversedAt === undefined && !ids.has(id),
  );
}

/** Remembers that money counts from before the day on which it was told, where anything was concluded meanwhile. */
function lookingBack(account: AccountState, { at, valueDate }: Payment | Refund | Adjustment): AccountState {
  const { generation, episode, promises, owed, terms } = account;
  if (generation < LOOKS_BACK || valueDate >= localDate(at, terms.zone)) return account;
  const failed = promises.some(({ status }) => status === 'broken' || status === 'partial');
  if (episode === null && !failed) return account;
  const behind = owed.behind === undefined ? valueDate : minDate(owed.behind, valueDate);
  return { ...account, owed: { ...owed, behind } };
}

/**
 * Whether money reaches behind what the account carries one by one: then its days are to be looked at with all of the
 * journal's.
 */
export function isBehindCarried(account: AccountState, event: AccountEvent): boolean {
  if (account.generation < LOOKS_BACK || account.episode === null) return false;
  if (event.kind !== 'payment' && event.kind !== 'refund' && event.kind !== 'adjustment') return false;
  const sums = account.owed.movements.filter(isCarried);
  return sums.some(({ valueDate }) => valueDate > event.valueDate);
}

/** A reversal whose payment is not here (yet) waits as a movement of nothing. */
export function isReversalWaiting(movement: Movement): boolean {
  return movement.amount === 0 && movement.reversedAt !== undefined;
}

/**
 * When the host knew: the moment it was told, unless the host posted on another day, then the start of that day, so
 * that figures as of any moment of it have the money in them.
 */
function postedAt(account: AccountState, at: Instant, postingDate: IsoDate | undefined): Instant {
  const { zone } = account.terms;
  if (postingDate === undefined || postingDate === localDate(at, zone)) return at;
  return instantOf(postingDate, '00:00', zone);
}
