import { addDays } from '../../domain/calendar/day';
import type { IsoDate, Minor } from '../../domain/units';
import { SHOWN_MONTHS, type Card, type Manner } from './card';
import { monthsLate } from './movements';
import { madeUpPerson } from './people';
import { Random } from './random';

export interface GenerateOptions {
  readonly seed: number;
  readonly accounts: number;
  /** Months that each account is known for, the month before the enrolment included. */
  readonly months: number;
  readonly enrolledOn: IsoDate;
}

/**
 * A bank's book of card accounts, made up: the same for the same seed. Its movements from month to month are those of
 * movements.ts, everything else about the accounts is plausible and means nobody.
 */
export function generate({ seed, accounts, months, enrolledOn }: GenerateOptions): Card[] {
  return Array.from({ length: accounts }, (_, place) =>
    makeCard(seed, place, monthsLate(new Random(seed, 'moves', place), months), enrolledOn),
  );
}

/** Everything about an account that its movements do not say. `place` is its number in the book, from 0. */
export function makeCard(
  seed: number,
  place: number,
  monthsLate: readonly number[],
  enrolledOn: IsoDate,
  known: { readonly limit?: Minor; readonly balance?: Minor } = {},
): Card {
  const random = new Random(seed, 'card', place);
  const limit = known.limit ?? roundTo(Math.exp(10.1 + 0.9 * random.normal()) * 100, 100_000);
  const used = random.weighted([
    [0.01, 6],
    [0.1, 14],
    [0.45, 40],
    [0.9, 40],
  ] as const);
  const balance = known.balance ?? roundTo(limit * used * (0.5 + random.next()), 1);
  const late = monthsLate[0] ?? 0;
  const neverPaid = late > 0 && random.chance(0.05);
  const dueDay = random.whole(1, 28);
  const age = neverPaid ? 31 * (late + 1) : random.whole(400, 4000);
  return {
    number: `card-${String(place + 1).padStart(5, '0')}`,
    person: madeUpPerson(new Random(seed, 'person', place), place),
    manner: mannerOf(random, Math.max(...monthsLate.slice(0, SHOWN_MONTHS))),
    limit,
    balance: Math.max(2000, balance),
    minimum: minimumOf(Math.max(2000, balance)),
    dueDay,
    openedOn: addDays(enrolledOn, -age),
    autopay: random.weighted([
      ['own-bank', 15],
      ['other-bank', 10],
      [null, 75],
    ] as const),
    neverPaid,
    score: Math.round(Math.min(100, Math.max(0, 60 - 8 * late + 18 * random.normal()))),
    monthsLate,
  };
}

/** 8 % of the balance, at least 10 yuan; never more than there is. */
function minimumOf(balance: Minor): Minor {
  return Math.min(balance, Math.max(1000, roundTo(balance * 0.08, 100)));
}

/** Who falls far behind has more often a reason that no call ends. */
function mannerOf(random: Random, worst: number): Manner {
  const early = worst <= 2;
  return random.weighted<Manner>([
    ['forgetful', early ? 45 : 10],
    ['promises', early ? 25 : 25],
    ['in-hardship', early ? 12 : 24],
    ['refuses', early ? 4 : 16],
    ['unreachable', early ? 7 : 18],
    ['disputes', early ? 4 : 4],
    ['vulnerable', 2],
    ['deceased', 1],
  ]);
}

function roundTo(amount: number, unit: number): Minor {
  return Math.max(unit, Math.round(amount / unit) * unit);
}
