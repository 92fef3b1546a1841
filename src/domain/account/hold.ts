import { addDays, minDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import { isRunning } from '../agreement/agreement';
import { HOLDS_WHOLE } from '../decide/generation';
import { HOLD_RULES } from '../hold/rules';
import type { AccountEvent, HoldReleased, HoldSet, HoldType } from './events';
import type { AccountState, Hold } from './state';

const HOLDS_KEPT = 40;

/**
 * Holds overlap freely. Set again under the same name it takes the new days, and what it holds. One that ends before it
 * begins holds nothing.
 */
export function hold(account: AccountState, event: HoldSet): AccountState {
  const { hold: id, type, from, until = null, party, items } = event;
  const added = { id, type, from, until };
  if (party !== undefined) {
    const others = without(account, id);
    return { ...others, partyHolds: [...(others.partyHolds ?? []), { ...added, party }].slice(-HOLDS_KEPT) };
  }
  if (items !== undefined && account.generation >= HOLDS_WHOLE) {
    const others = without(account, id);
    return { ...others, itemHolds: [...(others.itemHolds ?? []), { ...added, items }].slice(-HOLDS_KEPT) };
  }
  return withHold({ ...without(account, id), holds: account.holds }, added);
}

function without(account: AccountState, hold: string): AccountState {
  const but = ({ id }: Hold): boolean => id !== hold;
  const { partyHolds, itemHolds } = account;
  return {
    ...account,
    holds: account.holds.filter(but),
    ...(partyHolds === undefined ? {} : { partyHolds: partyHolds.filter(but) }),
    ...(itemHolds === undefined ? {} : { itemHolds: itemHolds.filter(but) }),
  };
}

/** A hold ends with its last day, which may be still to come; one that ends before it began never was. */
export function release(account: AccountState, event: HoldReleased): AccountState {
  const lastDay = event.lastDay ?? addDays(localDate(event.at, account.terms.zone), -1);
  return endedWhere(account, lastDay, ({ id }) => id === event.hold);
}

/** What a fact ends by itself: an answered complaint its hold, posted money that of a payment on its way. */
export function endedBy(account: AccountState, event: AccountEvent): AccountState {
  if (account.generation < HOLDS_WHOLE || !endsHolds(account, event)) return account;
  const day = localDate(event.at, account.terms.zone);
  const lastDay = addDays(day, -1);
  // What happened before a hold began, and is told after it, ends it as little as it began it.
  return endedWhere(
    account,
    lastDay,
    ({ type, from, until }) =>
      from <= day && (until === null || until > lastDay) && enderOf(type) === event.kind,
  );
}

function endsHolds(account: AccountState, event: AccountEvent): boolean {
  if (event.kind === 'payment') return event.pending !== true;
  if (event.kind === 'complaint-answered')
    return (account.complaints ?? []).every(({ answered }) => answered !== undefined);
  return event.kind === 'agreement-ended' && !(account.agreements ?? []).some(isRunning);
}

function enderOf(type: HoldType): string | undefined {
  const { ends } = HOLD_RULES[type];
  return ends.by === 'event' ? ends.told : undefined;
}

function endedWhere(account: AccountState, lastDay: IsoDate, is: (held: Hold) => boolean): AccountState {
  const ended = <H extends Hold>(held: H): H =>
    is(held) ? { ...held, until: held.until === null ? lastDay : minDate(held.until, lastDay) } : held;
  const { holds, partyHolds, itemHolds } = account;
  if (![...holds, ...(partyHolds ?? []), ...(itemHolds ?? [])].some(is)) return account;
  return {
    ...account,
    holds: holds.map(ended),
    ...(partyHolds === undefined ? {} : { partyHolds: partyHolds.map(ended) }),
    ...(itemHolds === undefined ? {} : { itemHolds: itemHolds.map(ended) }),
  };
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
