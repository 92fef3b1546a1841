import { daysBetween } from '../calendar/day';
import type { Instant, IsoDate, Minor } from '../units';

/**
 * How many days after it money is still credited to a talk, a visit, or a placement that has ended (ladders 14.1: 7 days
 * for each; ladders 9: 7 days after the recall). A strategy may give others.
 */
export interface CreditRules {
  readonly contact: number;
  readonly visit: number;
  readonly agency: number;
}
export const CREDIT_RULES: CreditRules = { contact: 7, visit: 7, agency: 7 };

/** Money that came in on one account, once. `at` is when it was told; the value date counts. */
export interface Money {
  readonly account: string;
  readonly payment: string;
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly at: Instant;
  /** The day on which it was taken back, while it is. */
  readonly takenBackOn: IsoDate | null;
  /** It stood on the account when that came into the book. */
  readonly beforeUs: boolean;
}

/** What was done with a person and may have brought the money: a talk, a visit, or a placement with its days. */
export interface Touch {
  readonly kind: 'contact' | 'visit' | 'agency';
  readonly account: string;
  /** Id of the fact that tells of it; of a placement the name of its hold. */
  readonly event: string;
  readonly at: Instant;
  /** The local day; of a placement its first. */
  readonly day: IsoDate;
  /** Last day of a placement; null while it lasts, and for what has no length. */
  readonly until: IsoDate | null;
  readonly step: string | null;
  /** Opaque reference of whoever did it. */
  readonly staff: string | null;
}

export type CreditedTo = Touch['kind'] | 'unprompted' | 'before-us';
export interface Credit {
  readonly to: CreditedTo;
  readonly touch: Touch | null;
}

/**
 * Whom the money is credited to: once, and to the last that was done within the rule's days before its value date; else
 * it came unprompted, or before the account came into the book. Talks and visits count on whichever account of the person they were; a placement only on its own,
 * and there it goes before everything (ladders 9). Depends on no order in which the facts were told.
 */
export function creditOf(money: Money, touches: readonly Touch[], rules: CreditRules): Credit {
  if (money.beforeUs) return { to: 'before-us', touch: null };
  let last: Claim | null = null;
  for (const touch of touches) {
    const claim = claimOf(touch, money, rules);
    if (claim !== null && (last === null || claim.rank > last.rank)) last = claim;
  }
  return last === null ? { to: 'unprompted', touch: null } : { to: last.touch.kind, touch: last.touch };
}

interface Claim {
  readonly touch: Touch;
  /** Compares as text: later claims are greater, and two are never equal. */
  readonly rank: string;
}

function claimOf(touch: Touch, money: Money, rules: CreditRules): Claim | null {
  const name = `${touch.kind} ${touch.account} ${touch.event}`;
  if (touch.kind === 'agency') {
    const last = touch.until;
    if (touch.account !== money.account || touch.day > money.valueDate) return null;
    if (last === null || money.valueDate <= last) return { touch, rank: `2 ${touch.day} ${name}` };
    // A talk of the day of the recall came after the agency.
    return isWithin(last, money, rules.agency) ? { touch, rank: `1 ${last}  ${name}` } : null;
  }
  if (!isWithin(touch.day, money, rules[touch.kind])) return null;
  // Money of the day itself that was told before the talk was not brought by it.
  if (touch.day === money.valueDate && touch.at > money.at) return null;
  return { touch, rank: `1 ${touch.day} ${touch.at} ${name}` };
}

function isWithin(day: IsoDate, { valueDate }: Money, days: number): boolean {
  return day <= valueDate && daysBetween(day, valueDate) <= days;
}
