import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import type { Standing } from '../delinquency/standing';
import type { IsoDate } from '../units';

/**
 * The day on which a cycle's figures are taken (ladders 14.1: cards by cycle, loans by month end). A card's: the first
 * day on which its missed minimum counts as late, the due date with grace and one day more. A loan's: the last day of
 * the month. The day belongs to the cycle that it begins.
 *
 * @param dueDay day of the month on which a card's minimum falls due, 1 to 31; null goes by the month's end
 * @returns the first such day after `day`
 */
export function nextSnapshot(day: IsoDate, dueDay: number | null, graceDays: number): IsoDate {
  for (let month = monthOf(day, dueDay === null ? 0 : -1); ; month = followed(month)) {
    const taken = dueDay === null ? lastOf(month) : addDays(atMost(month, dueDay), graceDays + 1);
    if (taken > day) return taken;
  }
}

/** The day of the month on which the account's minimums fall due, as far as it is known; null for loans. */
export function dueDayOf(account: AccountState, at: Standing): number | null {
  if (account.terms.product !== 'credit_card') return null;
  const { host, obligations } = account.owed;
  const known = at.nextDue ?? host?.nextDue ?? at.oldestDue ?? obligations[obligations.length - 1]?.due;
  return known === undefined ? null : Number(known.slice(8, 10));
}

type Month = readonly [year: number, month: number];

function monthOf(day: IsoDate, offset: number): Month {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + offset;
  return [Math.floor(months / 12), (months % 12) + 1];
}

function followed([year, month]: Month): Month {
  return month === 12 ? [year + 1, 1] : [year, month + 1];
}

const firstOf = ([year, month]: Month): IsoDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;

function lastOf(month: Month): IsoDate {
  return addDays(firstOf(followed(month)), -1);
}

/** The day of that month, or its last where the month is shorter. */
function atMost(month: Month, day: number): IsoDate {
  const last = lastOf(month);
  return day >= Number(last.slice(8, 10)) ? last : addDays(firstOf(month), day - 1);
}
