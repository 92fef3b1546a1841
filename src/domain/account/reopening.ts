import type { AccountEvent } from './events';

/**
 * Whether a fact opens a closed account again: here, and in the fold of its journal. Money that came back does, for
 * the debt is owed once more, unless the account was sold: then it is the buyer's. A reversal that is taken back opens
 * nothing, for the payment stands. Everything else stands in the journal as late and changes nothing.
 *
 * @param ended why the account was closed; null when nobody said
 */
export function reopens(event: AccountEvent, ended: string | null): boolean {
  return event.kind === 'reversal' && event.undone !== true && ended !== 'sold';
}
