import type { AccountEvent, HoldReleased, HoldSet, Payment, Reversal } from '../account/events';
import { RESULT_CODES, type VisitCode } from '../account/result-codes';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate, Zone } from '../units';
import type { Money, Touch } from './credit';

/** Visits that reached somebody of the account, or left a card for one; a wrong address brings no money. */
const VISITED: readonly VisitCode[] = [
  'met',
  'promised',
  'agreed-plan',
  'refused',
  'threatened',
  'not-there',
];

/** Whether the fact can change whom money is credited to. */
export function concernsCredit(event: AccountEvent): boolean {
  switch (event.kind) {
    case 'payment':
      return event.pending !== true;
    case 'contact-outcome':
      return RESULT_CODES[event.code].rpc;
    case 'visit-outcome':
      return VISITED.includes(event.code);
    case 'hold':
      return event.type === 'placed';
    case 'reversal':
    case 'release':
      return true;
    default:
      return false;
  }
}

/**
 * The money that came in on an account, in any order of its facts. What was only announced is not money.
 * @param brought ids of the payments that the account had when it was enrolled
 */
export function moneyOf(
  account: string,
  events: readonly AccountEvent[],
  zone: Zone,
  brought: ReadonlySet<string> = NONE,
): readonly Money[] {
  const payments = events.filter((event): event is Payment => event.kind === 'payment');
  return payments
    .filter(({ pending }) => pending !== true)
    .map(({ id, amount, valueDate, at }) => {
      const back = reversalOf(id, events);
      const takenBackOn = back === undefined ? null : localDate(back.at, zone);
      return { account, payment: id, amount, valueDate, at, takenBackOn, beforeUs: brought.has(id) };
    });
}

const NONE: ReadonlySet<string> = new Set();

/** The reversal that stands: the last one, unless that undoes another. */
function reversalOf(payment: string, events: readonly AccountEvent[]): Reversal | undefined {
  const last = latest(events.filter((event) => event.kind === 'reversal' && event.of === payment));
  return last?.kind === 'reversal' && last.undone !== true ? last : undefined;
}

/** Talks with the right person, visits and placements of an account. */
export function touchesOf(account: string, events: readonly AccountEvent[], zone: Zone): readonly Touch[] {
  const done = events.flatMap((event): Touch[] => {
    if (event.kind !== 'contact-outcome' && event.kind !== 'visit-outcome') return [];
    if (!concernsCredit(event)) return [];
    const kind = event.kind === 'visit-outcome' ? 'visit' : 'contact';
    const { id, at, step, by } = event;
    const day = localDate(at, zone);
    return [{ kind, account, event: id, at, day, until: null, step: step ?? null, staff: by ?? null }];
  });
  return [...done, ...placements(account, events, zone)];
}

/** Placements stand as holds; set again under the same name one takes the new days, and a release after it ends it. */
function placements(account: string, events: readonly AccountEvent[], zone: Zone): readonly Touch[] {
  const sets = events.filter((event): event is HoldSet => event.kind === 'hold' && event.type === 'placed');
  return [...new Set(sets.map(({ hold }) => hold))].flatMap((hold): Touch[] => {
    const set = latest(sets.filter((one) => one.hold === hold));
    if (set === undefined) return [];
    const ends = events
      .filter((event): event is HoldReleased => event.kind === 'release' && event.hold === hold)
      .filter(({ at }) => at >= set.at)
      .map(({ at, lastDay }): IsoDate => lastDay ?? addDays(localDate(at, zone), -1));
    const until = [...ends, ...(set.until === undefined ? [] : [set.until])].sort()[0] ?? null;
    if (until !== null && until < set.from) return [];
    return [
      { kind: 'agency', account, event: hold, at: set.at, day: set.from, until, step: null, staff: null },
    ];
  });
}

/** The one that happened last; of two at the same moment the one with the greater id. */
function latest<E extends AccountEvent>(events: readonly E[]): E | undefined {
  return events.reduce<E | undefined>(
    (last, event) =>
      last === undefined || event.at > last.at || (event.at === last.at && event.id > last.id) ? event : last,
    undefined,
  );
}
