import type { AccountView } from '../activities/contract';
import type { AccountState } from '../domain/account/state';
import type { Decision, Why } from '../domain/decide/decision';
import { sentenceIn } from '../domain/decide/sentence-in';
import type { Strategy, Step } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';

/** The server takes 400 bytes; a title may be Chinese. */
const SUMMARY_LENGTH = 120;

const cut = (text: string): string =>
  text.length <= SUMMARY_LENGTH ? text : `${text.slice(0, SUMMARY_LENGTH - 1)}…`;

/** Why, for people: amounts stand as they are written in the currency of the strategy, which is the account's. */
export const said = ({ currency }: Strategy, why: Why): string => sentenceIn(currency, why);

/** What Temporal's UI shows beside an activity: every sentence of a step holds its title, which is the strategy's own. */
export function stepSummary(strategy: Strategy, step: Step, decision: Decision): string {
  return cut(`${step.name}: ${said(strategy, decision.why)}`);
}

export function closeSummary(strategy: Strategy, decision: Decision): string {
  return cut(said(strategy, decision.why));
}

/** One line for lists, kept in the run's memo. */
export function titleOf(account: AccountState, at: AccountView, strategy: Strategy): string {
  const where = at.stage === null ? 'no stage' : `stage ${at.stage}`;
  return `${strategy.title}, ${where}, ${at.contractDpd} days past due on ${account.stageSince ?? account.enteredOn}`;
}

/** The current details in Temporal's UI: where the account stands and what comes next, in Markdown. */
export function details(at: AccountView, strategy: Strategy, next: Decision | null, now: Instant): string {
  const due = at.oldestDue === null ? 'Nothing is past due.' : `Past due since ${at.oldestDue}.`;
  const lines = [
    `**${at.stage ?? 'No stage'}** by *${strategy.title}*${at.path === null ? '' : `, path ${at.path}`}`,
    '',
    `${due} ${at.contractDpd} days by the contract, ${at.treatmentDpd} on the ladder.`,
    ...(at.holds.length === 0 ? [] : [`Held: ${at.holds.join(', ')}.`]),
    ...(at.promise === 'open' ? ['A promise to pay is open.'] : []),
    ...(next === null ? [] : [`Next${until(next)}: ${said(strategy, next.why)}`]),
    '',
    `As of ${now}.`,
  ];
  return lines.join('\n');
}

function until(next: Decision): string {
  if (next.action.do !== 'wait' || next.action.until === null) return '';
  return ` at ${next.action.until}`;
}
