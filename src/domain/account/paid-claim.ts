import { daysBetween } from '../calendar/day';
import { localDate } from '../calendar/zone';
import { KNOWS_PAYMENTS_IN_TIME } from '../decide/generation';
import type { IsoDate } from '../units';
import type { PaidClaim } from './events';
import { mark } from './mark';
import type { AccountState } from './state';

const CLAIMS_KEPT = 8;
/** Until the second generation "I have paid" rested contact once in so many days, whatever the strategy. */
const PAID_CLAIM_DAYS = 30;

export function paidClaim(account: AccountState, event: PaidClaim): AccountState {
  return claimPaid(account, event.id, localDate(event.at, account.terms.zone));
}

/** The person's word that it is paid. Whether it rests contact is the strategy's to say, when it is looked at. */
export function claimPaid(account: AccountState, id: string, on: IsoDate): AccountState {
  if (account.generation < KNOWS_PAYMENTS_IN_TIME) return claimedBefore(account, on);
  const claims = [...(account.claims ?? []), { id, on }].sort((a, b) =>
    a.on < b.on || (a.on === b.on && a.id < b.id) ? -1 : 1,
  );
  return { ...account, claims: claims.slice(-CLAIMS_KEPT) };
}

function claimedBefore(account: AccountState, day: IsoDate): AccountState {
  const last = account.marks['paid-claim'];
  return last !== undefined && daysBetween(last, day) < PAID_CLAIM_DAYS
    ? account
    : mark(account, ['paid-claim'], day);
}
