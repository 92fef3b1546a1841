import type { Random } from './random';
import { NOWHERE, type Tours } from './tours';

/** Visits that one round takes out on average, and the longest string out of one tour. */
const REMOVED = 10;
const LONGEST = 10;
/** How often a string keeps some of its visits, and how often it keeps one more. */
const SPLIT = 0.5;
const KEEP_ON = 0.99;

/**
 * Takes strings of visits that are near each other out of several tours: room is made in one part of the town, so that
 * its tours can be laid anew. After Christiaens and Vanden Berghe, "Slack Induction by String Removals for Vehicle
 * Routing Problems", Transportation Science 54(2), 2020. Gives those that are in no tour now.
 */
export function ruin(tours: Tours, random: Random, absent: number[]): void {
  const { ground } = tours;
  absent.length = 0;
  let used = 0;
  let served = 0;
  for (let team = 0; team < ground.teams; team += 1) {
    if (tours.size[team]! > 0) used += 1;
    served += tours.size[team]!;
  }
  for (let visit = 0; visit < ground.visits; visit += 1)
    if (tours.team[visit] === NOWHERE) absent.push(visit);
  if (used === 0) return;
  const longest = Math.min(LONGEST, served / used);
  const strings = Math.floor(1 + random.next() * ((4 * REMOVED) / (1 + longest) - 1));
  const seed = random.below(ground.visits);
  const done = new Set<number>();
  const around = ground.near[seed]!;
  for (let i = -1; i < around.length && done.size < strings; i += 1) {
    const visit = i < 0 ? seed : around[i]!;
    const team = tours.team[visit]!;
    if (team === NOWHERE || done.has(team)) continue;
    done.add(team);
    takeString(tours, random, visit, team, longest, absent);
  }
}

function takeString(
  tours: Tours,
  random: Random,
  visit: number,
  team: number,
  longest: number,
  absent: number[],
): void {
  const order = tours.order(team);
  const most = Math.min(order.length, longest);
  const length = Math.max(1, Math.floor(1 + random.next() * most));
  const taken = Math.min(length, order.length);
  let kept = 0;
  if (taken > 1 && taken < order.length && random.next() < SPLIT) {
    kept = 1;
    while (taken + kept < order.length && random.next() > KEEP_ON) kept += 1;
  }
  const whole = taken + kept;
  const at = order.indexOf(visit);
  const first = Math.max(0, at - whole + 1);
  const last = Math.min(at, order.length - whole);
  const from = first + random.below(last - first + 1);
  const keepFrom = kept === 0 ? whole : 1 + random.below(taken - 1);
  for (let i = 0; i < whole; i += 1) {
    if (i >= keepFrom && i < keepFrom + kept) continue;
    const one = order[from + i]!;
    tours.remove(one);
    absent.push(one);
  }
  tours.settle(team);
}
