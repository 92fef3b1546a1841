import type { AccountState } from '../account/state';
import { KEEPS_LEDGER } from '../decide/generation';

/** Whether the engine was given the loan whole and keeps its books: else the figures of the parts or of the host count. */
export function keepsLedger({ generation, loan, terms }: AccountState): boolean {
  return generation >= KEEPS_LEDGER && loan !== undefined && terms.books === 'obligations';
}
