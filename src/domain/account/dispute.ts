import { localDate } from '../calendar/zone';
import type { Instant } from '../units';
import type { DisputeRaised, DisputeResolved } from './events';
import type { AccountState, Dispute } from './state';

/** Settled disputes are remembered for so many; open ones all. */
const SETTLED_KEPT = 5;

export function disputeRaised(account: AccountState, event: DisputeRaised): AccountState {
  if (account.disputes.some(({ id }) => id === event.dispute)) return account;
  const raised: Dispute = {
    id: event.dispute,
    amount: event.amount ?? null,
    raisedOn: localDate(event.at, account.terms.zone),
    reason: event.reason,
  };
  return { ...account, disputes: [...account.disputes, raised] };
}

export function disputeResolved(account: AccountState, event: DisputeResolved): AccountState {
  const on = localDate(event.at, account.terms.zone);
  const disputes = account.disputes.map((dispute) =>
    dispute.id === event.dispute ? { ...dispute, resolved: { on, outcome: event.outcome } } : dispute,
  );
  const settled = disputes.filter(({ resolved }) => resolved !== undefined);
  const forgotten = settled.slice(0, Math.max(0, settled.length - SETTLED_KEPT));
  return { ...account, disputes: disputes.filter((dispute) => !forgotten.includes(dispute)) };
}

/** An open dispute is not asked for, nor is one that the person won until the books follow. */
export function isExcluded({ resolved }: Dispute): boolean {
  return resolved === undefined || resolved.outcome === 'upheld';
}

/** The books were corrected at that moment: disputes won before it need not be taken out of them any more. */
export function dropCorrected(account: AccountState, at: Instant): AccountState {
  if (account.disputes.length === 0) return account;
  const day = localDate(at, account.terms.zone);
  const left = account.disputes.filter(
    ({ resolved }) => resolved === undefined || resolved.outcome !== 'upheld' || resolved.on > day,
  );
  return left.length === account.disputes.length ? account : { ...account, disputes: left };
}
