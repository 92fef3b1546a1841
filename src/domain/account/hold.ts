import { addDays, minDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import type { HoldReleased, HoldSet, HoldType } from './events';
import type { AccountState, Hold } from './state';

const HOLDS_KEPT = 40;

/** Holds overlap freely. Set again under the same name it takes the new days. */
export function hold(account: AccountState, event: HoldSet): AccountState {
  return withHold(account, {
    id: event.hold,
    type: event.type,
    from: event.from,
    until: event.until ?? null,
  });
}

/** A hold ends with its last day; one that ends before it began never was. */
export function release(account: AccountState, event: HoldReleased): AccountState {
  const lastDay = event.lastDay ?? addDays(localDate(event.at, account.terms.zone), -1);
  const holds = account.holds.map((held) =>
    held.id === event.hold
      ? { ...held, until: held.until === null ? lastDay : minDate(held.until, lastDay) }
      : held,
  );
  return { ...account, holds };
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
