import type { AccountState } from '../account/state';
import type { Step } from '../strategy/strategy';
import type { Instant } from '../units';

/** So old may what the lender's books say be when something goes out on it (ladders 1.5). [assumption] */
export const HOST_DATA_HOURS = 36;
export const HOST_DATA_OLD = 'host-data-old';

/**
 * Whether what is known of an account is too old to ask anybody for money. Only where the host keeps the books, and
 * never for a notice that the law wants. `file` is the as-of of the newest file that told of the lender's accounts:
 * what it left unchanged it has confirmed. `hours` is the strategy's own limit.
 */
export function isDataOld(
  account: AccountState,
  step: Pick<Step, 'kind'>,
  file: Instant | null,
  now: Instant,
  hours: number = HOST_DATA_HOURS,
): boolean {
  if (account.terms.books !== 'host' || step.kind === 'notice') return false;
  const own = account.owed.host?.asOf ?? null;
  const newest = own === null || (file !== null && file > own) ? file : own;
  return newest === null || Date.parse(now) - Date.parse(newest) > hours * 3_600_000;
}
