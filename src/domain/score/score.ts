import type { Behaviour, Bin, Characteristic, Scorecard } from './scorecard';

/** One line of a score: what was looked at, what was found, and what it was worth. */
export interface ScoreLine {
  readonly fact: string;
  readonly title: string;
  readonly value: number | string | null;
  readonly points: number;
  /** Points short of the best bin of the characteristic: what it cost the account. */
  readonly lost: number;
}
export interface Score {
  readonly card: string;
  readonly points: number;
  /** 0 to 95 in steps of 5: at least that share of the fitted accounts, in percent, scored lower. 0 is worst. */
  readonly rank: number;
  /** Chance that the next part is not paid, in permille, as the fitted accounts had it. */
  readonly permille: number;
  /** Every characteristic, in the card's order. Their points and the base add up to the score. */
  readonly lines: readonly ScoreLine[];
  /** Those that cost most, at most four, the dearest first. */
  readonly reasons: readonly ScoreLine[];
}

const REASONS = 4;

/** The score of what is known of an account. Pure and total: what is not known is worth the card's `unknown`. */
export function scoreOn(card: Scorecard, known: Behaviour): Score {
  const lines = card.characteristics.map((characteristic) => lineOf(characteristic, known));
  const points = lines.reduce((sum, line) => sum + line.points, card.base);
  const reasons = lines
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .slice(0, REASONS);
  return {
    card: card.name,
    points,
    rank: rankOf(card, points),
    permille: permille(card, points),
    lines,
    reasons,
  };
}

/** Only the points: what a test over a whole book takes. */
export function pointsOn(card: Scorecard, known: Behaviour): number {
  return card.characteristics.reduce((sum, one) => sum + pointsOf(one, known[one.fact] ?? null), card.base);
}

function lineOf(characteristic: Characteristic, known: Behaviour): ScoreLine {
  const { fact, title, bins } = characteristic;
  const value = known[fact] ?? null;
  const points = pointsOf(characteristic, value);
  const best = Math.max(...bins.map((bin) => bin.points));
  return { fact, title, value, points, lost: Math.max(0, best - points) };
}

function pointsOf({ bins, unknown }: Characteristic, value: number | string | null): number {
  if (value === null) return unknown;
  return bins.find((bin) => fits(bin, value))?.points ?? unknown;
}

function fits(bin: Bin, value: number | string): boolean {
  if ('is' in bin) return typeof value === 'string' && (bin.is === null || bin.is.includes(value));
  return typeof value === 'number' && (bin.below === null || value < bin.below);
}

const RANK_STEP = 5;

function rankOf({ ranks }: Scorecard, points: number): number {
  return ranks.filter((edge) => points >= edge).length * RANK_STEP;
}

function permille({ base, odds }: Scorecard, points: number): number {
  const paying = odds.atBase * 2 ** ((points - base) / odds.doubles);
  return Math.round(1000 / (1 + paying));
}
