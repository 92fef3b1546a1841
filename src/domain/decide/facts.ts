import type { AccountState, KeptScore } from '../account/state';
import { instalmentNow, restsFor, watchedAgreement } from '../agreement/judge';
import { addDays, daysBetween } from '../calendar/day';
import type { Standing } from '../delinquency/standing';
import { activeHolds } from '../hold/active';
import { isPayNowOnly } from '../promise/limits';
import { abilityOf } from '../score/ability';
import { quadrantOf } from '../score/quadrant';
import { willingnessOf } from '../score/willingness';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Scalar } from '../units';
import type { Facts } from './condition';
import { DISPUTES_WHOLE } from './generation';

type Reader = (account: AccountState, at: Standing, day: IsoDate) => Scalar | null;

const since = (from: IsoDate | null | undefined, day: IsoDate): number | null =>
  from ? daysBetween(from, day) : null;

const brokenIn = (account: AccountState, day: IsoDate, days: number): number =>
  account.broken.filter((on) => on > addDays(day, -days)).length;

/**
 * The facts that the engine knows itself, by the names of strategy/facts.catalogue.ts. Money is in minor units, days
 * are calendar days. What is not here is looked up among the facts that the host sent.
 */
const READERS: Readonly<Record<string, Reader>> = {
  product: (account) => account.terms.product,
  digit: (account) => account.terms.digit,
  past_due: (_account, at) => at.pastDue,
  askable: (_account, at) => at.askable,
  balance: (_account, at) => at.balance,
  overpaid: (_account, at) => Math.max(0, -at.balance),
  accelerated: ({ acceleration }) => acceleration !== undefined,
  oldest_due_amount: (_account, at) => at.oldestAmount,
  next_amount: (_account, at) => at.nextAmount,
  dpd: (_account, at) => at.treatmentDpd,
  contract_dpd: (_account, at) => at.contractDpd,
  cycles: (_account, at) => at.cycles,
  bucket: (_account, at) => at.bucket,
  late: (_account, at) => at.late,
  in_grace: (_account, at) => at.inGrace,
  days_to_due: (_account, at, day) => (at.nextDue ? daysBetween(day, at.nextDue) : null),
  segment: (account) => account.segment,
  path: (account) => account.path,
  stage: (account) => account.stage,
  days_in_stage: (account, _at, day) => since(account.stageSince, day),
  written_off: (account) => account.writtenOff,
  worst_bucket: (account, at) => Math.max(account.episode?.worst ?? 0, at.bucket),
  tone_floor: (account) => account.episode?.floor ?? 0,
  promises_broken_60d: (account, _at, day) => brokenIn(account, day, 60),
  promises_broken_90d: (account, _at, day) => brokenIn(account, day, 90),
  promises_broken_6m: (account, _at, day) => brokenIn(account, day, 180),
  promise_open: (account) => account.promises.some((promise) => promise.status === 'open'),
  agreement: (account, _at, day) => (watchedAgreement(account) ?? restsFor(account, day))?.terms.kind ?? null,
  agreement_rests: (account, _at, day) => restsFor(account, day) !== null,
  instalment_open: (account, _at, day) => instalmentNow(account, day).open,
  instalment_missing: (account, _at, day) => instalmentNow(account, day).missing,
  disputed: ({ disputes, generation }) =>
    disputes.some(
      ({ resolved, repeats }) =>
        resolved === undefined && (repeats === undefined || generation < DISPUTES_WHOLE),
    ),
  complaint_open: ({ complaints = [] }) => complaints.some(({ answered }) => answered === undefined),
  contacts: (account) => account.counts.contacts,
  rpc_count: (account) => account.counts.rpc,
  visits: (account) => account.counts.visits,
  unanswered: (account) => account.counts.unanswered,
  days_since_rpc: (account, _at, day) => since(account.marks['rpc'], day),
  ability: (account, at, day) => abilityOf(account, at, day).level,
  willingness: (account, _at, day) => willingnessOf(account, day).level,
  quadrant: quadrantOf,
  risk_score: riskScore,
};

/** The last that a model of risk said, `risk` or a version of it such as `risk-3`; without one, what the host sent. */
function riskScore({ scores = {}, facts }: AccountState): Scalar | null {
  const told = Object.entries(scores)
    .filter(([model]) => model === 'risk' || model.startsWith('risk-'))
    .map(([, score]) => score)
    .sort((a, b) => (a.on !== b.on ? (a.on < b.on ? 1 : -1) : a.at < b.at ? 1 : -1));
  return told[0]?.value ?? facts['score'] ?? null;
}

function scoreOf({ scores = {} }: AccountState, model: string): KeptScore | undefined {
  return Object.hasOwn(scores, model) ? scores[model] : undefined;
}

/** A reader of facts by name for one account on one day; null is not known. `promises` are the rules of its path. */
export function factsOf(account: AccountState, at: Standing, day: IsoDate, promises: PromiseRules): Facts {
  return (name) => {
    if (name === 'pay_now_only') return isPayNowOnly(account, promises, day);
    const reader = READERS[name];
    if (reader !== undefined) return reader(account, at, day);
    if (name.startsWith('mark.')) return account.marks[name.slice(5)] !== undefined;
    if (name.startsWith('days_since.')) return since(account.marks[name.slice(11)], day);
    if (name.startsWith('score.')) return scoreOf(account, name.slice(6))?.value ?? null;
    if (name.startsWith('score_age.')) return since(scoreOf(account, name.slice(10))?.on, day);
    if (name.startsWith('done.')) return account.done[name.slice(5)]?.how === 'done';
    if (name.startsWith('hold.'))
      return activeHolds(account.holds, day).some((hold) => hold.type === name.slice(5));
    return account.facts[name.startsWith('facts.') ? name.slice(6) : name] ?? null;
  };
}

/** Facts that change by the mere passing of days, and the day that each counts from: a condition on them sets a wake. */
export function countsFrom(name: string, account: AccountState, at: Standing): IsoDate | null {
  if (name === 'contract_dpd') return at.oldestDue;
  if (name === 'days_since_rpc') return account.marks['rpc'] ?? null;
  if (name === 'days_in_stage') return account.stageSince;
  if (name.startsWith('days_since.')) return account.marks[name.slice(11)] ?? null;
  if (name.startsWith('score_age.')) return scoreOf(account, name.slice(10))?.on ?? null;
  return null;
}
