import type { AccountEvent } from '../domain/account/events';

/**
 * Whether a fact opens a closed account again. Money that came back does, for the debt is owed once more, unless the
 * account was sold: then it is the buyer's. Everything else stands in the journal as late and changes nothing; the
 * fold of the journal (domain/decide/refold.ts) opens by the same rule.
 */
export function reopens(event: AccountEvent, outcome: string | null): boolean {
  return event.kind === 'reversal' && event.undone !== true && outcome !== 'sold';
}
