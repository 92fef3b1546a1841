import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { AGREES } from '../decide/generation';
import { localDate } from '../calendar/zone';
import type { IsoDate, Minor } from '../units';
import { instalmentsOf, isRunning, watchRulesOf, type Agreement, type AgreementStatus } from './agreement';
import { watchPlan, type PlanMoney, type Watched } from './watch';

/**
 * All money for an agreement: payments with a value date from its first day on, those that the account carries one by
 * one and those that it has summed up. What came back is not among them, so that a reversal is a new judgement of all
 * of it. Money of the first day that was there before the agreement is not money for it.
 */
export function moneyFor(account: AccountState, { since, at, money = [] }: Agreement): readonly PlanMoney[] {
  const found: PlanMoney[] = money.map(([valueDate, amount]) => ({ valueDate, amount }));
  for (const { kind, pending, reversedAt, valueDate, postedAt, amount } of account.owed.movements) {
    if (kind !== 'payment' || pending === true || reversedAt !== undefined || valueDate < since) continue;
    if (valueDate === since && postedAt < at) continue;
    found.push({ valueDate, amount });
  }
  return found;
}

/** The agreements that a run decides by: one of an earlier generation carries them for the next. */
export function agreementsOf({ generation, agreements = [] }: AccountState): readonly Agreement[] {
  return generation >= AGREES ? agreements : [];
}

export interface Judged {
  readonly status: AgreementStatus;
  readonly missed: number;
  readonly repaired: number;
  readonly watched: Watched | null;
}

/** How an agreement stands at the end of a day, by its terms and the money for it. Pure: any day may be asked about. */
export function judgeAgreement(account: AccountState, agreement: Agreement, day: IsoDate): Judged {
  const { terms } = agreement;
  const none = { missed: 0, repaired: 0, watched: null };
  if (terms.kind === 'deferment' || terms.kind === 'freeze')
    return { status: terms.until < day ? 'ended' : 'kept', ...none };
  if (terms.kind === 'hardship') return { status: terms.reviewOn < day ? 'ended' : 'kept', ...none };
  if (terms.kind === 'due-date') return { status: 'done', ...none };
  const watched = watchPlan(instalmentsOf(terms), moneyFor(account, agreement), watchRulesOf(terms), day);
  const missed = watched.instalments.filter(({ state }) => state === 'missed').length;
  const failed = terms.kind === 'waiver' ? 'void' : 'broken';
  return {
    status: watched.state === 'broken' ? failed : watched.state,
    missed,
    repaired: watched.repaired,
    watched,
  };
}

/** Whether money or its lack is judged: what is not paid by instalments ends by its day alone. */
export function isWatched({ terms }: Agreement): boolean {
  return terms.kind === 'plan' || terms.kind === 'settlement' || terms.kind === 'waiver';
}

/** Days on which the mere passing of time may change how it stands, the later than `after`, in order. */
export function judgementDays(agreement: Agreement, after: IsoDate): readonly IsoDate[] {
  const { terms } = agreement;
  if (terms.kind === 'deferment' || terms.kind === 'freeze') return [addDays(terms.until, 1)];
  if (terms.kind === 'hardship')
    return [
      ...(terms.restUntil === undefined ? [] : [addDays(terms.restUntil, 1)]),
      addDays(terms.reviewOn, 1),
    ];
  const { graceDays, repairDays } = watchRulesOf(terms);
  const days = new Set<IsoDate>();
  for (const { due } of instalmentsOf(terms)) {
    const judged = addDays(due, graceDays + 1);
    for (const on of [addDays(due, 1), judged, addDays(judged, repairDays + 1)]) if (on > after) days.add(on);
  }
  return [...days].sort();
}

/** The agreement under which collection rests on a day, or null: while it is kept, only due reminders go out (CN-K3). */
export function restsFor(account: AccountState, day: IsoDate): Agreement | null {
  return agreementsOf(account).find((one) => isRunning(one) && rests(one, day)) ?? null;
}

