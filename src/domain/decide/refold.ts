import { apply } from '../account/apply';
import { begin } from '../account/begin';
import type { Enrolment } from '../account/enrolment';
import type { AccountEvent } from '../account/events';
import { refold as foldMoney } from '../account/refold';
import { reopens } from '../account/reopening';
import type { AccountState } from '../account/state';
import type { Strategy } from '../strategy/strategy';
import type { Instant } from '../units';
import { advance } from './advance';
import type { Occurrence, StepResult, Why } from './decision';
import { record } from './record';

/** An entry of an account's journal: a fact that was told, or a step that was decided, with the world's answer. */
export type Entry =
  | { readonly kind: 'fact'; readonly event: AccountEvent }
  | {
      readonly kind: 'decision';
      readonly at: Instant;
      readonly occurrence: Occurrence;
      readonly tone: number | null;
      readonly why: Why;
      readonly result: StepResult;
    };

/**
 * The account folded anew from its whole journal, in the journal's order: after a workflow was terminated by hand, a
 * closed account was reopened, or an event reached further back than the carried state. Facts are applied, and every
 * step that was carried out is recorded as it was, so that nothing is sent twice.
 */
export function refold(enrolment: Enrolment, entries: readonly Entry[], strategy: Strategy): AccountState {
  let account = begin(enrolment);
  for (const entry of entries) {
    if (entry.kind === 'fact') {
      account = reopened(apply(account, entry.event), entry.event);
      continue;
    }
    const { at, occurrence, tone, why, result } = entry;
    const before = advance(account, strategy, at);
    const entered =
      before.decision.action.do === 'stage'
        ? record(before.account, strategy, before.decision, null, at)
        : before.account;
    const decision = { at: occurrence.due, action: { do: 'step', occurrence, tone }, why } as const;
    account = record(entered, strategy, decision, result, at);
  }
  // A reversal of money so old that it was carried as a sum: the movements once more, with all reversals known.
  const told = entries.flatMap((entry) => (entry.kind === 'fact' ? [entry.event] : []));
  return foldMoney(account, [...enrolment.events, ...told]);
}

function reopened(account: AccountState, event: AccountEvent): AccountState {
  const { closed } = account;
  return closed !== null && reopens(event, closed.reason) ? { ...account, closed: null } : account;
}
