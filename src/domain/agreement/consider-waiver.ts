import { COMPONENTS, each, totalOf, type Amounts } from '../ledger/components';
import { addDays } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import { AUTHORITY, authorityOf, CHECKED_ABOVE, DECIDERS, type Authority, type Decider } from './authority';
import { stillBars, WAIVER_DAYS } from './earlier-offers';
import { giveUp } from './waiver';

/** What is asked, and all that the answer depends on. Amounts in minor units. */
export interface WaiverAsked {
  readonly debt: Amounts;
  /** What is to be given up, in all; it is taken in the order of waiver.ts. */
  readonly amount: Minor;
  readonly dpd: number;
  readonly writtenOff: boolean;
  /** Of whoever asks. It comes from the book's staff, never from the message. */
  readonly role: Decider;
  /** What is left of the role's budget this month. */
  readonly budgetLeft: Minor;
  /** Given up on this account in the last 12 months. */
  readonly givenBefore: Minor;
  /** The person's last waiver that was not void; one in 12 months. */
  readonly lastWaiverOn: IsoDate | null;
  /** An offer that was refused: asking again does not raise it for its days. */
  readonly refusedOffer: { readonly on: IsoDate; readonly amount: Minor } | null;
  readonly day: IsoDate;
}

export type WaiverReason =
  | 'within-authority'
  | 'needs-checker'
  | 'beyond-authority'
  | 'beyond-cap'
  | 'beyond-budget'
  | 'one-a-year'
  | 'asked-again'
  | 'nothing-to-give-up'
  | 'nobody-may';

/**
 * accept: it stands at once. counter: the best that may be given now. needs-approval: nobody waits; the role named may
 * approve it by a message of its own, within so many business days. refuse: nothing is given.
 */
export type WaiverAnswer =
  | { readonly answer: 'accept'; readonly given: Amounts; readonly because: readonly WaiverReason[] }
  | { readonly answer: 'counter'; readonly best: Amounts; readonly because: readonly WaiverReason[] }
  | {
      readonly answer: 'needs-approval';
      readonly wanted: Amounts;
      readonly by: Decider;
      readonly within: number;
      /** What may be given meanwhile, without anybody else. */
      readonly best: Amounts;
      readonly because: readonly WaiverReason[];
    }
  | { readonly answer: 'refuse'; readonly because: readonly WaiverReason[] };

/** Judges a waiver by the authority matrix (ladders 7.1). Changes nothing; a refusal is a value. */
export function considerWaiver(asked: WaiverAsked, matrix: readonly Authority[] = AUTHORITY): WaiverAnswer {
  const { debt, amount, day } = asked;
  const wanted = giveUp(amount, debt);
  if (amount <= 0 || totalOf(wanted) < amount) return { answer: 'refuse', because: ['nothing-to-give-up'] };
  if (asked.lastWaiverOn !== null && asked.lastWaiverOn > addDays(day, -WAIVER_DAYS))
    return { answer: 'refuse', because: ['one-a-year'] };
  const own = limits(asked, asked.role, matrix);
  const { refusedOffer } = asked;
  const again = refusedOffer !== null && stillBars(refusedOffer.on, day);
  const most = again ? Math.min(own.most, refusedOffer.amount) : own.most;
  const alone = giveUp(Math.min(amount, most), own.each);
  // Without a second person neither a large amount nor any principal.
  const best = giveUp(Math.min(totalOf(alone), CHECKED_ABOVE), { ...alone, principal: 0 });
  if (again && amount > refusedOffer.amount) return offer(best, ['asked-again']);
  const because = short(wanted, own);
  if (because.length === 0) {
    if (amount <= CHECKED_ABOVE && wanted.principal === 0)
      return { answer: 'accept', given: wanted, because: ['within-authority'] };
    const row = authorityOf(matrix, asked.role, asked.dpd, asked.writtenOff);
    const within = row?.answersWithin ?? 0;
    return { answer: 'needs-approval', wanted, by: asked.role, within, best, because: ['needs-checker'] };
  }
  for (const role of DECIDERS.slice(DECIDERS.indexOf(asked.role) + 1)) {
    // Another role has a budget of its own, which is reserved when it decides.
    const theirs = limits({ ...asked, budgetLeft: Number.MAX_SAFE_INTEGER }, role, matrix);
    const row = authorityOf(matrix, role, asked.dpd, asked.writtenOff);
    if (row === undefined || short(wanted, theirs).length > 0) continue;
    return { answer: 'needs-approval', wanted, by: role, within: row.answersWithin, best, because };
  }
  return offer(best, [...because, 'nobody-may']);
}

function offer(best: Amounts, because: readonly WaiverReason[]): WaiverAnswer {
  return totalOf(best) === 0 ? { answer: 'refuse', because } : { answer: 'counter', best, because };
}

interface Limits {
  readonly each: Amounts;
  readonly cap: Minor;
  readonly budget: Minor;
  readonly most: Minor;
}

function limits(asked: WaiverAsked, role: Decider, matrix: readonly Authority[]): Limits {
  const row = authorityOf(matrix, role, asked.dpd, asked.writtenOff);
  const shares: Partial<Amounts> = row?.percent ?? {};
  const allowed = each((component) => Math.floor((asked.debt[component] * (shares[component] ?? 0)) / 100));
  const cap =
    row === undefined
      ? 0
      : row.cap === null
        ? Number.MAX_SAFE_INTEGER
        : Math.max(0, row.cap - asked.givenBefore);
  const budget = Math.max(0, asked.budgetLeft);
  return { each: allowed, cap, budget, most: Math.min(cap, budget) };
}

/** What of the role's limits falls short of the wish. */
function short(wanted: Amounts, { each: allowed, cap, budget }: Limits): readonly WaiverReason[] {
  const total = totalOf(wanted);
  const beyond = COMPONENTS.some((component) => wanted[component] > allowed[component]);
  return [
    ...(beyond ? (['beyond-authority'] as const) : []),
    ...(total > cap ? (['beyond-cap'] as const) : []),
    ...(total > budget ? (['beyond-budget'] as const) : []),
  ];
}
