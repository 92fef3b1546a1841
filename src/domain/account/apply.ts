import { agreementEnded, agreementMade } from './agreement';
import { close, factsChanged, writeOff } from './closing';
import { contactChanged, debitResult, delivery, hostResult, taskResult } from './delivery';
import { complaint, complaintAnswered } from './complaint';
import { disputeEvidence, disputeRaised, disputeResolved } from './dispute';
import type { AccountEvent, EventKind } from './events';
import { endedBy, hold, release } from './hold';
import { hostUpdate } from './host-update';
import { obligation } from './obligation';
import { contactOutcome, visitOutcome } from './outcome';
import { paidClaim } from './paid-claim';
import { acceleration, loanGiven } from './loan';
import { adjustment, charge, payment, payout, refund } from './payment';
import { promise, promiseCancelled } from './promise';
import { reversal } from './reversal';
import { scoreTold } from './score';
import { isSeen, markSeen } from './seen';
import type { AccountState } from './state';

type EventOf<K extends EventKind> = Extract<AccountEvent, { kind: K }>;
type Folds = { readonly [K in EventKind]: (account: AccountState, event: EventOf<K>) => AccountState };

const FOLDS: Folds = {
  payment,
  refund,
  reversal,
  adjustment,
  charge,
  payout,
  loan: loanGiven,
  acceleration,
  'write-off': writeOff,
  'host-update': hostUpdate,
  obligation,
  facts: factsChanged,
  score: scoreTold,
  'dispute-raised': disputeRaised,
  'dispute-resolved': disputeResolved,
  'dispute-evidence': disputeEvidence,
  complaint,
  'complaint-answered': complaintAnswered,
  promise,
  'promise-cancelled': promiseCancelled,
  agreement: agreementMade,
  'agreement-ended': agreementEnded,
  'contact-outcome': contactOutcome,
  'visit-outcome': visitOutcome,
  delivery,
  'host-result': hostResult,
  'debit-result': debitResult,
  'paid-claim': paidClaim,
  'task-result': taskResult,
  hold,
  release,
  'contact-changed': contactChanged,
  close,
};

/**
 * The account after an event. Total: an event of a later version, of a kind not known here, changes nothing.
 * Idempotent: an event is applied once, by its journal place or its id; one that came straight and comes again from
 * the journal only has its place counted. Needs no strategy, decides nothing.
 */
export function apply(account: AccountState, event: AccountEvent): AccountState {
  if (!(event.kind in FOLDS)) return account;
  const seen = markSeen(account.seen, event);
  if (isSeen(account.seen, event)) return seen === account.seen ? account : { ...account, seen };
  return { ...endedBy(foldOne(account, event), event), seen };
}

function foldOne<K extends EventKind>(account: AccountState, event: EventOf<K>): AccountState {
  const fold: Folds[K] = FOLDS[event.kind as K];
  return fold(account, event);
}
