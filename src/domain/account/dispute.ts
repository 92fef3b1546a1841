import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import { DISPUTES_WHOLE } from '../decide/generation';
import { coveredDues, isExcluded } from '../delinquency/disputed';
import type { Instant, IsoDate } from '../units';
import type { DisputeEvidence, DisputeRaised, DisputeResolved } from './events';
import { holdAtOnce } from './hold';
import { mark } from './mark';
import type { AccountState, Dispute, FrozenDays } from './state';

/** Settled disputes are remembered for so many; open ones all. */
const SETTLED_KEPT = 5;
/** Days that disputes kept from counting are remembered for so many of them. */
const FROZEN_KEPT = 12;

/** The disputed part is frozen at once. The same that was rejected before freezes nothing until a person says so. */
export function disputeRaised(account: AccountState, event: DisputeRaised): AccountState {
  const day = localDate(event.at, account.terms.zone);
  const raised: Dispute = {
    ...{ id: event.dispute, amount: event.amount ?? null, raisedOn: day, reason: event.reason },
    ...(event.items === undefined ? {} : { items: event.items }),
  };
  const known = account.disputes.find(({ id }) => id === event.dispute);
  if (account.generation < DISPUTES_WHOLE) {
    const { items: _items, ...asBefore } = raised;
    return known === undefined ? { ...account, disputes: [...account.disputes, asBefore] } : account;
  }
  if (known !== undefined && !(event.again === true && (known.repeats ?? known.resolved) !== undefined))
    return account;
  const others = account.disputes.filter((one) => one !== known);
  const before = event.again === true ? undefined : others.find((one) => isSame(one, raised));
  const dispute = before === undefined ? raised : { ...raised, repeats: before.id };
  const told = mark(
    { ...account, disputes: [...others, dispute] },
    [before === undefined ? 'dispute-raised' : 'dispute-repeated'],
    day,
  );
  // Somebody else may have spent it in the person's name: nothing goes out on the weakest signal.
  return event.reason === 'identity-theft' && before === undefined
    ? holdAtOnce(told, { id: event.dispute }, 'identity-theft', day)
    : told;
}

/** A dispute of the same thing for the same reason that was looked at and not, or not wholly, found right. */
function isSame(before: Dispute, now: Dispute): boolean {
  if (before.resolved === undefined || before.resolved.outcome === 'upheld') return false;
  if (before.reason !== now.reason || before.amount !== now.amount) return false;
  const items = (dispute: Dispute): string =>
    (dispute.items ?? [])
      .map(({ item, amount }) => `${item} ${amount ?? ''}`)
      .sort()
      .join(',');
  return items(before) === items(now);
}

export function disputeEvidence(account: AccountState, event: DisputeEvidence): AccountState {
  const day = localDate(event.at, account.terms.zone);
  const known = account.disputes.find(({ id, resolved }) => id === event.dispute && resolved === undefined);
  if (known === undefined) return account;
  const dispute = { ...known, evidence: { ...known.evidence, [event.evidence]: day } };
  const disputes = account.disputes.map((one) => (one === known ? dispute : one));
  return mark({ ...account, disputes }, [`evidence-${event.evidence}`], day);
}

export function disputeResolved(account: AccountState, event: DisputeResolved): AccountState {
  const on = localDate(event.at, account.terms.zone);
  const { outcome, amount } = event;
  const known = account.disputes.find(({ id }) => id === event.dispute);
  // It is decided once: what was concluded from it stands, until a person has it looked at again.
  if (account.generation >= DISPUTES_WHOLE && known?.resolved !== undefined) return account;
  const isNew = account.generation >= DISPUTES_WHOLE && known !== undefined;
  const before = isNew && outcome !== 'upheld' ? frozenBy(account, known, on) : account;
  const resolved = { on, outcome, ...(amount === undefined || outcome !== 'partly' ? {} : { amount }) };
  const disputes = before.disputes.map((dispute) =>
    dispute.id === event.dispute ? { ...dispute, resolved } : dispute,
  );
  const settled = disputes.filter((dispute) => dispute.resolved !== undefined);
  const forgotten = settled.slice(0, Math.max(0, settled.length - SETTLED_KEPT));
  const after = { ...before, disputes: disputes.filter((dispute) => !forgotten.includes(dispute)) };
  if (!isNew) return after;
  const told = mark(after, [`dispute-${outcome}`], on);
  return known.reason === 'identity-theft' && outcome === 'rejected' ? withoutTheft(told, known, on) : told;
}

/** It was no theft: what the dispute had held by itself goes on from that day. */
function withoutTheft(account: AccountState, { id }: Dispute, on: IsoDate): AccountState {
  const holds = account.holds.map((held) =>
    held.id === `identity-theft:${id}` && held.until === null ? { ...held, until: addDays(on, -1) } : held,
  );
  return { ...account, holds };
}

/**
 * The days on which it was disputed do not count for the ladder afterwards either: it goes on where it stood. The
 * contract's days were never stopped.
 */
function frozenBy(account: AccountState, dispute: Dispute, until: IsoDate): AccountState {
  if (!isExcluded(dispute) || dispute.raisedOn >= until) return account;
  const dues = coveredDues(account, dispute, until);
  if (dues !== null && dues.length === 0) return account;
  const days: FrozenDays = { from: dispute.raisedOn, until, dues };
  return { ...account, frozen: [...(account.frozen ?? []), days].slice(-FROZEN_KEPT) };
}

/** The books were corrected at that moment: disputes won before it need not be taken out of them any more. */
export function dropCorrected(account: AccountState, at: Instant): AccountState {
  if (account.disputes.length === 0) return account;
  const day = localDate(at, account.terms.zone);
  const won = account.disputes.filter(
    (dispute) => dispute.resolved !== undefined && isExcluded(dispute) && dispute.resolved.on <= day,
  );
  if (won.length === 0) return account;
  const upheld = won.filter(({ resolved }) => resolved?.outcome === 'upheld');
  const frozen =
    account.generation < DISPUTES_WHOLE
      ? account
      : upheld.reduce((state, dispute) => frozenBy(state, dispute, day), account);
  return { ...frozen, disputes: account.disputes.filter((dispute) => !won.includes(dispute)) };
}
