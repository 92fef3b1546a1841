import { Ground } from './ground';
import type { LeftOutCode, RoutePlan, RouteProblem } from './problem';
import { Random } from './random';
import { recreate } from './recreate';
import { outOfReach } from './reach';
import { ruin } from './ruin';
import { NOWHERE, Tours } from './tours';

export interface SearchOptions {
  /** The same seed and the same rounds give the same plan. */
  readonly seed: number;
  readonly rounds: number;
  /**
   * Share of its time that the caller has used up, 0 to 1; asked now and then. Where it runs ahead of the rounds it
   * takes the lead, and the search ends early but well cooled: the plan then depends on the machine.
   */
  readonly used?: () => number;
}

/** A worsening of so many usual legs is taken with a chance of one in e at the beginning, and at the end. */
const HOT = 0.5;
const COLD = 0.005;
const LOOK = 256;

/** Rounds after which more bring little, by the number of visits. Found with `npm run bench routes`. */
export const enoughRounds = (visits: number): number => 20_000 + 1600 * visits;

/** Searches that share the rounds: one alone is now and then caught in a valley a few percent too long. */
const STARTS = 2;

/**
 * Tours that make all visits that can be made, and among those the shortest that was found: every round takes some
 * visits out and puts them back where they cost least, and a worse plan is kept with a chance that falls (simulated
 * annealing). Visits that no team can make even alone are left out at once with the reason. Pure: no clock, no chance but
 * the seed's.
 */
export function planRoutes(problem: RouteProblem, { seed, rounds, used }: SearchOptions): RoutePlan {
  const hopeless = outOfReach(problem);
  const asked = problem.visits.map((_, visit) => visit).filter((visit) => !hopeless.has(visit));
  const ground = new Ground({ ...problem, visits: asked.map((visit) => problem.visits[visit]!) });
  const { best, made } = bestOf(ground, seed, rounds, used ?? (() => 0));
  const tours = problem.teams.map((_, team) => best.order(team).map((visit) => asked[visit]!));
  const noRoom = asked
    .filter((_, visit) => best.team[visit] === NOWHERE)
    .map((visit) => ({ visit, code: 'ROUTE_NO_ROOM' as LeftOutCode }));
  const leftOut = [...[...hopeless].map(([visit, code]) => ({ visit, code })), ...noRoom];
  leftOut.sort((a, b) => a.visit - b.visit);
  return { tours, leftOut, distance: lengthOf(problem, tours), rounds: made };
}

function bestOf(ground: Ground, seed: number, rounds: number, used: () => number): Found {
  const each = Math.ceil(rounds / STARTS);
  const found = Array.from({ length: STARTS }, (_, start) => {
    const random = new Random(seed + start * 0x9e3779b9);
    // Each search has its part of the time as it has its part of the rounds.
    return anneal(ground, random, each, () => used() * STARTS - start);
  });
  const best = found.map((one) => one.best).reduce((a, b) => (b.cost < a.cost ? b : a));
  return { best, made: found.reduce((sum, one) => sum + one.made, 0) };
}

interface Found {
  readonly best: Tours;
  readonly made: number;
}

function anneal(ground: Ground, random: Random, rounds: number, used: () => number): Found {
  const keys = new Float64Array(ground.visits);
  const absent = Array.from({ length: ground.visits }, (_, visit) => visit);
  let now = new Tours(ground);
  recreate(now, random, absent, keys);
  const best = new Tours(ground);
  best.copy(now);
  let trial = new Tours(ground);
  let gone = 0;
  let made = 0;
  for (; made < rounds && ground.visits > 0; made += 1) {
    if (made % LOOK === 0) gone = used();
    const share = Math.max(made / rounds, gone);
    if (share >= 1) break;
    const heat = ground.usual * HOT * (COLD / HOT) ** share;
    trial.copy(now);
    ruin(trial, random, absent);
    recreate(trial, random, absent, keys);
    if (trial.cost < best.cost) best.copy(trial);
    if (trial.cost < now.cost - heat * Math.log(random.next())) [now, trial] = [trial, now];
  }
  return { best, made };
}

function lengthOf({ teams, visits, places, distance }: RouteProblem, tours: RoutePlan['tours']): number {
  let sum = 0;
  tours.forEach((tour, index) => {
    const team = teams[index];
    if (team === undefined || tour.length === 0) return;
    let at = team.start;
    for (const visit of tour) {
      const to = visits[visit]!.place;
      sum += distance[at * places + to]!;
      at = to;
    }
    sum += distance[at * places + team.end]!;
  });
  return sum;
}
