import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import { MONTHS, type Month } from './months';
import type { Behaviour, Unit } from './scorecard';

/**
 * What a scorecard may look at: how the account was paid, and nothing about who the person is. Age, sex, marriage,
 * education and home are not here, and so no card can ask for them.
 */
export const BEHAVIOUR: Readonly<Record<string, { readonly unit: Unit; readonly means: string }>> = {
  months_behind_6m: { unit: 'number', means: 'months late, summed over the last six month ends' },
  course: {
    unit: 'text',
    means: 'months late at the last month end after those at the one before, 3 is 3 or more',
  },
  peak_utilisation_6m: { unit: 'percent', means: 'highest balance of the last six month ends, of the limit' },
  growth_6m: {
    unit: 'percent',
    means: 'what the balance grew by over the last six month ends, of the limit',
  },
  room: { unit: 'money', means: 'limit less the balance at the last month end' },
  paid_6m: { unit: 'money', means: 'money of the last six months' },
  least_paid_5m: { unit: 'money', means: 'the least that came in any one of the last five months' },
  payment_ratio_5m: { unit: 'percent', means: 'money of the last five months, of the balances before each' },
  broken_promises_6m: { unit: 'number', means: 'promises broken in the last 180 days' },
  unanswered: { unit: 'number', means: 'attempts to reach the person since anybody answered' },
};

/**
 * The behaviour of an account by those names. `months` as monthsUpTo gives them; the account is as of the same day.
 * What needs six months is not known of an account with fewer, and what needs a limit not of one without.
 */
export function behaviourOf(account: AccountState, months: readonly Month[], day: IsoDate): Behaviour {
  const told = account.facts['credit_limit'];
  const limit = typeof told === 'number' && told > 0 ? told : null;
  const whole = months.length === MONTHS;
  const [before, last] = months.slice(-2);
  const recent = months.slice(-5);
  return {
    months_behind_6m: whole ? sum(months.map(({ behind }) => behind)) : null,
    course: last === undefined || before === undefined ? null : courseOf(last.behind, before.behind),
    peak_utilisation_6m:
      whole && limit ? percent(Math.max(...months.map(({ balance }) => balance)), limit) : null,
    growth_6m: whole && limit ? percent((last?.balance ?? 0) - (months[0]?.balance ?? 0), limit) : null,
    room: last !== undefined && limit ? limit - last.balance : null,
    paid_6m: whole ? sum(months.map(({ paid }) => paid)) : null,
    least_paid_5m: whole ? Math.min(...recent.map(({ paid }) => paid)) : null,
    payment_ratio_5m: whole ? paymentRatio(months) : null,
    broken_promises_6m: account.broken.filter((on) => on > addDays(day, -180) && on <= day).length,
    unanswered: account.counts.unanswered,
  };
}

const MOST = 3;

function courseOf(now: number, before: number): string {
  return `${Math.min(now, MOST)} after ${Math.min(before, MOST)}`;
}

/** Null where nothing was owed: then there was nothing to pay. */
function paymentRatio(months: readonly Month[]): number | null {
  const owed = sum(months.slice(0, -1).map(({ balance }) => Math.max(0, balance)));
  return owed === 0 ? null : percent(sum(months.slice(1).map(({ paid }) => paid)), owed);
}

const sum = (amounts: readonly Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);
const percent = (part: Minor, of: Minor): number => Math.round((part * 1000) / of) / 10;
