import type { PromisedPart } from '../account/events';
import type { AccountState, Promised } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { addDays, daysBetween, maxDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import { PROMISES_WHOLE } from '../decide/generation';
import { effectivePauses } from '../delinquency/pauses';
import type { PromiseRules } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';

/** One part with all that is due by its day, earlier parts included. */
export interface DuePart {
  readonly date: IsoDate;
  readonly amount: Minor;
  readonly sum: Minor;
}

/** The parts of a promise, earliest first; one that is whole is one part. */
export function partsOf({ parts, date, amount }: Promised): readonly DuePart[] {
  let sum = 0;
  const all: readonly PromisedPart[] = parts === undefined || parts.length === 0 ? [{ date, amount }] : parts;
  return all.map((part) => ({ ...part, sum: (sum += part.amount) }));
}

/**
 * The day that a part is for: a date on a holiday means the next business day. Days of a hold that stops the count do
 * not run for a promise either: its day moves on by them. Null while such a hold has no end.
 */
export function promisedDay(
  account: AccountState,
  promise: Promised,
  date: IsoDate = promise.date,
): IsoDate | null {
  const day = addBusinessDays(date, 0, holidaysOf(account.terms.zone));
  return movedByPauses(account, promise, day);
}

/** The last day on which money still counts for a part, or null while a hold without an end stops the count. */
export function lastDayFor(
  account: AccountState,
  promise: Promised,
  rules: PromiseRules,
  date: IsoDate = promise.date,
): IsoDate | null {
  const day = addBusinessDays(date, 0, holidaysOf(account.terms.zone));
  return movedByPauses(account, promise, addDays(day, rules.graceDays));
}

/** The written date, moved by holds, not to a business day: what a reminder counts from. */
export function datedDay(account: AccountState, promise: Promised, date: IsoDate): IsoDate | null {
  return movedByPauses(account, promise, date);
}

function movedByPauses(account: AccountState, { madeAt }: Promised, to: IsoDate): IsoDate | null {
  if (account.generation < PROMISES_WHOLE || account.holds.length === 0) return to;
  const madeOn = localDate(madeAt, account.terms.zone);
  let moved = to;
  for (const { from, until } of effectivePauses(account.holds)) {
    if (from > moved) break;
    if (until !== null && until <= madeOn) continue;
    if (until === null) return null;
    moved = addDays(moved, daysBetween(maxDate(from, addDays(madeOn, 1)), until) + 1);
  }
  return moved;
}
