import type { AccountState, Reviewed } from '../account/state';
import type { Segment, SegmentFall } from '../strategy/strategy';
import type { IsoDate } from '../units';
import type { Decision } from './decision';
import { SEGMENTS_FALL } from './generation';
import { firmness, segmentNow } from './segment';
import type { Situation } from './situation';
import { why } from './why';

/**
 * Whether the account falls to a milder segment (ladders 4): looked at once at each new cycle of an episode. It falls
 * when the milder one fitted at as many cycles in a row as the strategy says, or when the score moved enough since the
 * segment was set. A look that changes nothing is remembered as well, for the next one counts on it. Null: no new
 * cycle, or a strategy whose segments never fall.
 */
export function segmentFall(situation: Situation): Decision | null {
  const { account, strategy, now } = situation;
  const { fall } = strategy;
  if (fall === undefined || account.path === null || account.generation < SEGMENTS_FALL) return null;
  const cycle = cycleOf(situation);
  if (cycle === null || !isNew(cycle, account.reviewed)) return null;
  const to = milder(situation);
  const because = to === null ? null : reason(to, fall, situation);
  if (to === null || because === null) {
    const fits = to?.name ?? null;
    const args = { segment: account.segment, fits: fits ?? account.segment };
    return { at: now, action: { do: 'review', fits }, why: why('review', args) };
  }
  const args = { segment: to.name, path: to.path, from: account.segment, because };
  return {
    at: now,
    action: { do: 'segment', segment: to.name, path: to.path },
    why: why('segment-fall', args),
  };
}

/** The part that falls due next names the cycle; past the last one there is no new cycle. */
function cycleOf({ standing }: Situation): IsoDate | null {
  return standing.oldestDue === null ? null : standing.nextDue;
}

function isNew(cycle: IsoDate, reviewed: Reviewed | undefined): boolean {
  return reviewed === undefined || reviewed.cycle === null || cycle > reviewed.cycle;
}

function milder(situation: Situation): Segment | null {
  const { account, strategy } = situation;
  const fits = segmentNow(situation);
  if (fits === null || fits.name === account.segment || account.path === null) return null;
  const now = firmness(strategy, account.path);
  return firmness(strategy, fits.path) <= now ? fits : null;
}

/** Why it may fall now, or null. */
function reason(to: Segment, fall: SegmentFall, situation: Situation): string | null {
  const { reviewed } = situation.account;
  // Without an earlier look nothing is known to compare with.
  if (reviewed === undefined) return null;
  const times = timesHeld(reviewed, to.name);
  if (times >= fall.held) return `it has fitted at ${times} cycles in a row`;
  const score = scoreOf(situation);
  if (fall.score === undefined || score === null || reviewed.score === null) return null;
  const moved = Math.abs(score - reviewed.score);
  return moved > fall.score.over ? `the score moved by ${moved}` : null;
}

function timesHeld(reviewed: Reviewed | undefined, fits: string): number {
  return reviewed?.fits === fits ? reviewed.times + 1 : 1;
}

/** What is remembered when a segment is set: the cycle that it was set in and the score that it was set on. */
export function reviewedAtSetting(situation: Situation): Pick<AccountState, 'reviewed'> {
  const { account, strategy } = situation;
  if (strategy.fall === undefined || account.generation < SEGMENTS_FALL) return {};
  const reviewed = { cycle: situation.standing.nextDue, fits: null, times: 0, score: scoreOf(situation) };
  return { reviewed };
}

/** What is remembered of a look at a new cycle that left the segment as it was. */
export function reviewedAtLook(situation: Situation, fits: string | null): Reviewed {
  const before = situation.account.reviewed;
  return {
    cycle: cycleOf(situation),
    fits,
    times: fits === null ? 0 : timesHeld(before, fits),
    score: before === undefined ? scoreOf(situation) : before.score,
  };
}

function scoreOf({ strategy, facts }: Situation): number | null {
  const value = strategy.fall?.score === undefined ? null : facts(strategy.fall.score.fact);
  return typeof value === 'number' ? value : null;
}
