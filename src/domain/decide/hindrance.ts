import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { HoldEffects } from '../hold/effects';
import { goesOnWithHeirs, stoppedBy } from '../hold/active';
import { restsFor } from '../agreement/judge';
import { silenceFor } from '../quiet/silence';
import { sayCondition } from '../strategy/say-condition';
import type { Need, Step } from '../strategy/strategy';
import type { Instant, IsoDate, Zone } from '../units';
import { meets } from './condition';
import type { Occurrence, Why } from './decision';
import { momentOf } from './ladder-day';
import {
  ASKS_FOR_DEBTS_ONLY,
  FOLLOWS_RELEASE,
  MISSED_WHILE_STOPPED,
  REGAINS_NOTICES,
  KNOWS_PAYMENTS_IN_TIME,
  TELLS_HEIRS,
} from './generation';
import type { Situation } from './situation';
import { why } from './why';

/** What stands against a step that has come due: it is left out, or put off until a moment (null: until an event). */
export type Hindrance =
  | { readonly kind: 'skip'; readonly why: Why }
  | {
      readonly kind: 'put-off';
      readonly until: Instant | null;
      readonly why: Why;
      /** News may end it earlier: looked at again every time. */
      readonly early?: true;
    };

type Check = (step: Step, occurrence: Occurrence, situation: Situation) => Hindrance | null;

/** The first thing that stands against the step now, or null: then it is done. The order decides which reason is given. */
export function hindrance(step: Step, occurrence: Occurrence, situation: Situation): Hindrance | null {
  for (const check of CHECKS) {
    const found = check(step, occurrence, situation);
    if (found !== null) return found;
  }
  return null;
}

const skip = (reason: Why): Hindrance => ({ kind: 'skip', why: reason });

/** Which effect of a hold stops a step; null for work that touches nobody. */
export function effectOn(step: Step): keyof HoldEffects | null {
  if (step.channels?.includes('visit')) return 'visit';
  if (step.channels?.some((channel) => channel === 'legal' || channel === 'agency')) return 'legal';
  if (step.kind === 'task') return null;
  return step.kind;
}

/** Stages are for debts; a step of no stage must look by itself, or a block put off by a hold would hit who has paid. */
const nothingOwed: Check = (step, occurrence, { account, standing, day }) => {
  // What was agreed is booked by the host however little is left: nothing is, where the rest was given up.
  if (step.duringAgreement === true && (step.kind === 'host' || restsFor(account, day) !== null)) return null;
  if (account.generation < ASKS_FOR_DEBTS_ONLY || step.kind === 'task' || step.stages.length > 0) return null;
  if (standing.oldestDue !== null || isBeforeDue(step, occurrence, account.terms.zone)) return null;
  return skip(why('skip-paid', { step: step.title }));
};

function isBeforeDue({ at }: Step, { anchor, due }: Occurrence, zone: Zone): boolean {
  return (at.anchor === 'due' || at.anchor === 'next-due') && localDate(due, zone) <= anchor;
}

/** What asks for money is left out under a hold; a notice that the law wants waits for the end of it. */
const held: Check = (step, _occurrence, situation) => {
  const effect = effectOn(step);
  const { account, day } = situation;
  const tells = account.generation >= TELLS_HEIRS;
  const holds = tells ? account.holds.filter((one) => !goesOnWithHeirs(step, one)) : account.holds;
  const hold = effect === null ? null : stoppedBy(holds, day, effect);
  if (hold === null) return null;
  if (step.kind === 'contact') return skip(why('skip-held', { step: step.title, hold: hold.type }));
  const until = hold.until === null ? null : momentOf(situation, addDays(hold.until, 1));
  return {
    kind: 'put-off',
    until,
    why: why('put-off', { step: step.title, because: `a ${hold.type} hold stops it` }),
    ...(account.generation >= FOLLOWS_RELEASE ? { early: true } : {}),
  };
};

const disputed: Check = (step, _occurrence, { standing }) =>
  step.kind === 'contact' && standing.pastDue > 0 && standing.askable <= 0
    ? skip(why('skip-disputed', { step: step.title }))
    : null;

const promised: Check = (step, _occurrence, { account }) => {
  const open = account.promises.find((promise) => promise.status === 'open');
  if (open === undefined || step.duringPromise === true || step.kind === 'notice' || step.kind === 'host')
    return null;
  return skip(why('skip-promise', { step: step.title, date: open.date }));
};

/** While an agreement is kept collection rests: its own reminders, notices by law and the host's work go on (CN-K3). */
const agreed: Check = (step, _occurrence, { account, day }) => {
  if (step.duringAgreement === true || step.kind === 'notice' || step.kind === 'host') return null;
  const agreement = restsFor(account, day);
  if (agreement === null) return null;
  return skip(
    why('skip-agreement', { step: step.title, kind: agreement.terms.kind, since: agreement.since }),
  );
};

