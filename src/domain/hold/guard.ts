import type { AccountEvent, HoldReleased, HoldSet } from '../account/events';
import type { AccountState, Hold, ItemHold, PartyHold } from '../account/state';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { Right } from '../staff/roles';
import type { IsoDate, Zone } from '../units';
import { HOLD_RULES, type HoldScope } from './rules';

/** What must stand behind a fact before it counts; null: anybody may tell it. */
export type Guard =
  | null
  /** A member of the staff, and where it is of weight a second one. */
  | { readonly needs: Right; readonly second: Right | null }
  /** Nobody tells it: it is made by the book or by the lender's file only. */
  | { readonly from: 'book' | 'feed' }
  /** A hold of that kind is never of that. */
  | { readonly scope: HoldScope };

/** Any of the account's holds: of all of it, of a party, or of some parts of the debt. */
export function holdNamed(account: AccountState, id: string): Hold | undefined {
  const { holds, partyHolds = [], itemHolds = [] } = account;
  return [...holds, ...partyHolds, ...itemHolds].find((held) => held.id === id);
}

/**
 * Who may tell a fact about that account. Stopping is open to whoever sees a reason, on the weakest signal; lifting, and
 * setting a hold again so that it holds less, is not. Who somebody is, only the book knows.
 */
export function guardOf(account: AccountState, event: AccountEvent): Guard {
  switch (event.kind) {
    case 'hold':
      return guardOfHold(holdNamed(account, event.hold), event);
    case 'release':
      return ofRelease(account, event);
    case 'dispute-raised':
      return event.again === true ? AGAIN : null;
    case 'complaint':
      return event.rests === true ? AGAIN : null;
    case 'agreement':
    case 'agreement-ended':
      return { from: 'book' };
    default:
      return null;
  }
}

const AGAIN: Guard = { needs: 'again', second: null };

/** Who may set a hold, where one of that name stands or none. */
export function guardOfHold(known: Hold | undefined, event: HoldSet): Guard {
  if (known !== undefined && holdsLess(known, event)) return toLift(known);
  const { set, scopes } = HOLD_RULES[event.type];
  const of = scopeOf(event);
  if (of !== 'account' && !scopes.includes(of)) return { scope: of };
  if (set === 'feed') return { from: 'feed' };
  return set === null ? null : { needs: set, second: null };
}

function ofRelease(account: AccountState, event: HoldReleased): Guard {
  const known = holdNamed(account, event.hold);
  if (known === undefined) return null;
  const last = event.lastDay ?? addDays(localDate(event.at, account.terms.zone), -1);
  return known.until !== null && known.until <= last ? null : toLift(known);
}

/** Why a message that came straight to the account, and not from the book, counts for nothing; null: it counts. */
export function refusedByHand(account: AccountState, event: AccountEvent): string | null {
  const guard = guardOf(account, event);
  if (guard === null) return null;
  if ('scope' in guard) return `a hold of that kind is never of one ${guard.scope}`;
  if ('from' in guard) return `it comes from the ${guard.from} only`;
  return guard.second === null
    ? 'who of the staff says so only the book knows: tell it there'
    : 'it takes two people of the staff: ask in the book';
}

/** What it takes to lift a hold. */
export function toLift({ type }: Pick<Hold, 'type'>): Extract<Guard, { needs: Right }> {
  const { lift, second } = HOLD_RULES[type];
  return { needs: lift, second };
}

function scopeOf({ party, items }: HoldSet): HoldScope {
  if (party !== undefined) return 'party';
  return items === undefined ? 'account' : 'item';
}

/** Told again under its name, of another kind, for fewer days, or of less than before: that lifts what it held. */
export function holdsLess(known: Hold | PartyHold | ItemHold, event: HoldSet): boolean {
  if (event.type !== known.type || event.from > known.from) return true;
  if (event.until !== undefined && (known.until === null || event.until < known.until)) return true;
  const before = known as Partial<PartyHold & ItemHold>;
  if (event.party !== before.party && event.party !== undefined) return true;
  if (before.items === undefined) return event.items !== undefined;
  return event.items !== undefined && JSON.stringify(event.items) !== JSON.stringify(before.items);
}

/** With the last day that its kind has, where nobody said one. */
export function withEnd(event: HoldSet): HoldSet {
  const { ends } = HOLD_RULES[event.type];
  if (event.until !== undefined || ends.by !== 'date' || ends.days === null) return event;
  return { ...event, until: addDays(event.from, ends.days - 1) };
}

/**
 * The last day of a hold that is lifted: the one said, that so many days after the event that its kind ends with, or the
 * day before. Null: its kind does not end with that event.
 */
export function lastDayOfLift(
  { type }: Pick<Hold, 'type'>,
  said: { readonly lastDay?: IsoDate; readonly event?: string; readonly on?: IsoDate; readonly at: string },
  zone: Zone,
): IsoDate | null {
  const day = localDate(said.at, zone);
  if (said.event === undefined) return said.lastDay ?? addDays(day, -1);
  const { ends } = HOLD_RULES[type];
  if (ends.by !== 'event' || ends.event !== said.event) return null;
  return addDays(said.on ?? day, ends.days - 1);
}
