import type { IsoDate } from '../../../units';
import { isRated } from '../codes/account-status';
import { bucketOfStatus } from '../codes/days';
import { PROFILE_MONTHS } from '../codes/payment';

/** What was told of a month, as far as the next month's profile needs it. */
export interface MonthTold {
  readonly accountStatus: string;
  readonly paymentRating: string;
  readonly portfolioType: string;
  readonly zeroBalance: boolean;
}

const BY_STATUS: Readonly<Record<string, string>> = {
  ...{ '61': 'J', '62': 'G', '63': 'K', '64': 'L' },
  ...{ '93': 'G', '94': 'H', '95': 'J', '96': 'K', '97': 'L' },
};
const LINES: ReadonlySet<string> = new Set(['C', 'R']);

/** Filled where no month is known: nothing before the first report. */
export const NO_HISTORY = 'B'.repeat(PROFILE_MONTHS);

/**
 * The character that a month has in later profiles. A card or line that is current with nothing owed is E; a status with
 * a rating is the rating; a deleted month is none.
 */
export function historyCode({ accountStatus, paymentRating, portfolioType, zeroBalance }: MonthTold): string {
  if (accountStatus === '11' && zeroBalance && LINES.has(portfolioType)) return 'E';
  const own = bucketOfStatus(accountStatus)?.rating ?? BY_STATUS[accountStatus];
  if (own !== undefined) return own;
  return isRated(accountStatus) && paymentRating !== '' ? paymentRating : 'D';
}

/** Months from one day's month to another's; negative when the other is earlier. */
export function monthsBetween(from: IsoDate, to: IsoDate): number {
  const count = (day: IsoDate) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return count(to) - count(from);
}

/**
 * The profile of the next report: the last one moved by the months since, the last month's code in front of it, months
 * without a report as D (rule M13). Within one month it stays.
 */
export function nextProfile(profile: string, last: MonthTold, months: number): string {
  if (months <= 0) return profile;
  const missed = 'D'.repeat(Math.min(months - 1, PROFILE_MONTHS));
  return (missed + historyCode(last) + profile).slice(0, PROFILE_MONTHS);
}

/**
 * The profile of an account whose months are known from elsewhere, such as one that is taken over.
 * @param months what was told, by month `YYYY-MM`; one that is not there is D, one before the opening B
 * @param on a day of the month that is reported; the profile begins with the month before
 */
export function profileOf(
  months: ReadonlyMap<string, MonthTold>,
  on: IsoDate,
  openedOn: IsoDate | null,
): string {
  let profile = '';
  // From the oldest month on: as long as nothing is known, there is no history before.
  let begun = false;
  for (let back = PROFILE_MONTHS; back >= 1; back -= 1) {
    const month = monthBefore(on, back);
    const told = months.get(month);
    begun ||= told !== undefined;
    const blank = !begun || (openedOn !== null && month < openedOn.slice(0, 7));
    profile = (blank ? 'B' : told === undefined ? 'D' : historyCode(told)) + profile;
  }
  return profile;
}

function monthBefore(day: IsoDate, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}
