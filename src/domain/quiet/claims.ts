import type { AccountState, Claim } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { daysBetween, maxDate } from '../calendar/day';
import type { Counting, Strategy } from '../strategy/strategy';
import type { IsoDate } from '../units';

/** "I have paid" rests contact once in so many days where the strategy does not say (ladders 1.4). */
export const CLAIM_DAYS = 30;

/** What a person who looked for the payment answers; each leads somewhere (claimRest). */
export const CLAIM_ANSWERS = ['found', 'not-found', 'wrong-account'] as const;

/** The mark that the task to look for the payment counts from. */
const ANCHOR = 'mark:paid-claim';

/** The claims that rest contact, oldest first: each at least a period after the one before. In any order of telling. */
export function restingClaims(
  claims: readonly Claim[],
  { claimDays = CLAIM_DAYS }: Counting,
): readonly Claim[] {
  const resting: Claim[] = [];
  for (const claim of inOrder(claims)) {
    const last = resting[resting.length - 1];
    if (last === undefined || daysBetween(last.on, claim.on) >= claimDays) resting.push(claim);
  }
  return resting;
}

/** The first claim of which the core has not said yet whether it rests anything. */
export function unsaidClaim({ claims = [] }: AccountState): Claim | null {
  return inOrder(claims).find(({ said }) => said !== true) ?? null;
}

/**
 * The last day on which the person's word that it is paid keeps contact quiet, or null. Its days run from the word; a
 * payment that was found, or found on a wrong account, has as many days again to be posted or moved; where none was
 * found the rest is over.
 */
export function claimRest(account: AccountState, strategy: Strategy, day: IsoDate): IsoDate | null {
  const marked = account.marks['paid-claim'];
  // A claim of before the third generation left its day only.
  const known = account.claims ?? [];
  const claims = marked === undefined ? known : [...known, { id: '', on: marked }];
  const last = restingClaims(claims, strategy.counting)
    .filter(({ on }) => on <= day)
    .pop();
  if (last === undefined) return null;
  const ends = (from: IsoDate): IsoDate =>
    addBusinessDays(from, strategy.counting.pendingDays, holidaysOf(account.terms.zone));
  let until = ends(last.on);
  for (const { name } of checksOf(strategy)) {
    const said = (answer: (typeof CLAIM_ANSWERS)[number]): IsoDate =>
      account.marks[`${name}.${answer}`] ?? '';
    const found = maxDate(said('found'), said('wrong-account'));
    if (said('not-found') >= last.on && said('not-found') >= found) return null;
    if (found >= last.on) until = maxDate(until, ends(found));
  }
  return until >= day ? until : null;
}

/** The tasks in which a person looks for what is said to be paid. */
export function checksOf({ steps }: Strategy): Strategy['steps'] {
  return steps.filter(({ kind, at }) => kind === 'task' && at.anchor === ANCHOR);
}

function inOrder(claims: readonly Claim[]): readonly Claim[] {
  return [...claims].sort((a, b) => (a.on < b.on || (a.on === b.on && a.id < b.id) ? -1 : 1));
}
