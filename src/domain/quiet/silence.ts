import type { AccountState } from '../account/state';
import { KNOWS_PAYMENTS_IN_TIME } from '../decide/generation';
import type { Standing } from '../delinquency/standing';
import type { Step, Strategy } from '../strategy/strategy';
import type { IsoDate } from '../units';
import { claimRest } from './claims';
import { complaintRest } from './complaints';
import { debitOf } from './debits';

/** Why nobody is asked for money although it is owed, and the last day of it; null until something is heard. */
export interface Silence {
  readonly because: 'announced' | 'claimed' | 'debit-awaited' | 'debit-made' | 'complained';
  readonly until: IsoDate | null;
}

/**
 * What keeps a step quiet on a day. A complaint does not stop the reminders of what was agreed: they are the agreement's
 * own, and a letter of complaint that was bought must not make a plan fail.
 */
export function silenceFor(
  { duringAgreement }: Step,
  account: AccountState,
  strategy: Strategy,
  standing: Standing,
  day: IsoDate,
): Silence | null {
  const heard = duringAgreement === true ? { ...account, complaints: [] } : account;
  return silence(heard, strategy, standing, day);
}

/**
 * What keeps contact quiet on a day (ladders 1.4): a debit whose result is not known, one that was made and is not
 * posted, an announced payment, the person's word that it is paid, or a complaint. The one that lasts longest; it cures nothing and
 * never stops a notice that the law wants.
 */
export function silence(
  account: AccountState,
  strategy: Strategy,
  standing: Standing,
  day: IsoDate,
): Silence | null {
  const all: Silence[] = [];
  const { pendingUntil } = standing;
  if (pendingUntil !== null && day <= pendingUntil) all.push({ because: 'announced', until: pendingUntil });
  if (account.generation >= KNOWS_PAYMENTS_IN_TIME) {
    const claimed = claimRest(account, strategy, day);
    if (claimed !== null) all.push({ because: 'claimed', until: claimed });
    const complained = complaintRest(account, strategy, day);
    if (complained !== null) all.push({ because: 'complained', until: complained });
    const debit = debitOf(account, strategy, standing, day);
    if (debit?.is === 'awaited') all.push({ because: 'debit-awaited', until: null });
    if (debit?.is === 'made') all.push({ because: 'debit-made', until: debit.until });
  }
  return all.reduce<Silence | null>(
    (longest, one) => (longest === null || isLonger(one, longest) ? one : longest),
    null,
  );
}

function isLonger(one: Silence, other: Silence): boolean {
  return other.until !== null && (one.until === null || one.until > other.until);
}
