import type { AccountEvent } from '../domain/account/events';
import { virtual, type Clock } from '../domain/clock';
import type { Instant } from '../domain/units';
import { apply } from '../domain/account/apply';
import { begin } from '../domain/account/begin';
import { refold } from '../domain/account/refold';
import type { AccountState } from '../domain/account/state';
import type { AccountRow } from './accounts';
import { accountOf } from './accounts';
import { factsOf } from './facts-of';
import type { Db } from './open-book';

/** The account as its journal makes it: what was enrolled, and every fact accepted since. */
export async function fold(db: Db, ref: string): Promise<AccountState> {
  return foldRow(db, await accountOf(db, ref));
}

/** The same, of a row that is already read (and locked, where that matters). */
export async function foldRow(db: Db, row: AccountRow): Promise<AccountState> {
  return folding(row, await factsOf(db, row.ref));
}

/** As its workflow left it, where the account is closed; else as its journal makes it. */
export async function lastState(db: Db, row: AccountRow): Promise<AccountState> {
  return row.finalState ?? foldRow(db, row);
}

/**
 * The same, at a moment of the account's own. What had happened when it was told counts at once, however far behind
 * the account is; what a rehearsal told in advance counts when the account's time gets there, as for its workflow.
 */
export async function foldAt(db: Db, row: AccountRow, clock: Clock, now: Instant): Promise<AccountState> {
  if (clock.kind === 'real') return foldRow(db, row);
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'body', 'at', 'receivedAt'])
    .where('account', '=', row.ref)
    .orderBy('seq')
    .execute();
  return foldRead(row, rows, clock, now);
}

/** A fact as the journal has it, with where it stands. */
export interface JournalRow {
  readonly seq: number;
  readonly body: AccountEvent;
  readonly at: Instant;
  readonly receivedAt: Instant;
}

/** The same of a journal that is read, in its order. */
export function foldRead(
  row: AccountRow,
  rows: readonly JournalRow[],
  clock: Clock,
  now: Instant,
): AccountState {
  const known =
    clock.kind === 'real'
      ? rows
      : rows.filter(({ at, receivedAt }) => at <= now || at <= virtual(clock, Date.parse(receivedAt)));
  return folding(
    row,
    known.map(({ seq, body }) => ({ ...body, seq })),
  );
}

function folding(row: AccountRow, facts: readonly AccountEvent[]): AccountState {
  const folded = facts.reduce(apply, begin(row.enrolment));
  // A reversal of money so old that it was carried as a sum: the movements once more, with all reversals known.
  return refold(folded, [...row.enrolment.events, ...facts]);
}

/** Up to when money counts: what has happened counts for a slow account too, whose own time has not got there. */
export function paidUpTo(account: AccountState, now: Instant): Instant {
  return account.owed.movements.reduce((last, { postedAt }) => (postedAt > last ? postedAt : last), now);
}
