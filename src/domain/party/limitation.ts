import { addDays } from '../calendar/day';
import type { IsoDate } from '../units';
import { PARTY_RIGHTS } from './rights';
import type { PartyRole } from './roles';

/** Years from the due date, or from what interrupted them, to the last day of the claim (regulation CN-L1, CN-L2). */
export const LIMITATION_YEARS = 3;

export interface LimitationFacts {
  /** What the lender says of this party, which goes before anything reckoned. */
  readonly stated: IsoDate | null;
  /** Due date that the years run from: of the last instalment, or the oldest unpaid minimum. Null: nothing is due. */
  readonly due: IsoDate | null;
  /** Days on which a demand reached this party, or this party paid or promised. */
  readonly interrupted: readonly IsoDate[];
}

/**
 * The last day on which the claim against a party can be pursued, or null when it is not known. Whoever shares the debt
 * has a limitation of the debt, interrupted for each one alone. How long a guarantor is bound stands in the contract: it
 * is what the lender says, and never reckoned.
 */
export function limitationOf(
  role: PartyRole,
  { stated, due, interrupted }: LimitationFacts,
  years: number = LIMITATION_YEARS,
): IsoDate | null {
  if (stated !== null) return stated;
  if (!PARTY_RIGHTS[role].debtor || due === null) return null;
  const from = interrupted.reduce((last, day) => (day > last ? day : last), due);
  return sameDayLater(from, 12 * years);
}

/** The same day so many months later, or the last of a month that has no such day: 29 February becomes 28. */
export function sameDayLater(day: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = addDays(new Date(Date.UTC(year, month + months, 1)).toISOString().slice(0, 10), -1);
  const same = `${last.slice(0, 8)}${pad(date)}`;
  return same > last ? last : same;
}

const pad = (number: number): string => String(number).padStart(2, '0');
