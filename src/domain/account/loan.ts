import { localDate } from '../calendar/zone';
import type { Acceleration, LoanGiven } from './events';
import { mark } from './mark';
import type { AccountState } from './state';

/** The contract of the loan; told again it is corrected. */
export function loanGiven(account: AccountState, event: LoanGiven): AccountState {
  const { id: _id, at: _at, by: _by, seq: _seq, kind: _kind, ...loan } = event;
  return { ...account, loan };
}

/**
 * The whole falls due on the day. The first word stands until it is undone: then every part is back on its own date,
 * for the parts themselves were never changed.
 */
export function acceleration(account: AccountState, event: Acceleration): AccountState {
  const { acceleration: before, ...rest } = account;
  const day = localDate(event.at, account.terms.zone);
  if (event.undone === true) return before === undefined ? account : mark(rest, ['acceleration-undone'], day);
  if (before !== undefined) return account;
  return mark({ ...account, acceleration: { id: event.id, on: day } }, ['accelerated'], day);
}
