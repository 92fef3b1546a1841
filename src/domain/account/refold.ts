import type { Instant } from '../units';
import { isGivenUp } from './carry';
import type { AccountEvent } from './events';
import { addMovement, adjustment, charge, payment, payout, refund } from './payment';
import { reversal } from './reversal';
import type { AccountState, Movement } from './state';

/**
 * The account with its movements folded anew from all events of its journal, in their order: for an event that reaches
 * back further than the account carries. Money that came back is kept out until the end, so that no carried sum has it
 * in it. Everything else about the account stays as it is; folding twice changes nothing.
 */
export function refold(account: AccountState, events: readonly AccountEvent[]): AccountState {
  const reversed = standingReversals(events);
  // What the engine itself gave up stands in no journal.
  const own = account.owed.movements.filter(isGivenUp);
  const empty: AccountState = {
    ...withoutSums(account),
    owed: { ...account.owed, movements: own },
  };
  let folded = empty;
  for (const event of events) if (!reversed.has(event.id)) folded = fold(folded, event);
  for (const event of events) {
    const reversedAt = reversed.get(event.id);
    const movement =
      reversedAt === undefined
        ? undefined
        : fold(empty, event).owed.movements.find((one) => one.id === event.id);
    if (movement !== undefined) folded = addMovement(folded, { ...movement, reversedAt });
  }
  const known = new Set(events.map(({ id }) => id));
  // A reversal may be told before its payment: it waits here as it does in the account.
  for (const event of events)
    if (event.kind === 'reversal' && !known.has(event.of)) folded = reversal(folded, event);
  const { agreements } = folded;
  return {
    ...account,
    owed: { ...account.owed, movements: folded.owed.movements },
    ...(agreements === undefined ? {} : { agreements }),
  };
}

/** Agreements without the money that was summed up for them: where all movements stand one by one, it counts once. */
export function withoutSums(account: AccountState): AccountState {
  const { agreements } = account;
  if (agreements === undefined) return account;
  return { ...account, agreements: agreements.map(({ money: _money, ...rest }) => rest) };
}

/** All movements of a journal one by one, none carried as a sum: for days that lie behind the carried ones. */
export function everyMovement(account: AccountState, events: readonly AccountEvent[]): readonly Movement[] {
  const reversed = standingReversals(events);
  const empty: AccountState = { ...account, owed: { ...account.owed, movements: [] } };
  return events.flatMap((event): Movement[] => {
    const movement = fold(empty, event).owed.movements.find(({ id }) => id === event.id);
    if (movement === undefined) return [];
    const reversedAt = reversed.get(event.id);
    return [reversedAt === undefined ? movement : { ...movement, reversedAt }];
  });
}

/** When each movement was reversed that still is, by its id. */
function standingReversals(events: readonly AccountEvent[]): ReadonlyMap<string, Instant> {
  const reversed = new Map<string, Instant>();
  for (const event of events) {
    if (event.kind !== 'reversal') continue;
    if (event.undone === true) reversed.delete(event.of);
    else if (!reversed.has(event.of)) reversed.set(event.of, event.at);
  }
  return reversed;
}

function fold(account: AccountState, event: AccountEvent): AccountState {
  switch (event.kind) {
    case 'payment':
      return payment(account, event);
    case 'refund':
      return refund(account, event);
    case 'adjustment':
      return adjustment(account, event);
    case 'charge':
      return charge(account, event);
    case 'payout':
      return payout(account, event);
    default:
      return account;
  }
}
