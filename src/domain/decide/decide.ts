import type { AccountState, Promised } from '../account/state';
import { addDays } from '../calendar/day';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { localDate } from '../calendar/zone';
import { CLAIM_DAYS, restingClaims, unsaidClaim } from '../quiet/claims';
import { DEBIT_DAYS, debitOf } from '../quiet/debits';
import { hasLeft } from '../hold/active';
import { failsAfter, judge } from '../promise/judge';
import { paidFor } from '../promise/money';
import { rulesFor } from '../promise/rules';
import type { Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { watchedAgreement } from '../agreement/judge';
import { agreementJudgement } from './agreements';
import { anchorOf, offsetText } from './anchor';
import { CHASE, type Decision, type Why } from './decision';
import { candidates, type Candidate } from './due-steps';
import {
  KNOWS_PAYMENTS_IN_TIME,
  LEFT_IS_NOT_BROKEN,
  NOTHING_TO_KEEP,
  SAYS_SEGMENTS,
  STAGED_IS_NOT_CURED,
} from './generation';
import { hindrance } from './hindrance';
import { becauseOf, segmentChange } from './segment';
import { segmentFall } from './segment-fall';
import { situation, type Situation } from './situation';
import { stageNow } from './stage';
import { toneOf } from './tone';
import { judgedAt, waiting } from './wake';
import { why } from './why';

type Rule = (at: Situation) => Decision | null;

/**
 * The next action for an account under its strategy at a moment, when, and why. Pure and total: asked twice it answers
 * twice the same. The rules are asked in order; the first that has something to say decides.
 */
export function decide(account: AccountState, strategy: Strategy, now: Instant): Decision {
  const at = situation(account, strategy, now);
  for (const rule of RULES) {
    const decision = rule(at);
    if (decision !== null) return decision;
  }
  return waiting(at);
}

const closed: Rule = ({ account, now }) =>
  account.closed === null
    ? null
    : {
        at: now,
        action: { do: 'close', reason: account.closed.reason },
        why: why('close-asked', { reason: account.closed.reason }),
      };

const promises: Rule = (at) => {
  const { account, strategy, standing, now, day } = at;
  const rules = rulesFor(strategy, account.path);
  for (const promise of account.promises) {
    if (promise.status !== 'open') continue;
    const verdict = judge(account, promise, rules, day);
    const failed = verdict === 'broken' || verdict === 'partial';
    if (verdict === null || (failed && !isJudged(at, promise))) continue;
    // What was paid meanwhile is not known: it is judged when the account is back in the host's file.
    if (failed && account.generation >= LEFT_IS_NOT_BROKEN && hasLeft(account, day)) continue;
    if (failed && account.generation >= NOTHING_TO_KEEP && standing.oldestDue === null) {
      const { amount, date } = promise;
      return {
        at: now,
        action: { do: 'judge', promise: promise.id, verdict: 'cancelled' },
        why: why('promise-cancelled', { amount, date }),
      };
    }
    const until = failsAfter(account, promise, rules, day);
    const paid = paidFor(account, promise, rules);
    const reason = why(`promise-${verdict}`, { amount: promise.amount, date: promise.date, paid, until });
    return { at: now, action: { do: 'judge', promise: promise.id, verdict }, why: reason };
  }
  return null;
};

/** The posting run after the last day of what was not paid has come. */
function isJudged(at: Situation, promise: Promised): boolean {
  const on = judgedAt(at, promise);
  return on !== null && at.now >= on;
}

const episode: Rule = ({ account, strategy, standing, day, now }) => {
  const { watchDays } = strategy.counting;
  const change = (to: 'start' | 'cured' | 'again' | 're-anchored', reason: Why): Decision => ({
    at: now,
    action: { do: 'episode', change: to },
    why: reason,
  });
  const past = account.episode;
  if (standing.oldestDue === null) {
    return past !== null && past.curedOn === null
      ? change('cured', why('episode-cured', { watchDays }))
      : null;
  }
  const due = standing.treatmentDue ?? standing.oldestDue;
  if (
    past === null ||
    (past.curedOn !== null && (day > addDays(past.curedOn, watchDays) || past.worst === 0))
  ) {
    return change('start', why('episode-start', { pastDue: standing.pastDue, due }));
  }
  if (past.curedOn !== null) return change('again', why('episode-again'));
  return past.anchor === due ? null : change('re-anchored', why('episode-re-anchored', { due }));
};

const segment: Rule = (at) => {
  const to = segmentChange(at);
  if (to === null) return segmentFall(at);
  const { segment: from, generation } = at.account;
  // Where it begins is no change: the life of most accounts is not made longer by its reason.
  const because = from === null || generation < SAYS_SEGMENTS ? '' : becauseOf(to, at);
  const args = { segment: to.name, path: to.path, from, ...(because === '' ? {} : { because }) };
  const reason = why('segment', args);
  return { at: at.now, action: { do: 'segment', segment: to.name, path: to.path }, why: reason };
};

/** Money first: what it changes of the past is known before anything new is concluded. */
const back: Rule = ({ account, now }) => {
  const { behind } = account.owed;
  if (behind === undefined) return null;
  return { at: now, action: { do: 'look-back', from: behind }, why: why('look-back', { from: behind }) };
};

/** Each word that it is paid is answered once: it rests contact, or the last one was too short a time ago. */
const claims: Rule = ({ account, strategy, now }) => {
  const claim = unsaidClaim(account);
  if (claim === null) return null;
  const resting = restingClaims(account.claims ?? [], strategy.counting);
  const rests = resting.some(({ id }) => id === claim.id);
  const before = resting.filter(({ on, id }) => on <= claim.on && id !== claim.id).pop();
  const { pendingDays, claimDays = CLAIM_DAYS } = strategy.counting;
  const until = addBusinessDays(claim.on, pendingDays, holidaysOf(account.terms.zone));
  const reason = rests
    ? why('claim-rests', { until })
    : why('claim-again', { on: before?.on ?? claim.on, days: claimDays });
  return { at: now, action: { do: 'claim', claim: claim.id, rests }, why: reason };
};

/** No result of a debit by its last day: a person is asked, once for each debit, and contact rests on. */
const debit: Rule = ({ account, strategy, standing, day, now }) => {
  if (account.generation < KNOWS_PAYMENTS_IN_TIME) return null;
  const known = debitOf(account, strategy, standing, day);
  if (known?.is !== 'awaited' || day < known.askOn) return null;
  if ((account.marks['debit-missing'] ?? '') >= known.from) return null;
  const { due } = known;
  return {
    at: now,
    action: { do: 'miss-debit', due },
    why: why('debit-missing', { due, days: strategy.counting.debitDays ?? DEBIT_DAYS }),
  };
};

/** An outcome that did not come: a campaign has simply ended, of a visit or a task a supervisor is asked. */
const overdue: Rule = ({ account, now, strategy }) => {
  const task = account.open.find((one) => one.until <= now);
  if (task === undefined) return null;
  const step = strategy.steps.find((one) => one.name === task.step);
  if (task.kind === 'campaign' || step === undefined) {
    return {
      at: task.until,
      action: { do: 'end-task', step: task.step },
      why: why('campaign-ended', { step: task.step }),
    };
  }
  const occurrence = { step: task.step, anchor: task.since, n: CHASE + task.chased, due: task.until };
  const reason = why('chase', { step: step.title, until: localDate(task.until, account.terms.zone) });
  return { at: task.until, action: { do: 'step', occurrence, tone: null }, why: reason };
};

const stage: Rule = (at) => {
  const { account, standing, now } = at;
  const to = stageNow(at);
  if (to === account.stage) return null;
  const args = {
    stage: to,
    from: account.stage,
    dpd: standing.treatmentDpd,
    path: account.path,
    pastDue: standing.pastDue,
  };
  return {
    at: now,
    action: { do: 'stage', stage: to, from: account.stage },
    why: why(to === null ? 'stage-leave' : 'stage-enter', args),
  };
};

/** Cured when nothing was past due for the watch days and nothing more will fall due by the engine's own book. */
const cured: Rule = ({ account, strategy, standing, day, now }) => {
  const on = account.episode?.curedOn ?? null;
  const { watchDays } = strategy.counting;
  if (on === null || day < addDays(on, watchDays)) return null;
  const staged = account.stage !== null && !account.writtenOff;
  if (staged && account.generation >= STAGED_IS_NOT_CURED) return null;
  // What was agreed is still to be paid, whatever the host calls it meanwhile.
  if (watchedAgreement(account) !== null) return null;
  if (account.terms.books === 'obligations' && standing.nextDue !== null) return null;
  return { at: now, action: { do: 'close', reason: 'cured' }, why: why('close-cured', { watchDays }) };
};

const steps: Rule = (at) => {
  for (const candidate of candidates(at)) {
    if (candidate.ready > at.now) continue;
    const { step, occurrence } = candidate;
    const against = hindrance(step, occurrence, at);
    if (against === null) {
      const tone = toneOf(step, at.account.path, at.account.episode);
      return { at: occurrence.due, action: { do: 'step', occurrence, tone }, why: reasonFor(candidate, at) };
    }
    if (against.kind === 'skip')
      return { at: occurrence.due, action: { do: 'skip', occurrence }, why: against.why };
    if (candidate.origin === 'put-off' && against.until === null) continue;
    return {
      at: occurrence.due,
      action: { do: 'put-off', occurrence, until: against.early === true ? null : against.until },
      why: against.why,
    };
  }
  return null;
};

/** Why a step is done, with the figures that it was decided on. */
function reasonFor({ step, occurrence, origin }: Candidate, at: Situation): Why {
  const { account, standing, day } = at;
  const dueOn = localDate(occurrence.due, account.terms.zone);
  const anchored = anchorOf(step.at.anchor, at);
  const code =
    origin === 'first'
      ? 'step-first'
      : origin === 'put-off'
        ? 'step-ready'
        : dueOn < day
          ? 'step-late'
          : 'step-due';
  return why(code, {
    title: step.title,
    step: step.name,
    dueOn,
    anchor: `${step.at.anchor} ${occurrence.anchor}`,
    offset: anchored === null ? undefined : offsetText(anchored, dueOn),
    dpd: standing.treatmentDpd,
    contractDpd: standing.contractDpd,
    cycles: standing.cycles,
    pastDue: standing.pastDue,
    segment: account.segment,
    path: account.path,
    stage: account.stage,
  });
}

/** Money before everything, then what the account is, then what is done about it. */
const RULES: readonly Rule[] = [
  closed,
  back,
  claims,
  debit,
  promises,
  agreementJudgement,
  episode,
  segment,
  overdue,
  stage,
  cured,
  steps,
];
