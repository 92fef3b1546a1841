import { apply } from '../account/apply';
import { begin } from '../account/begin';
import type { Enrolment } from '../account/enrolment';
import type { AccountEvent, Payment } from '../account/events';
import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import { standing } from '../delinquency/standing';
import type { Counting } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';

/** How an account stood at the end of a calendar month, and what was paid in it. */
export interface Month {
  readonly end: IsoDate;
  /** Parts past due beyond grace and tolerance, as cycles count them; loans alike. */
  readonly behind: number;
  readonly balance: Minor;
  /** Money with a value date in the month; announced and returned money is none. */
  readonly paid: Minor;
}

/** So many months are looked at. */
export const MONTHS = 6;

/**
 * The last six month ends up to the day (itself, where it is one), oldest first, from the account's journal. Only
 * what was told by the day is looked at, whatever the journal holds beyond: a score of March knows nothing of April.
 * A month before the account was taken over, or before the host's first figures, is left out.
 */
export function monthsUpTo(
  enrolment: Enrolment,
  facts: readonly AccountEvent[],
  counting: Counting,
  day: IsoDate,
): readonly Month[] {
  const { zone } = enrolment.terms;
  const told = [...enrolment.events, ...facts]
    .map((event) => ({ event, on: localDate(event.at, zone) }))
    .filter(({ on }) => on <= day)
    .sort((a, b) => (a.event.at < b.event.at ? -1 : a.event.at > b.event.at ? 1 : 0));
  const paid = payments(told.map(({ event }) => event));
  const months: Month[] = [];
  let account = begin({ ...enrolment, events: [] });
  let next = 0;
  for (const end of monthEnds(day)) {
    for (let one = told[next]; one !== undefined && one.on <= end; one = told[(next += 1)]) {
      account = apply(account, one.event);
    }
    if (end < enrolment.enteredOn || !isKnown(account)) continue;
    const at = standing(account, counting, end);
    months.push({
      end,
      behind: at.late ? at.cycles : 0,
      balance: at.balance,
      paid: sumIn(paid, end),
    });
  }
  return months;
}

function isKnown({ terms, owed }: AccountState): boolean {
  return terms.books === 'host' ? owed.host !== null : owed.obligations.length > 0;
}

/** Payments that stand: not only announced, and not taken back by the last that is told. */
function payments(events: readonly AccountEvent[]): readonly Payment[] {
  const back = new Map<string, boolean>();
  for (const event of events) if (event.kind === 'reversal') back.set(event.of, event.undone !== true);
  return events.filter(
    (event): event is Payment =>
      event.kind === 'payment' && event.pending !== true && back.get(event.id) !== true,
  );
}

function sumIn(paid: readonly Payment[], end: IsoDate): Minor {
  const from = `${end.slice(0, 7)}-01`;
  return paid.reduce(
    (sum, { amount, valueDate }) => (valueDate >= from && valueDate <= end ? sum + amount : sum),
    0,
  );
}

/** The last day of each of the six months, the oldest first. */
function monthEnds(day: IsoDate): readonly IsoDate[] {
  const ends: IsoDate[] = [];
  let end = addDays(firstOfNext(day), -1) === day ? day : addDays(`${day.slice(0, 7)}-01`, -1);
  while (ends.length < MONTHS) {
    ends.unshift(end);
    end = addDays(`${end.slice(0, 7)}-01`, -1);
  }
  return ends;
}

function firstOfNext(day: IsoDate): IsoDate {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
