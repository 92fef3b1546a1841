import type { Transaction } from 'kysely';
import type { AccountEvent, HoldSet } from '../domain/account/events';
import { fail } from '../domain/errors/forbear-error';
import { guardOf, guardOfHold, holdNamed, type Guard } from '../domain/hold/guard';
import { HOLD_RULES } from '../domain/hold/rules';
import { saysRight } from '../domain/hold/say';
import { accountOf } from './accounts';
import { isTold } from './facts-of';
import { lastState } from './fold';
import { holdsOf } from './person-holds';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

/** Kinds of facts of which some need the staff. */
const GUARDED: ReadonlySet<AccountEvent['kind']> = new Set([
  'hold',
  'release',
  'dispute-raised',
  'complaint',
] as const);

/**
 * The fact as it may be told, with who acts as the book has it: what the staff only may say needs a claim that is shown,
 * and what two people decide is never one fact. What stands in the journal under its id is told again freely.
 * Throws STAFF_NEEDED, HOLD_TWO_PEOPLE, HOLD_SCOPE, HOLD_OF_FEED, what `actor` throws.
 */
export async function asMayBeTold<E extends AccountEvent>(
  tx: Transaction<Tables>,
  account: string,
  event: E,
  by: Claim | undefined,
): Promise<E> {
  if (!GUARDED.has(event.kind)) return event;
  if (await isTold(tx, account, event.id)) return event;
  const state = await lastState(tx, await accountOf(tx, account));
  const guard = guardOf(state, event);
  if (guard === null) return event;
  const hold = event.kind === 'hold' || event.kind === 'release' ? event.hold : '';
  const type = holdNamed(state, hold)?.type ?? (event.kind === 'hold' ? event.type : '');
  const ref = await mustMay(tx, guard, { kind: event.kind, hold, type }, by);
  return { ...event, by: ref };
}

/**
 * The same of a hold of a person on every account. Answers who acts, where somebody of the staff must; else null.
 */
export async function mustMayHold(
  tx: Transaction<Tables>,
  person: string,
  event: HoldSet,
  by: Claim | undefined,
): Promise<string | null> {
  if (!HOLD_RULES[event.type].scopes.includes('person'))
    fail('HOLD_SCOPE', { type: event.type, scope: 'person' });
  const row = (await holdsOf(tx, person)).find((one) => one.hold === event.hold);
  const known =
    row === undefined ? undefined : { id: row.hold, type: row.type, from: row.fromDate, until: row.until };
  const guard = guardOfHold(known, event);
  if (guard === null) return null;
  return mustMay(tx, guard, { kind: 'hold', hold: event.hold, type: known?.type ?? event.type }, by);
}

async function mustMay(
  tx: Transaction<Tables>,
  guard: NonNullable<Guard>,
  { kind, hold, type }: { readonly kind: string; readonly hold: string; readonly type: string },
  by: Claim | undefined,
): Promise<string> {
  if ('scope' in guard) return fail('HOLD_SCOPE', { type, scope: guard.scope });
  if ('from' in guard) return fail('HOLD_OF_FEED', { type });
  if (guard.second !== null) return fail('HOLD_TWO_PEOPLE', { hold, type });
  if (by === undefined) return fail('STAFF_NEEDED', { kind, roles: saysRight(guard.needs) });
  return (await actor(tx, by, guard.needs)).ref;
}
