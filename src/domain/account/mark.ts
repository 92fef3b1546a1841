import type { IsoDate } from '../units';
import type { AccountState } from './state';

/** Remembers the day as the last on which something happened that steps are anchored to. */
export function mark(account: AccountState, names: readonly string[], day: IsoDate): AccountState {
  const later = names.filter((name) => (account.marks[name] ?? '') < day);
  if (later.length === 0) return account;
  const marks = { ...account.marks };
  for (const name of later) marks[name] = day;
  return { ...account, marks };
}
