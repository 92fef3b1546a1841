import type { AccountState } from '../account/state';
import type { Instant } from '../units';
import type { Occurrence } from './decision';

/** The occurrence has been looked at: later looks begin after it. */
export function considered(account: AccountState, { step, due }: Occurrence, now: Instant): AccountState {
  const { at, names } = account.cursor;
  if (due < at || due > now) return account;
  return { ...account, cursor: due === at ? { at, names: [...names, step] } : { at: due, names: [step] } };
}

export const without = (account: AccountState, step: string): AccountState['deferred'] =>
  account.deferred.filter((put) => put.step !== step);
