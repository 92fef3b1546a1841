import type { Agreement, AgreementStatus } from '../agreement/agreement';
import { isRunning } from '../agreement/agreement';
import {
  agreementsOf,
  instalmentNow,
  isWatched,
  judgeAgreement,
  judgementDays,
  type Judged,
} from '../agreement/judge';
import { instalmentsOf, waivedBy } from '../agreement/agreement';
import { givenUpId } from '../account/carry';
import { addMovement } from '../account/payment';
import type { AccountState } from '../account/state';
import { totalOf, type Amounts } from '../ledger/components';
import { keepsLedger } from '../ledger/keeps';
import { hasLeft } from '../hold/active';
import { localDate } from '../calendar/zone';
import type { Instant, IsoDate } from '../units';
import type { Action, Decision } from './decision';
import { momentOf } from './ladder-day';
import type { Situation } from './situation';
import { firmer } from './tone';
import { why, type Reason } from './why';

const RANK: readonly AgreementStatus[] = ['done', 'ended', 'kept', 'missed', 'breached', 'broken', 'void'];

/**
 * The first agreement that stands otherwise than it was last judged, with its judgement. What got better is known at
 * once; what got worse is judged on the day's posting run, and never while the account is not in the host's file. One
 * that has ended is judged again as well: its money may have come back, or have been told late.
 */
export function agreementJudgement(at: Situation): Decision | null {
  const { account, now, day, standing, strategy } = at;
  for (const agreement of agreementsOf(account)) {
    if (isOver(agreement, account)) continue;
    let judged = judgeAgreement(account, agreement, day);
    if (isSame(agreement, judged)) continue;
    const worse =
      RANK.indexOf(judged.status) > RANK.indexOf(agreement.status) || judged.missed > (agreement.missed ?? 0);
    // What has ended is looked at again only when its money changed, and then at once.
    if (worse && isRunning(agreement) && now < momentOf(at, day)) continue;
    if (worse && hasLeft(account, day)) continue;
    // Nothing is owed any more, by whatever way: there is nothing left to miss.
    if (worse && agreement.terms.kind === 'plan' && standing.balance <= strategy.counting.tolerance)
      judged = { ...judged, status: 'ended' };
    if (isSame(agreement, judged)) continue;
    return decision(agreement, judged, now);
  }
  return null;
}

/** What was taken back, or has another one in its place, is not looked at again. */
function isOver(agreement: Agreement, { agreements = [] }: AccountState): boolean {
  if (agreement.status === 'superseded' || agreement.status === 'cancelled') return true;
  // A plan that ended because nothing was owed any more says nothing of what falls due later.
  if (agreement.status === 'ended' && agreement.terms.kind === 'plan') return true;
  if (isRunning(agreement) || !isWatched(agreement)) return false;
  const later = agreements.slice(agreements.indexOf(agreement) + 1);
  return later.some((other) => isWatched(other) && other.status !== 'cancelled');
}

const isSame = (agreement: Agreement, judged: Judged): boolean =>
  agreement.status === judged.status &&
  (agreement.missed ?? 0) === judged.missed &&
  (agreement.repaired ?? 0) === judged.repaired;

function decision(agreement: Agreement, judged: Judged, now: Instant): Decision {
  const { id, terms } = agreement;
  const { status, missed, repaired, watched } = judged;
  const instalments = instalmentsOf(terms);
  const last = watched?.instalments.filter(({ state }) => state === 'missed').at(-1);
  const args = {
    agreement: id,
    kind: terms.kind,
    n: last?.n,
    of: instalments.length,
    missed,
    until: watched?.repairBy ?? ('until' in terms ? terms.until : undefined),
    debt: terms.kind === 'settlement' ? terms.debt : undefined,
    waived: waivedBy(terms) === null ? undefined : totalOf(waivedBy(terms) ?? {}),
  };
  return {
    at: now,
    action: { do: 'judge-agreement', agreement: id, status, missed, repaired },
    why: why(reasonOf(agreement, judged), args),
  };
}

