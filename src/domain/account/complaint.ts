import { localDate } from '../calendar/zone';
import type { ComplaintAnswered, ComplaintMade } from './events';
import { mark } from './mark';
import type { AccountState, Complaint } from './state';

const COMPLAINTS_KEPT = 20;

/** It is counted and wants an answer; whether it rests contact as well says quiet/complaints.ts. */
export function complaint(account: AccountState, event: ComplaintMade): AccountState {
  const { complaints = [] } = account;
  if (complaints.some(({ id }) => id === event.complaint)) return account;
  const on = localDate(event.at, account.terms.zone);
  const { matter, collector, agency } = event;
  const made: Complaint = {
    ...{ id: event.complaint, cause: event.cause, on },
    ...(matter === undefined ? {} : { matter }),
    ...(event.rests === true ? { rests: true } : {}),
    ...(collector === undefined ? {} : { collector }),
    ...(agency === undefined ? {} : { agency }),
  };
  const told = { ...account, complaints: [...complaints, made].slice(-COMPLAINTS_KEPT) };
  return mark(told, ['complaint', ...(isPlacedWith(account, agency) ? ['complaint-agency'] : [])], on);
}

/** A complaint about one agency takes no account off another; the account's own fact says which has it, where it is known. */
function isPlacedWith({ facts }: AccountState, agency: string | undefined): boolean {
  const has = facts['agency'];
  return agency !== undefined && (has === undefined || has === agency);
}

export function complaintAnswered(account: AccountState, event: ComplaintAnswered): AccountState {
  const on = localDate(event.at, account.terms.zone);
  const complaints = (account.complaints ?? []).map((made): Complaint =>
    made.id === event.complaint ? { ...made, answered: { on, outcome: event.outcome } } : made,
  );
  const about = complaints.find(({ id }) => id === event.complaint)?.agency;
  const right = isPlacedWith(account, about) && event.outcome === 'upheld' ? ['complaint-agency-upheld'] : [];
  return mark({ ...account, complaints }, [`complaint-${event.outcome}`, ...right], on);
}
