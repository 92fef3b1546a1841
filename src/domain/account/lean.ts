import type { CompactState } from './instalments';
import type { AccountState, Promised } from './state';

/**
 * What is carried to the next run: without what is empty, which `migrate` and `readCarried` make up again. A history
 * holds it twice at every continue-as-new.
 */
export function lean<T extends object>(whole: T): Partial<T> {
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => !isEmpty(value))) as Partial<T>;
}

/** The same of the parts of an account that `migrate` makes whole one by one. */
export function leanState(account: CompactState): object {
  const { owed, seen, cursor, episode } = account;
  const parts = { owed: lean(owed), seen: lean(seen), cursor: lean(cursor) };
  return lean({ ...account, ...parts, episode: episode === null ? null : lean(episode) });
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * How a promise was given decides nothing: the book's journal says it to whoever looks. A history would hold it twice at
 * every continue-as-new.
 */
export function withoutManner(account: AccountState): AccountState {
  if (account.promises.length === 0) return account;
  const promises = account.promises.map(
    ({ method: _method, channel: _channel, takenBy: _takenBy, ...made }): Promised => made,
  );
  return { ...account, promises };
}
