import type { AccountState } from '../account/state';
import { maxDate } from '../calendar/day';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { localDate } from '../calendar/zone';
import { KNOWS_PAYMENTS_IN_TIME } from '../decide/generation';
import type { IsoDate } from '../units';

/**
 * The last day on which an announced payment, or the person's word that it is paid, keeps contact quiet; null when
 * there is neither. `pendingDays` are business days after the announcement.
 */
export function quietUntil(account: AccountState, pendingDays: number, day: IsoDate): IsoDate | null {
  const { zone } = account.terms;
  let last: IsoDate | null = null;
  const rest = (from: IsoDate): void => {
    const until = addBusinessDays(from, pendingDays, holidaysOf(zone));
    if (until >= day) last = last === null ? until : maxDate(last, until);
  };
  for (const { pending, reversedAt, postedAt } of account.owed.movements) {
    if (pending === true && reversedAt === undefined) rest(localDate(postedAt, zone));
  }
  // From the third generation on the strategy says which claims rest anything (quiet/claims.ts).
  if (account.generation >= KNOWS_PAYMENTS_IN_TIME) return last;
  const claimed = account.marks['paid-claim'];
  if (claimed !== undefined) rest(claimed);
  return last;
}
