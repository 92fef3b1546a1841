import { isWatched, agreementsOf, judgeAgreement } from '../../domain/agreement/judge';
import type { AccountState } from '../../domain/account/state';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { fallingDue } from '../../domain/delinquency/falling-due';
import type { HappeningName } from '../../domain/policy/pack/happenings';
import type { Happening } from '../../domain/policy/pack/ledger';
import type { Instant, IsoDate } from '../../domain/units';
import { NOTHING } from './happenings';

/** Plans that are not kept, as the core judges it from the account's fold: no fact says so. */
export function brokenPlans(account: AccountState, person: string, now: Instant): readonly Happening[] {
  const day = localDate(now, account.terms.zone);
  // A plan that was agreed on after a broken one stands by itself.
  const last = agreementsOf(account).filter(isWatched).at(-1);
  if (last === undefined) return [];
  const broken = ['broken', 'void'].includes(judgeAgreement(account, last, day).status);
  return broken ? [told('plan-broken', account, person, now)] : [];
}

/**
 * Days of the debt that clocks of law run from: when it fell due, and each payment, which starts some of them anew.
 * @param defaulted the due day of the oldest amount that is past due; null: nothing is
 */
export function debtDays(
  account: AccountState,
  person: string,
  now: Instant,
  defaulted: IsoDate | null,
): readonly Happening[] {
  const { movements } = account.owed;
  const at = (day: IsoDate): Instant => instantOf(day, '00:00', account.terms.zone);
  // What was called in fell due on that day.
  const dues = fallingDue(account)
    .map(({ due }) => due)
    .sort();
  const last = account.terms.books === 'obligations' ? (dues.at(-1) ?? null) : defaulted;
  const paid = movements.filter(
    ({ kind, pending, reversedAt }) => kind === 'payment' && pending !== true && reversedAt === undefined,
  );
  return [
    ...(last === null ? [] : [told('last-instalment-due', account, person, at(last))]),
    ...(defaulted === null
      ? []
      : (['default', 'claim-arose'] as const).map((name) => told(name, account, person, at(defaulted)))),
    ...paid
      .filter(({ valueDate }) => at(valueDate) <= now)
      .map(({ valueDate }) => told('paid-part', account, person, at(valueDate))),
  ];
}

function told(event: HappeningName, account: AccountState, person: string, at: Instant): Happening {
  return { ...NOTHING, at, event, account: account.terms.ref, person };
}
