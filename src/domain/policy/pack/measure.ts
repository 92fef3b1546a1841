import type { Attempt } from './ledger';
import type { PolicyRequest } from './request';
import type { Key, Measure, Outcome } from './words';

/**
 * What of an attempt counts under each measure. One that is under way, or of which nobody knows the end, may have been
 * any of them and counts as each. What a carrier refused before it took it reached nobody and counts as none.
 */
const COUNTS: Readonly<Record<Measure, readonly Outcome[] | 'all'>> = {
  attempt: 'all',
  visit: 'all',
  message: 'all',
  unanswered: ['unanswered', 'left-message', 'open', 'unknown'],
  connected: ['conversation', 'third-party', 'met', 'open', 'unknown'],
  conversation: ['conversation', 'met', 'open', 'unknown'],
  contact: ['conversation', 'met', 'sent', 'delivered', 'left-message', 'open', 'unknown'],
};
const MESSAGES = ['sms', 'wechat', 'social', 'app', 'email', 'letter', 'voicemail'];

export function counts({ outcome, channel }: Attempt, measure: Measure): boolean {
  if (outcome === 'refused') return false;
  if (measure === 'visit' && channel !== 'visit') return false;
  if (measure === 'message' && !MESSAGES.includes(channel)) return false;
  const outcomes = COUNTS[measure];
  return outcomes === 'all' || outcomes.includes(outcome);
}

/** Whether an attempt is of the same account, person, number … as the request. What either does not know matches. */
export function sameKeys(attempt: Attempt, request: PolicyRequest, keys: readonly Key[]): boolean {
  return keys.every((key) => {
    const mine = request[key];
    const its = attempt[key];
    if (mine === null || its === null || mine === its) return true;
    return key === 'account' && attempt.also?.includes(mine) === true;
  });
}