function reasonOf(agreement: Agreement, { status, repaired }: Judged): Reason {
  const { terms } = agreement;
  switch (status) {
    case 'done':
      return terms.kind === 'settlement'
        ? 'settlement-done'
        : terms.kind === 'waiver'
          ? 'waiver-done'
          : 'plan-done';
    case 'broken':
      return terms.kind === 'settlement' ? 'settlement-broken' : 'plan-broken';
    case 'void':
      return 'waiver-void';
    case 'breached':
      return 'plan-breached';
    case 'missed':
      return 'plan-missed';
    case 'ended':
      return 'agreement-over';
    default:
      return repaired > (agreement.repaired ?? 0) ? 'plan-repaired' : 'agreement-kept';
  }
}

/** The account after a judgement: what was given up counts or counts no more, and marks say what steps are anchored to. */
export function withJudgement(
  account: AccountState,
  action: Extract<Action, { do: 'judge-agreement' }>,
  now: Instant,
): AccountState {
  const { agreements = [] } = account;
  const before = agreements.find(({ id }) => id === action.agreement);
  if (before === undefined) return account;
  const day = localDate(now, account.terms.zone);
  const { status, missed, repaired } = action;
  const after: Agreement = { ...before, status, missed, repaired, judgedOn: day };
  const judged: AccountState = {
    ...account,
    agreements: agreements.map((one) => (one === before ? after : one)),
    marks: { ...account.marks, ...marksOf(before, after, day) },
  };
  const given = withGivenUp(judged, after, now, day);
  if (status === 'done' && after.terms.kind === 'settlement')
    return { ...given, closed: given.closed ?? { reason: 'settled', on: day } };
  const failed = (status === 'broken' || status === 'void') && isRunning(before);
  return failed ? { ...given, episode: given.episode && firmer(given.episode) } : given;
}

function marksOf(before: Agreement, after: Agreement, day: IsoDate): Record<string, IsoDate> {
  const marks: Record<string, IsoDate> = {};
  if ((after.missed ?? 0) > (before.missed ?? 0)) marks['instalment-missed'] = day;
  if ((after.repaired ?? 0) > (before.repaired ?? 0)) marks['agreement-repaired'] = day;
  if (after.status === before.status || after.status === 'kept' || after.status === 'missed') return marks;
  marks[`agreement-${after.status}`] = day;
  marks[`${after.terms.kind}-${after.status}`] = day;
  return marks;
}

/** Given up once it is done, and owed again where that turns out otherwise. */
function withGivenUp(account: AccountState, agreement: Agreement, now: Instant, day: IsoDate): AccountState {
  const waived = waivedBy(agreement.terms);
  const amount = waived === null ? 0 : totalOf(waived);
  if (amount === 0) return account;
  const id = givenUpId(agreement.id);
  const others = account.owed.movements.filter((movement) => movement.id !== id);
  const without = { ...account, owed: { ...account.owed, movements: others } };
  if (agreement.status !== 'done') return without;
  return addMovement(without, {
    ...{ id, kind: 'adjustment', amount, valueDate: day, postedAt: now, counts: true },
    ...(keepsLedger(account) && waived !== null ? { waived: some(waived) } : {}),
  });
}

/** Of what was given up, the components that are more than nothing. */
function some(amounts: Amounts): Partial<Amounts> {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));
}

/** Moments after now at which the passing of days may change an agreement, or which instalment is the next one. */
export function agreementWakes(
  at: Situation,
): readonly { readonly at: Instant; readonly kind: string; readonly on: IsoDate }[] {
  const { account, day, now } = at;
  return agreementsOf(account)
    .filter(isRunning)
    .flatMap((agreement) => {
      // Money that came back in the morning is judged on the posting run of its day.
      const today = isSame(agreement, judgeAgreement(account, agreement, day)) ? [] : [day];
      const days = [...today, ...judgementDays(agreement, day)];
      return days.map((on) => ({ at: momentOf(at, on), kind: agreement.terms.kind, on }));
    })
    .filter((wake) => wake.at > now);
}

/** Whether anything of the agreements would then be decided or anchored anew. */
export function agreementTurns(then: Situation, before: IsoDate): boolean {
  if (agreementJudgement(then) !== null) return true;
  const { account, day } = then;
  return instalmentNow(account, day).nextDue !== instalmentNow(account, before).nextDue;
}
