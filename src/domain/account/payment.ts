import { instantOf, localDate } from '../calendar/zone';
import type { Instant, IsoDate } from '../units';
import { carry } from './carry';
import type { Adjustment, Payment, Refund } from './events';
import { dropCorrected } from './dispute';
import type { AccountState, Movement } from './state';

export function payment(account: AccountState, event: Payment): AccountState {
  return addMovement(withPosted(account, event), {
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
  return addMovement(account, {
    id: event.id,
    kind: 'refund',
    amount: event.amount,
    valueDate: event.valueDate,
    postedAt: postedAt(account, event.at, event.postingDate),
    counts: event.countsTowardsMinimum,
  });
}

export function adjustment(account: AccountState, event: Adjustment): AccountState {
  const changed = addMovement(account, {
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
  return { ...account, owed: { ...account.owed, movements: carry([...others, added]) } };
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
