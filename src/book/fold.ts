import { apply } from '../domain/account/apply';
import { begin } from '../domain/account/begin';
import { refold } from '../domain/account/refold';
import type { AccountState } from '../domain/account/state';
import type { AccountRow } from './accounts';
import { accountOf } from './accounts';
import { factsOf } from './journal';
import type { Db } from './open-book';

/** The account as its journal makes it: what was enrolled, and every fact accepted since. */
export async function fold(db: Db, ref: string): Promise<AccountState> {
  return foldRow(db, await accountOf(db, ref));
}

/** The same, of a row that is already read (and locked, where that matters). */
export async function foldRow(db: Db, row: AccountRow): Promise<AccountState> {
  const facts = await factsOf(db, row.ref);
  const folded = facts.reduce(apply, begin(row.enrolment));
  // A reversal of money so old that it was carried as a sum: the movements once more, with all reversals known.
  return refold(folded, [...row.enrolment.events, ...facts]);
}
