import { OPENS_LATE_AGAIN } from '../decide/generation';
import type { AccountEvent } from './events';
import type { AccountState } from './state';

/**
 * Whether a fact opens a closed account again: here, and in the fold of its journal. Money that came back does, for
 * the debt is owed once more, unless the account was sold: then it is the buyer's. So do the host's figures that are
 * late again, or wanted by the strategy, of an account that was closed as cured. A reversal that is taken back opens nothing, for the payment
 * stands. Everything else stands in the journal as late and changes nothing.
 *
 * @param ended why the account was closed; null when nobody said
 */
export function reopens(event: AccountEvent, ended: string | null): boolean {
  if (event.kind === 'host-update')
    return ended === 'cured' && (event.wanted === true || event.figures.pastDue > 0);
  return event.kind === 'reversal' && event.undone !== true && ended !== 'sold';
}

/** The account after such a fact: treated again, also when it came in the moment of closing. */
export function reopened(account: AccountState, event: AccountEvent): AccountState {
  const { closed } = account;
  if (closed === null || !reopens(event, closed.reason)) return account;
  if (event.kind === 'host-update' && account.generation < OPENS_LATE_AGAIN) return account;
  return { ...account, closed: null };
}
