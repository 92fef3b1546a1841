import { addDays, minDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import type { HoldReleased, HoldSet, HoldType } from './events';
import type { AccountState, Hold, PartyHold } from './state';

const HOLDS_KEPT = 40;

/** Holds overlap freely. Set again under the same name it takes the new days, and what it holds. */
export function hold(account: AccountState, event: HoldSet): AccountState {
  const { hold: id, type, from, until = null, party } = event;
  const added = { id, type, from, until };
  if (party === undefined) return withHold(withoutParty(account, id), added);
  const holds = account.holds.filter((held) => held.id !== id);
  const others = (account.partyHolds ?? []).filter((held) => held.id !== id);
  const partyHolds: readonly PartyHold[] = [...others, { ...added, party }].slice(-HOLDS_KEPT);
  return { ...account, holds, partyHolds };
}

function withoutParty(account: AccountState, id: string): AccountState {
  if (account.partyHolds === undefined) return account;
  return { ...account, partyHolds: account.partyHolds.filter((held) => held.id !== id) };
}

/** A hold ends with its last day; one that ends before it began never was. */
export function release(account: AccountState, event: HoldReleased): AccountState {
  const lastDay = event.lastDay ?? addDays(localDate(event.at, account.terms.zone), -1);
  const ended = <H extends Hold>(held: H): H =>
    held.id === event.hold
      ? { ...held, until: held.until === null ? lastDay : minDate(held.until, lastDay) }
      : held;
  const released = { ...account, holds: account.holds.map(ended) };
  if (account.partyHolds === undefined) return released;
  return { ...released, partyHolds: account.partyHolds.map(ended) };
}

/** A hold that an outcome sets by itself, unless one of that type is in force on the day. */
export function holdAtOnce(
  account: AccountState,
  event: { readonly id: string },
  type: HoldType,
  day: IsoDate,
  until: IsoDate | null = null,
): AccountState {
  const inForce = account.holds.some(
    (held) => held.type === type && held.from <= day && (held.until === null || held.until >= day),
  );
  return inForce ? account : withHold(account, { id: `${type}:${event.id}`, type, from: day, until });
}

function withHold(account: AccountState, added: Hold): AccountState {
  const holds = [...account.holds.filter(({ id }) => id !== added.id), added];
  if (holds.length <= HOLDS_KEPT) return { ...account, holds };
  const ended = holds.filter(({ until }) => until !== null && until < added.from).sort(byEnd);
  const forgotten = ended[0];
  return { ...account, holds: holds.filter((held) => held !== forgotten) };
}

function byEnd(a: Hold, b: Hold): number {
  return (a.until ?? '') < (b.until ?? '') ? -1 : 1;
}
