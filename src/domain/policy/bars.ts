import { effectOnChannel } from './hold-effect';
import { stoppedBy } from '../hold/active';
import type { Step, Strategy } from '../strategy/strategy';
import type { GateAnswer, Known, Question } from './gate';

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

/** A hold without an end, or one that stops what asks for money, blocks; a notice waits for the hold's last day. */
const held: Bar = ({ step, channel }, { account, standing }) => {
  const hold = stoppedBy(account.holds, standing.on, effectOnChannel(step, channel));
  return hold === null ? null : block(`hold:${hold.type}`);
};

/** Nothing is asked for that is paid or wholly disputed. A reminder before the due date asks for what comes next. */
const nothingToAsk: Bar = ({ step }, { standing }, { counting }) => {
  if (standing.pastDue > counting.tolerance) {
    const disputed = standing.askable <= counting.tolerance && step.kind !== 'notice';
    return disputed ? block('disputed') : null;
  }
  return isAhead(step) && standing.nextAmount > 0 ? null : block('paid');
};

function isAhead(step: Step): boolean {
  return step.stages.includes('pre-due') || step.at.anchor === 'next-due' || step.at.anchor === 'statement';
}

// A notice that the law wants is outside the house's own rules of rest, never outside holds.
const wholeDebtDisputed: Bar = ({ step }, { account }) => {
  const open = account.disputes.some((dispute) => dispute.amount === null && dispute.resolved === undefined);
  return open && step.kind !== 'notice' ? block('disputed') : null;
};

const announced: Bar = ({ step }, { standing }) => {
  const resting = standing.pendingUntil !== null && standing.on <= standing.pendingUntil;
  return resting && step.kind !== 'notice' ? block('payment-announced') : null;
};

const promised: Bar = ({ step }, { account }) => {
  const open = account.promises.some((promise) => promise.status === 'open');
  return open && step.duringPromise !== true && step.kind !== 'notice' ? block('promise') : null;
};

const unreachable: Bar = (_question, known) => (known.hasEndpoint ? null : block('no-endpoint'));

const BARS: readonly Bar[] = [
  closed,
  held,
  nothingToAsk,
  wholeDebtDisputed,
  announced,
  promised,
  unreachable,
];
