import type { AccountState, Movement } from '../account/state';
import { addDays } from '../calendar/day';
import { instantOf } from '../calendar/zone';
import { standing } from '../delinquency/standing';
import type { Counting } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';

/** What a month's record says of an account that can turn out to be wrong. */
export interface MonthStatus {
  readonly status: number;
  readonly pastDue: Minor;
  readonly oldestDue: IsoDate | null;
}

/** Months late as a digit: 1 for 1–30 days … 7 for over 180 (ladders 2.2); 0 for none. */
export function statusDigit(contractDpd: number): number {
  return contractDpd <= 0 ? 0 : Math.min(7, Math.ceil(contractDpd / 30));
}

/**
 * What the record of a month should have said, as is known now: money counts from its value date, however late it was
 * posted (ladders 1.3). Where the engine has the obligations, the day is reckoned anew. Where the host keeps the books
 * only money tells that was posted after the month: it lowers what was past due, and clears the status when it covers it.
 *
 * @param account with every movement of its journal, none carried as a sum
 * @param recorded what the record was made with
 */
export function statusAsKnown(
  account: AccountState,
  counting: Counting,
  recorded: MonthStatus,
  day: IsoDate,
): MonthStatus {
  if (account.terms.books === 'obligations') {
    const { contractDpd, pastDue, oldestDue } = standing(account, counting, day);
    return { status: statusDigit(contractDpd), pastDue, oldestDue };
  }
  const end = instantOf(addDays(day, 1), '00:00', account.terms.zone);
  const late = account.owed.movements.filter((movement) => counts(movement, day) && movement.postedAt >= end);
  const pastDue = Math.max(0, recorded.pastDue - late.reduce((sum, { amount }) => sum + amount, 0));
  if (pastDue === recorded.pastDue) return recorded;
  return pastDue <= counting.tolerance ? { status: 0, pastDue, oldestDue: null } : { ...recorded, pastDue };
}

function counts({ counts: towardsMinimum, pending, reversedAt, valueDate }: Movement, day: IsoDate): boolean {
  return towardsMinimum && pending !== true && reversedAt === undefined && valueDate <= day;
}
