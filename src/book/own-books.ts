import type { AccountEvent } from '../domain/account/events';
import { fail } from '../domain/errors/forbear-error';
import { accountOf } from './accounts';
import { factsOf } from './facts-of';
import type { Db } from './open-book';

const OF_OWN_BOOKS: Readonly<Partial<Record<AccountEvent['kind'], string>>> = {
  loan: 'the contract of a loan',
  charge: 'a charge',
  acceleration: 'that the whole falls due',
};

/**
 * Facts that only make sense where the engine was given the debt whole, and a loan that begins before it is due.
 * BOOKS_OF_HOST, LOAN_DATES.
 */
export async function mustKeepBooks(db: Db, ref: string, event: AccountEvent): Promise<void> {
  const what = OF_OWN_BOOKS[event.kind];
  if (what === undefined) return;
  const row = await accountOf(db, ref);
  if (row.enrolment.terms.books === 'host') fail('BOOKS_OF_HOST', { what });
  if (event.kind !== 'loan') return;
  const known = [...row.enrolment.events, ...(await factsOf(db, ref))];
  for (const one of known)
    if (one.kind === 'obligation' && one.due <= event.startsOn)
      fail('LOAN_DATES', { startsOn: event.startsOn, part: one.obligation, due: one.due });
}
