import { sayCondition } from '../strategy/say-condition';
import type { Segment, Strategy } from '../strategy/strategy';
import { meets } from './condition';
import type { Situation } from './situation';

/** The first segment whose condition holds; null when none does. */
export function segmentNow({ strategy, facts }: Situation): Segment | null {
  return strategy.segments.find((segment) => meets(segment.when, facts)) ?? null;
}

/**
 * What of a segment's condition holds, as the strategy writes it: of alternatives the first that does. Empty for the
 * segment that takes what is left over.
 */
export function becauseOf({ when }: Segment, { facts, strategy }: Situation): string {
  const held = 'any' in when ? (when.any.find((part) => meets(part, facts)) ?? when) : when;
  const said = sayCondition(held, strategy.currency);
  return said.length <= LONGEST_REASON ? said : `${said.slice(0, LONGEST_REASON - 1)}…`;
}

/** It is carried in notes and told to the book: long enough for three tests. */
const LONGEST_REASON = 90;

/**
 * How firm a path is: the earlier its stages begin, the firmer. A path that enters no stage is a treatment of its own
 * (death, fraud) and goes before all others.
 */
export function firmness(strategy: Strategy, path: string): number {
  const days = strategy.stages.map((stage) => stage.from[path]);
  if (days.every((from) => from === undefined)) return Number.POSITIVE_INFINITY;
  return -days.reduce<number>((sum, from) => sum + (from ?? NEVER), 0);
}

/** Days that stand for a stage which a path never enters, so that it counts as the mildest. */
const NEVER = 1000;

/**
 * The segment to change to, or null to stay. Set when an episode begins; within one it moves up at once, and down
 * by segment-fall.ts only, so that it does not flap. A path of its own is left as soon as its reason is gone.
 */
export function segmentChange(situation: Situation): Segment | null {
  const { account, strategy } = situation;
  const fits = segmentNow(situation);
  if (fits === null || fits.name === account.segment) return null;
  if (account.path === null) return fits;
  const now = firmness(strategy, account.path);
  const apart = now === Number.POSITIVE_INFINITY;
  return apart || firmness(strategy, fits.path) > now ? fits : null;
}
