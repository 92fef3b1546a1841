import type { AccountState, Complaint } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { daysBetween } from '../calendar/day';
import type { Strategy } from '../strategy/strategy';
import type { IsoDate, Zone } from '../units';

/** Business days that a complaint rests contact where the strategy does not say (ladders 16.17). */
export const COMPLAINT_REST = 5;
/** Without a name of its own the same cause about the same people is the same matter for so many days. */
const SAME_MATTER_DAYS = 90;

/**
 * The complaints that rest contact, oldest first: the first of each matter, and those of which a person decided so. Who
 * sends the same letter again, or has it sent, rests nothing by it.
 */
export function restingComplaints({ complaints = [] }: AccountState): readonly Complaint[] {
  const resting: Complaint[] = [];
  for (const made of [...complaints].sort(byDay)) {
    const known = resting.some((before) => isSameMatter(before, made));
    if (made.rests === true || !known) resting.push(made);
  }
  return resting;
}

/** Whether it stands for a matter that rested contact before. */
export function isRepeated(account: AccountState, id: string): boolean {
  return !restingComplaints(account).some((one) => one.id === id);
}

/** The last day on which a complaint keeps contact quiet, or null. */
export function complaintRest(
  account: AccountState,
  { complaints: rules }: Strategy,
  day: IsoDate,
): IsoDate | null {
  const last = restingComplaints(account)
    .filter(({ on }) => on <= day)
    .map(({ on, cause }) => {
      const days = rules?.restDays[cause] ?? rules?.restDays['other'] ?? COMPLAINT_REST;
      return days === 0 ? '' : lastOf(on, days, account.terms.zone);
    })
    .sort()
    .pop();
  return last === undefined || last < day ? null : last;
}

/** The day on which it was told is the first of its days where people work on it. */
function lastOf(on: IsoDate, days: number, zone: Zone): IsoDate {
  return addBusinessDays(on, days, holidaysOf(zone));
}

function isSameMatter(before: Complaint, now: Complaint): boolean {
  if (before.matter !== undefined || now.matter !== undefined) return before.matter === now.matter;
  const same =
    before.cause === now.cause && before.collector === now.collector && before.agency === now.agency;
  return same && daysBetween(before.on, now.on) <= SAME_MATTER_DAYS;
}

function byDay(a: Complaint, b: Complaint): number {
  return a.on < b.on ? -1 : a.on > b.on ? 1 : 0;
}
