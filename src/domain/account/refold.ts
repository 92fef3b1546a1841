import type { AccountEvent } from './events';
import { adjustment, payment, refund } from './payment';
import { reversal } from './reversal';
import type { AccountState } from './state';

/**
 * The account with its movements folded anew from all events of its journal, in their order: for an event that reaches
 * back further than the account carries. Reversals are known beforehand, so that what is carried as a sum leaves them
 * out. Everything else about the account stays as it is; folding twice changes nothing.
 */
export function refold(account: AccountState, events: readonly AccountEvent[]): AccountState {
  const { promises, broken, disputes } = account;
  const reversals = events.filter((event) => event.kind === 'reversal');
  const money = events.filter(({ kind }) => kind === 'payment' || kind === 'refund' || kind === 'adjustment');
  let folded: AccountState = { ...account, owed: { ...account.owed, movements: [] } };
  const waiting = new Map<string, AccountEvent[]>();
  for (const event of reversals) waiting.set(event.of, [...(waiting.get(event.of) ?? []), event]);
  for (const event of money) {
    folded = fold(folded, event);
    for (const taken of waiting.get(event.id) ?? []) folded = fold(folded, taken);
  }
  return {
    ...account,
    owed: { ...account.owed, movements: folded.owed.movements },
    promises,
    broken,
    disputes,
  };
}

function fold(account: AccountState, event: AccountEvent): AccountState {
  switch (event.kind) {
    case 'payment':
      return payment(account, event);
    case 'refund':
      return refund(account, event);
    case 'adjustment':
      return adjustment(account, event);
    case 'reversal':
      return reversal(account, event);
    default:
      return account;
  }
}
