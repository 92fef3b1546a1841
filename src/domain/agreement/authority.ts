import type { Minor } from '../units';

/** Who may decide about a waiver, the lowest first (ladders 7.1). */
export const DECIDERS = ['self-service', 'collector', 'senior', 'team-leader', 'head', 'committee'] as const;
export type Decider = (typeof DECIDERS)[number];

/** What a role may give up alone, in a band of days past due: percent of each component, and an amount a case. */
export interface Authority {
  readonly role: Decider;
  readonly fromDpd: number;
  /** Null: no end. */
  readonly toDpd: number | null;
  /** Holds for written-off accounts whatever their days. */
  readonly writtenOff?: true;
  readonly percent: {
    readonly 'late-charge': number;
    readonly 'penalty-interest': number;
    readonly interest: number;
    readonly principal: number;
  };
  /** An account and 12 months, in minor units; null is without limit. */
  readonly cap: Minor | null;
  /** Business days in which it answers; 0 is at once. */
  readonly answersWithin: number;
}

const YUAN = 100;
const shares = (
  late: number,
  penalty: number,
  interest: number,
  principal: number,
): Authority['percent'] => ({
  'late-charge': late,
  'penalty-interest': penalty,
  interest,
  principal,
});

/** The matrix of ladders 7.1, in fen: [practice] in shape, numbers [assumption]. An agency only proposes. */
export const AUTHORITY: readonly Authority[] = [
  {
    role: 'self-service',
    fromDpd: 1,
    toDpd: 30,
    percent: shares(100, 0, 0, 0),
    cap: 100 * YUAN,
    answersWithin: 0,
  },
  {
    role: 'collector',
    fromDpd: 1,
    toDpd: 90,
    percent: shares(50, 0, 0, 0),
    cap: 300 * YUAN,
    answersWithin: 0,
  },
  {
    role: 'collector',
    fromDpd: 91,
    toDpd: null,
    percent: shares(100, 20, 0, 0),
    cap: 1_000 * YUAN,
    answersWithin: 0,
  },
  {
    role: 'senior',
    fromDpd: 31,
    toDpd: 90,
    percent: shares(100, 30, 0, 0),
    cap: 1_500 * YUAN,
    answersWithin: 0,
  },
  {
    role: 'senior',
    fromDpd: 91,
    toDpd: null,
    percent: shares(100, 50, 10, 0),
    cap: 3_000 * YUAN,
    answersWithin: 0,
  },
  {
    role: 'team-leader',
    fromDpd: 31,
    toDpd: 90,
    percent: shares(100, 50, 20, 0),
    cap: 5_000 * YUAN,
    answersWithin: 1,
  },
  {
    role: 'team-leader',
    fromDpd: 91,
    toDpd: null,
    percent: shares(100, 80, 40, 0),
    cap: 10_000 * YUAN,
    answersWithin: 1,
  },
  {
    role: 'head',
    fromDpd: 91,
    toDpd: 180,
    percent: shares(100, 100, 80, 0),
    cap: 50_000 * YUAN,
    answersWithin: 2,
  },
  {
    role: 'head',
    fromDpd: 181,
    toDpd: null,
    writtenOff: true,
    percent: shares(100, 100, 100, 10),
    cap: 100_000 * YUAN,
    answersWithin: 2,
  },
  {
    role: 'committee',
    fromDpd: 181,
    toDpd: null,
    writtenOff: true,
    percent: shares(100, 100, 100, 50),
    cap: null,
    answersWithin: 5,
  },
];

/** Above this, and for principal always, a second person checks (ladders 7.1). */
export const CHECKED_ABOVE: Minor = 3_000 * YUAN;

/** The row that a role has on such an account; undefined where it may give up nothing. */
export function authorityOf(
  matrix: readonly Authority[],
  role: Decider,
  dpd: number,
  writtenOff: boolean,
): Authority | undefined {
  const rows = matrix.filter((row) => row.role === role);
  const special = writtenOff ? rows.find((row) => row.writtenOff === true) : undefined;
  return special ?? rows.find(({ fromDpd, toDpd }) => dpd >= fromDpd && (toDpd === null || dpd <= toDpd));
}
