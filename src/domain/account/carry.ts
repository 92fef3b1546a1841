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
 * `byDay`: interest runs by the day, so that each kind of each day has a sum of its own.
 */
export function carry(movements: readonly Movement[], byDay = false): readonly Movement[] {
  const sumsNow = byDay ? movements.filter(isCarried).length : 0;
  if (movements.length - sumsNow <= KEPT) return movements;
  const byDate = [...movements].sort((a, b) =>
    a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0,
  );
  const old = byDate.slice(0, byDate.length - LEFT_AFTER).filter((movement) => !isGivenUp(movement));
  const own = byDate.slice(0, byDate.length - LEFT_AFTER).filter(isGivenUp);
  const sums = new Map<string, Movement>();
  for (const movement of old) {
    if (movement.reversedAt !== undefined || movement.pending === true) continue;
    const id = byDay ? dayId(movement) : carriedId(movement);
    sums.set(id, joined(sums.get(id), movement, id));
  }
  return [
    ...(byDay ? withinRoom([...sums.values()]) : sums.values()),
    ...own,
    ...byDate.slice(byDate.length - LEFT_AFTER),
  ];
}

/** Days of which a loan's sums stand one by one: twelve years of monthly payments. */
const MOST_SUMS = 144;

/** The oldest payments are joined on the earlier day, in the person's favour, where there is no room for all days. */
function withinRoom(sums: readonly Movement[]): readonly Movement[] {
  if (sums.length <= MOST_SUMS) return sums;
  const [first, second] = sums.filter((sum) => carriedKind(sum) === 'payment');
  if (first === undefined || second === undefined) return sums;
  const both = { ...first, amount: first.amount + second.amount };
  return withinRoom(sums.flatMap((sum) => (sum === first ? [both] : sum === second ? [] : [sum])));
}

function dayId(movement: Movement): string {
  if (isCarried(movement)) return movement.id;
  const { valueDate, counts, obligation = '', component = '' } = movement;
  const kind = carriedKind(movement);
  return [CARRIED, kind, valueDate, counts ? '' : 'uncounted', component, obligation].join(':');
}

/** What it was before it was carried as the sum of a day. */
export function carriedKind({ id, kind }: Movement): Movement['kind'] {
  const [first, second] = id.split(':');
  const known = (['payment', 'refund', 'adjustment', 'charge', 'payout'] as const).find(
    (one) => one === second,
  );
  return first === CARRIED && known !== undefined ? known : kind;
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