function rests({ terms, since }: Agreement, day: IsoDate): boolean {
  switch (terms.kind) {
    case 'plan':
    case 'settlement':
    case 'waiver':
      return day >= since;
    case 'deferment':
      return day >= terms.from && day <= terms.until;
    case 'hardship':
      return terms.restUntil !== undefined && day <= terms.restUntil;
    case 'freeze':
    case 'due-date':
      return false;
  }
}

/** The running agreement that is paid by instalments, or null. There is never more than one. */
export function watchedAgreement(account: AccountState): Agreement | null {
  return agreementsOf(account).find((one) => isRunning(one) && isWatched(one)) ?? null;
}

/** The last day of the relief that runs and is not paid by instalments: of several the first to end; null: none runs. */
export function endOfRelief(account: AccountState): IsoDate | null {
  const ends = agreementsOf(account).flatMap(({ status, terms }): IsoDate[] => {
    if (status !== 'kept') return [];
    if (terms.kind === 'hardship') return [terms.reviewOn];
    return terms.kind === 'deferment' || terms.kind === 'freeze' ? [terms.until] : [];
  });
  return ends.sort()[0] ?? null;
}

export interface InstalmentNow {
  /** Due date of the next instalment, on the day itself or later; null after the last. */
  readonly nextDue: IsoDate | null;
  /** Due date of the last one before the day. */
  readonly lastDue: IsoDate | null;
  /** What is missing of everything up to the next one, and up to the last one; minor units. */
  readonly open: Minor;
  readonly missing: Minor;
}

const NO_INSTALMENT: InstalmentNow = { nextDue: null, lastDue: null, open: 0, missing: 0 };

/** Where the instalments of the running agreement stand on a day. */
export function instalmentNow(account: AccountState, day: IsoDate): InstalmentNow {
  const agreement = watchedAgreement(account);
  if (agreement === null) return NO_INSTALMENT;
  const instalments = instalmentsOf(agreement.terms);
  const paid = moneyFor(account, agreement).reduce(
    (sum, { valueDate, amount }) => (valueDate <= day ? sum + amount : sum),
    0,
  );
  const next = instalments.find(({ due }) => due >= day) ?? null;
  const past = instalments.filter(({ due }) => due < day);
  const wanted = past.reduce((sum, { amount }) => sum + amount, 0);
  const missing = Math.max(0, wanted - paid);
  return {
    nextDue: next?.due ?? null,
    lastDue: past.at(-1)?.due ?? null,
    open: next === null ? 0 : Math.max(0, wanted + next.amount - paid),
    missing: missing > watchRulesOf(agreement.terms).tolerance ? missing : 0,
  };
}

/** Money that the account will carry as a sum from now on is kept with the agreements that it pays. */
export function condensed(
  agreements: readonly Agreement[],
  dropped: readonly { readonly valueDate: IsoDate; readonly postedAt: string; readonly amount: Minor }[],
): readonly Agreement[] {
  return agreements.map((agreement) => {
    const { since, at, money = [] } = agreement;
    if (!isWatched(agreement)) return agreement;
    const own = dropped.filter(
      ({ valueDate, postedAt }) => valueDate > since || (valueDate === since && postedAt >= at),
    );
    if (own.length === 0) return agreement;
    const byDay = new Map(money);
    for (const { valueDate, amount } of own) byDay.set(valueDate, (byDay.get(valueDate) ?? 0) + amount);
    return { ...agreement, money: shortened([...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) };
  });
}

/** Who pays a little every day: the oldest are joined on the earlier date, in the person's favour. */
const MOST_PAIRS = 90;

function shortened(pairs: readonly (readonly [IsoDate, Minor])[]): readonly (readonly [IsoDate, Minor])[] {
  const [first, second, ...rest] = pairs;
  if (pairs.length <= MOST_PAIRS || first === undefined || second === undefined) return pairs;
  return shortened([[first[0], first[1] + second[1]], ...rest]);
}

/** The day on which an agreement that is made at a moment begins. */
export function firstDay(account: AccountState, at: string): IsoDate {
  return localDate(at, account.terms.zone);
}
