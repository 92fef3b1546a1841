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
  const reversals = events.filter((event) => event.kind === 'reversal');
  let folded: AccountState = { ...account, owed: { ...account.owed, movements: [] } };
  for (const event of events) {
    if (event.kind === 'reversal') continue;
    folded = fold(folded, event);
    for (const taken of reversals) if (taken.of === event.id) folded = fold(folded, taken);
  }
  return { ...account, owed: { ...account.owed, movements: folded.owed.movements } };
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
