import type { Movement } from './state';

/** So many movements stand in an account one by one; what is older is carried as a sum. */
const KEPT = 60;
/** Room is made for a few at a time. */
const LEFT_AFTER = 48;

/** How the id of a carried sum begins. */
const CARRIED = 'carried';

/**
 * Keeps the list short: the oldest movements by value date become one sum each for what counts, what lowers only the
 * balance, and what went to one obligation. Sums stay exact on every day from the newest carried value date on.
 * A carried sum is no payment, so that no promise is judged by it. A reversal of what was carried reaches back.
 */
export function carry(movements: readonly Movement[]): readonly Movement[] {
  if (movements.length <= KEPT) return movements;
  const byDate = [...movements].sort((a, b) =>
    a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0,
  );
  const old = byDate.slice(0, byDate.length - LEFT_AFTER).filter((movement) => !isGivenUp(movement));
  const own = byDate.slice(0, byDate.length - LEFT_AFTER).filter(isGivenUp);
  const sums = new Map<string, Movement>();
  for (const movement of old) {
    if (movement.reversedAt !== undefined || movement.pending === true) continue;
    const id = carriedId(movement);
    sums.set(id, joined(sums.get(id), movement, id));
  }
  return [...sums.values(), ...own, ...byDate.slice(byDate.length - LEFT_AFTER)];
}

/** Whether it is a sum of older movements. */
export const isCarried = ({ id }: Movement): boolean => id.split(':')[0] === CARRIED;

/** What was given up by an agreement: the engine's own movement, which no journal brings again. */
const GIVEN_UP = 'given-up';
export const givenUpId = (agreement: string): string => `${GIVEN_UP}:${agreement}`;
export const isGivenUp = ({ id }: Movement): boolean => id.split(':')[0] === GIVEN_UP;

function carriedId({ counts, obligation }: Movement): string {
  const kind = counts ? CARRIED : `${CARRIED}:uncounted`;
  return obligation === undefined ? kind : `${kind}:${obligation}`;
}

function joined(sum: Movement | undefined, movement: Movement, id: string): Movement {
  if (sum === undefined) return { ...movement, id, kind: 'adjustment' };
  return {
    ...sum,
    amount: sum.amount + movement.amount,
    valueDate: movement.valueDate > sum.valueDate ? movement.valueDate : sum.valueDate,
    postedAt: movement.postedAt > sum.postedAt ? movement.postedAt : sum.postedAt,
  };
}
