import { instalmentNow, judgeAgreement, restsFor } from '../agreement/judge';
import { goesOnWithHeirs, stoppedBy } from '../hold/active';
import { isWholeDisputed } from '../delinquency/disputed';
import { silenceFor } from '../quiet/silence';
import { judge } from '../promise/judge';
import { rulesFor } from '../promise/rules';
import type { Strategy } from '../strategy/strategy';
import type { GateAnswer, Known, Question } from './gate';
import { visitBar } from '../visit/leave';
import { effectOnChannel } from './hold-effect';
import { isAhead } from './together';
import { sparesOthers, wishAgainst } from './wish';

type Bar = (question: Question, known: Known, strategy: Strategy) => GateAnswer | null;

/** What stands against the contact whatever the hour, or null. */
export function barred(question: Question, known: Known, strategy: Strategy): GateAnswer | null {
  for (const bar of BARS) {
    const answer = bar(question, known, strategy);
    if (answer !== null) return answer;
  }
  return null;
}

const block = (rule: string): GateAnswer => ({ gate: 'block', rule });

const closed: Bar = (_question, known) =>
  known.open && known.account.closed === null ? null : block('closed');

/** The core waits where waiting makes sense; a hold that is met at the gate came a moment ago. */
const held: Bar = ({ step, channel }, { account, standing, partyHolds = [] }) => {
  const holds = [...account.holds.filter((one) => !goesOnWithHeirs(step, one)), ...partyHolds];
  const hold = stoppedBy(holds, standing.on, effectOnChannel(step, channel));
  return hold === null ? null : block(`hold:${hold.type}`);
};

/** Nothing is asked for that is paid or wholly disputed. A reminder before the due date asks for what comes next. */
const nothingToAsk: Bar = ({ step }, { account, standing }, { counting }) => {
  if (step.duringAgreement === true && instalmentNow(account, standing.on).open > 0) return null;
  if (standing.pastDue > counting.tolerance) {
    const disputed = standing.askable <= counting.tolerance && step.kind !== 'notice';
    return disputed ? block('disputed') : null;
  }
  return isAhead(step) && standing.nextAmount > 0 ? null : block('paid');
};

/** Money that was accepted and counts from a later day has been paid all the same: nobody is asked for it again. */
const onItsWay: Bar = ({ step }, { account, standing }, { counting }) => {
  const coming = account.owed.movements
    .filter(({ pending, reversedAt }) => pending !== true && reversedAt === undefined)
    .filter(({ kind, valueDate }) => kind === 'payment' && valueDate > standing.on)
    .reduce((sum, { amount }) => sum + amount, 0);
  const asked = standing.pastDue > counting.tolerance ? standing.pastDue : standing.nextAmount;
  return coming > 0 && asked - coming <= counting.tolerance && step.kind !== 'notice' ? block('paid') : null;
};

// A notice that the law wants is outside the house's own rules of rest, never outside holds.
const wholeDebtDisputed: Bar = ({ step }, { account }) => {
  return isWholeDisputed(account) && step.kind !== 'notice' ? block('disputed') : null;
};

const moneyOnItsWay: Bar = ({ step }, { account, standing }, strategy) => {
  if (step.kind === 'notice') return null;
  const quiet = silenceFor(step, account, strategy, standing, standing.on);
  return quiet === null ? null : block(QUIET_RULES[quiet.because]);
};

const QUIET_RULES = {
  announced: 'payment-announced',
  claimed: 'paid-claim',
  complained: 'complaint',
  'debit-awaited': 'debit-awaited',
  'debit-made': 'debit-made',
} as const;

/** Judged on the day, for the journal says what was promised, and only the core whether it still stands. */
const promised: Bar = ({ step }, { account, standing, path }, strategy) => {
  if (step.duringPromise === true || step.kind === 'notice') return null;
  const rules = rulesFor(strategy, path);
  const open = account.promises
    .filter(({ status }) => status === 'open')
    .some((made) => judge(account, made, rules, standing.on) === null);
  return open ? block('promise') : null;
};

/** Likewise of what was agreed: the core alone knows whether it was broken. */
const agreed: Bar = ({ step }, { account, standing }) => {
  if (step.duringAgreement === true || step.kind === 'notice') return null;
  const agreement = restsFor(account, standing.on);
  if (agreement === null) return null;
  const { status } = judgeAgreement(account, agreement, standing.on);
  return ['broken', 'void', 'ended'].includes(status) ? null : block('agreement');
};

/** Somebody who is no party any more, or never may be asked or told, hears nothing of the debt. */
const noParty: Bar = (_question, { addressed }) => (addressed === false ? block('no-party') : null);

/** A preference of the person's: it binds notices too, which have other channels to go by. */
const optedOut: Bar = (_question, { refused }) => (refused === true ? block('opted-out') : null);

/** Not this way, not there, or not at all, as the person asked. */
const wished: Bar = ({ step, channel, now }, { wishes = [], place = 'home' }) => {
  const wish = wishAgainst(wishes, { channel, place, notice: step.kind === 'notice' }, now);
  if (wish === null) return null;
  return { gate: 'block', rule: 'wish', ...(sparesOthers(wish) ? { channel: true } : {}) };
};

const unreachable: Bar = (_question, known) => (known.hasEndpoint ? null : block('no-endpoint'));

/** Nobody goes alone, or where nobody may go. A visit of which nothing is known is one of nobody. */
const visited: Bar = ({ channel }, { visit, account, standing }) => {
  if (channel !== 'visit') return null;
  const rule = visitBar(visit ?? { party: [], place: null }, account, standing.on);
  return rule === null ? null : block(rule);
};

const BARS: readonly Bar[] = [
  closed,
  noParty,
  held,
  nothingToAsk,
  onItsWay,
  wholeDebtDisputed,
  moneyOnItsWay,
  promised,
  agreed,
  optedOut,
  wished,
  unreachable,
  visited,
];
