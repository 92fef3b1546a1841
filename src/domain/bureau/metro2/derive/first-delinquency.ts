import { addDays, minDate } from '../../../calendar/day';
import type { IsoDate } from '../../../units';
import { cameOfDelinquency } from '../codes/account-status';
import { fail } from '../../../errors/forbear-error';

/** Days after the due date on which a delinquency counts as its first. */
const FIRST_DELINQUENT_DAY = 30;

const AFTER_RATING: ReadonlySet<string> = new Set(['05', '13']);

/** Whether a status has a day of first delinquency: by itself, or 05 and 13 by their rating (rule M1). */
export function needsFirstDelinquency(status: string, rating: string): boolean {
  if (!AFTER_RATING.has(status)) return cameOfDelinquency(status);
  return rating !== '' && rating !== '0';
}

export interface DelinquencyFacts {
  readonly status: string;
  readonly rating: string;
  /** Due date of the oldest unpaid part by contract, of an account that ended the one before its end; null for none. */
  readonly oldestDue: IsoDate | null;
  /** Last day on which the account was current; null when it is not known. */
  readonly currentOn: IsoDate | null;
  /** Day of a bankruptcy petition whose code is told now. */
  readonly petition: IsoDate | null;
}

/**
 * The day of first delinquency (field 25): the first day, thirty days late, of the delinquency that led to the status.
 * `before` is the day as it was told last. It never moves forward while the account is late: paying the oldest part does
 * not make it younger, nor does a sale. A cure takes it away, and the next delinquency begins a new one (M1, M2).
 * Error BUREAU_FIRST_DELINQUENCY_UNKNOWN where the status wants a day and the facts have none.
 */
export function firstDelinquency(before: IsoDate | null, facts: DelinquencyFacts): IsoDate | null {
  const { status, rating, oldestDue, currentOn, petition } = facts;
  if (!needsFirstDelinquency(status, rating)) return petition;
  const kept = before !== null && currentOn !== null && before <= currentOn ? null : before;
  const now = oldestDue === null ? null : addDays(oldestDue, FIRST_DELINQUENT_DAY);
  if (kept !== null && now !== null) return minDate(kept, now);
  return kept ?? now ?? petition ?? fail('BUREAU_FIRST_DELINQUENCY_UNKNOWN', { status });
}
