import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import { maxDate } from '../calendar/day';
import { PROMISES_WHOLE, RETURN_BREAKS } from '../decide/generation';
import { firmer } from '../decide/tone';
import type { AccountEvent, Reversal } from './events';
import { mark } from './mark';
import { addMovement, isBehindCarried, isReversalWaiting } from './payment';
import type { AccountState, Movement, Promised } from './state';

/** Judged promises that money stood behind. */
const KEPT = ['kept', 'kept-late', 'overpaid'];
const BROKEN_KEPT = 24;
const BOUNCED = ['promise-broken', 'promise-bounced'];

/**
 * Whether the event takes back money that the account no longer carries one by one, or brings some behind it: then the
 * account's movements are to be folded anew from its journal (`refold`) before the event is applied.
 */
export function reachesBack(account: AccountState, event: AccountEvent): boolean {
  if (event.kind !== 'reversal') return isBehindCarried(account, event);
  return !account.owed.movements.some(({ id }) => id === event.of);
}

/** The movement counts as if it had never been; undone, it counts again. */
export function reversal(account: AccountState, event: Reversal): AccountState {
  const known = account.owed.movements.find(({ id }) => id === event.of);
  const day = localDate(event.at, account.terms.zone);
  if (event.undone === true) return known === undefined ? account : stands(account, known);
  if (known !== undefined)
    return known.reversedAt === undefined ? takeBack(account, known, event, day) : account;
  return addMovement(account, {
    id: event.of,
    kind: 'payment',
    amount: 0,
    valueDate: day,
    postedAt: event.at,
    counts: true,
    reversedAt: event.at,
  });
}

function takeBack(account: AccountState, movement: Movement, event: Reversal, day: IsoDate): AccountState {
  const changed = replace(account, { ...movement, reversedAt: event.at });
  const lost = changed.promises.filter((promise) => isLost(changed, promise, movement));
  if (lost.length === 0) return changed;
  // Whoever is asked what happened to a broken promise is asked now as well.
  const told = account.generation >= RETURN_BREAKS ? mark(changed, BOUNCED, day) : changed;
  const { episode } = account;
  const firmed = account.generation >= PROMISES_WHOLE && episode !== null ? firmer(episode) : null;
  const raised =
    firmed === null || episode === null ? {} : { raised: [episode.floor, firmed.floor] as const };
  return {
    ...told,
    episode: firmed ?? told.episode,
    promises: changed.promises.map((promise) =>
      lost.includes(promise) ? { ...promise, status: 'invalidated', ...raised } : promise,
    ),
    // Broken from the day the money came back, not earlier (ladders 5).
    broken: [...changed.broken, ...lost.map(() => day)].sort().slice(-BROKEN_KEPT),
  };
}

function stands(account: AccountState, movement: Movement): AccountState {
  if (movement.reversedAt === undefined) return account;
  if (isReversalWaiting(movement)) return without(account, movement);
  const { reversedAt, ...standing } = movement;
  const day = localDate(reversedAt, account.terms.zone);
  const changed = replace(account, standing);
  const regained = changed.promises.filter(
    (promise) => promise.status === 'invalidated' && stoodBehind(changed, promise, movement),
  );
  const broken = [...changed.broken];
  for (const _promise of regained) {
    const place = broken.indexOf(day);
    if (place >= 0) broken.splice(place, 1);
  }
  const raised = regained.find((promise) => promise.raised !== undefined)?.raised;
  const { episode } = changed;
  return {
    ...changed,
    promises: changed.promises.map((promise) =>
      regained.includes(promise) ? { ...withoutRaise(promise), status: 'kept' } : promise,
    ),
    broken,
    // The tone that its return raised, unless something raised it further meanwhile.
    episode:
      episode !== null && raised !== undefined && episode.floor === raised[1]
        ? { ...episode, floor: raised[0] }
        : episode,
  };
}

function withoutRaise({ raised: _raised, ...promise }: Promised): Promised {
  return promise;
}

function without(account: AccountState, movement: Movement): AccountState {
  const movements = account.owed.movements.filter((other) => other !== movement);
  return { ...account, owed: { ...account.owed, movements } };
}

function replace(account: AccountState, movement: Movement): AccountState {
  const movements = account.owed.movements.map((other) => (other.id === movement.id ? movement : other));
  return { ...account, owed: { ...account.owed, movements } };
}

/** Without the movement, what is left between the promise and its judgement no longer keeps it. */
function isLost(account: AccountState, promise: Promised, movement: Movement): boolean {
  if (!KEPT.includes(promise.status) || !stoodBehind(account, promise, movement)) return false;
  const left = account.owed.movements
    .filter((other) => other.reversedAt === undefined && stoodBehind(account, promise, other))
    .reduce((sum, { amount }) => sum + amount, 0);
  return left < promise.amount;
}

function stoodBehind(
  account: AccountState,
  promise: Promised,
  { kind, pending, valueDate }: Movement,
): boolean {
  const madeOn = localDate(promise.madeAt, account.terms.zone);
  // Kept before its day, money that came later up to the day stands behind it too.
  const judgedOn = promise.judgedOn ?? promise.date;
  const until = account.generation >= PROMISES_WHOLE ? maxDate(judgedOn, promise.date) : judgedOn;
  return kind === 'payment' && pending !== true && valueDate >= madeOn && valueDate <= until;
}