/**
 * Money that is on its way, or may be: contact is left out. Law and placement come once, so they wait for the end of
 * it (from the third generation on).
 */
const announced: Check = (step, _occurrence, situation) => {
  const { account, strategy, standing, day } = situation;
  const inLaw = effectOn(step) === 'legal' && account.generation >= KNOWS_PAYMENTS_IN_TIME;
  if (step.kind === 'notice' || (step.kind !== 'contact' && !inLaw)) return null;
  const quiet = silenceFor(step, account, strategy, standing, day);
  if (quiet === null) return null;
  const reason = SAYS[quiet.because];
  if (!inLaw) return skip(why(reason.skip, { step: step.title, until: quiet.until }));
  const until = quiet.until === null ? null : momentOf(situation, addDays(quiet.until, 1));
  const put = why('put-off', { step: step.title, because: reason.because });
  return { kind: 'put-off', until, why: put, early: true };
};

const SAYS = {
  announced: { skip: 'skip-pending', because: 'a payment is announced' },
  claimed: { skip: 'skip-claimed', because: 'the person says that it is paid' },
  complained: { skip: 'skip-complained', because: 'a complaint rests it' },
  'debit-awaited': { skip: 'skip-debit', because: 'the result of the debit is not known' },
  'debit-made': { skip: 'skip-debited', because: 'the debit was made' },
} as const;

/** Missed because everything was down: by the step's own rule left out, or done now, one a day and never as a burst. */
const late: Check = (step, occurrence, situation) => {
  const { account, day } = situation;
  const dueOn = localDate(occurrence.due, account.terms.zone);
  if (dueOn >= day) return null;
  const putOff = account.deferred.some(
    ({ step: name, stopped }) => name === occurrence.step && !(stopped && hasMissedRule(account)),
  );
  if (step.late === 'skip' && !putOff) return skip(why('skip-late', { step: step.title, dueOn }));
  if (step.kind !== 'contact' || account.marks['contact'] !== day) return null;
  const until = momentOf(situation, addDays(day, 1), step.at.time);
  return {
    kind: 'put-off',
    until,
    why: why('put-off', { step: step.title, because: 'one that was missed is caught up a day' }),
  };
};

const hasMissedRule = ({ generation }: AccountState): boolean => generation >= MISSED_WHILE_STOPPED;

const condition: Check = (step, _occurrence, { facts, strategy }) =>
  step.when !== undefined && !meets(step.when, facts)
    ? skip(why('skip-condition', { step: step.title, condition: sayCondition(step.when, strategy.currency) }))
    : null;

/** An earlier notice must have gone out, or arrived, so many days ago. */
const needed: Check = (step, _occurrence, situation) => {
  for (const need of step.needs ?? []) {
    const from = needMet(need, situation);
    if (from !== null && from <= situation.now) continue;
    const because = `${need.step} must be ${need.state} for ${need.days} days`;
    return { kind: 'put-off', until: from, why: why('put-off', { step: step.title, because }) };
  }
  return null;
};

function needMet(need: Need, situation: Situation): Instant | null {
  const { account } = situation;
  const done = account.done[need.step];
  const on =
    need.state === 'arrived'
      ? account.marks[`${need.step}.arrived`]
      : done?.how === 'done'
        ? done.on
        : undefined;
  return on === undefined ? null : momentOf(situation, addDays(on, need.days));
}

/** Several notices that the law wants first, for an account that comes late: one a day, never as a burst. */
const oneFirstADay: Check = (step, _occurrence, situation) => {
  const { account, strategy, day } = situation;
  if (account.generation < REGAINS_NOTICES || step.first !== true || step.kind !== 'notice') return null;
  const other = strategy.steps.find(
    ({ name, first, kind }) =>
      first === true && kind === 'notice' && name !== step.name && wasDoneOn(account, name, day),
  );
  if (other === undefined) return null;
  const until = momentOf(situation, addDays(day, 1), step.at.time);
  const because = `${other.title} went out today`;
  return { kind: 'put-off', until, why: why('put-off', { step: step.title, because }) };
};

function wasDoneOn({ done }: AccountState, name: string, day: IsoDate): boolean {
  const before = done[name];
  return before !== undefined && before.how !== 'skipped' && before.on === day;
}

const worth: Check = (step, _occurrence, { standing }) => {
  if (step.worthIt === undefined || step.cost === undefined) return null;
  const gain = standing.askable * step.worthIt.chance;
  if (gain > step.cost * step.worthIt.factor) return null;
  return skip(why('skip-worth', { step: step.title, cost: step.cost, pastDue: standing.askable }));
};

const CHECKS: readonly Check[] = [
  nothingOwed,
  held,
  disputed,
  promised,
  agreed,
  announced,
  condition,
  worth,
  late,
  needed,
  oneFirstADay,
];
