import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import type { Strategy } from '../strategy/strategy';
import type { IsoDate } from '../units';

/** Calendar days for an answer where the strategy does not say (regulation CN-B4). */
export const DISPUTE_DAYS = 20;
export const COMPLAINT_DAYS = 15;

/** By when the first of the open disputes must be answered, repeated ones too; null where none is open. */
export function disputeDeadline({ disputes }: AccountState, strategy: Strategy): IsoDate | null {
  const open = disputes.filter(({ resolved }) => resolved === undefined).map(({ raisedOn }) => raisedOn);
  return first(open, strategy.disputes?.answerDays ?? DISPUTE_DAYS);
}

/** By when the first of the complaints without an answer must have one. */
export function complaintDeadline({ complaints = [] }: AccountState, strategy: Strategy): IsoDate | null {
  const open = complaints.filter(({ answered }) => answered === undefined).map(({ on }) => on);
  return first(open, strategy.complaints?.answerDays ?? COMPLAINT_DAYS);
}

function first(days: readonly IsoDate[], answerDays: number): IsoDate | null {
  const [earliest] = [...days].sort();
  return earliest === undefined ? null : addDays(earliest, answerDays);
}
