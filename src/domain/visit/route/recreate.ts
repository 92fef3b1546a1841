import type { Ground } from './ground';
import type { Random } from './random';
import { NOWHERE, type Tours } from './tours';

/** How often a place that fits is passed over: the cheapest place each time would lead to the same tours again. */
const BLINK = 0.01;

/**
 * Puts the absent back, each where it costs least, in an order that is drawn anew every round: any, the heavy first,
 * the far first, the near first, the narrow windows first, the early, the late, the weighty first. One that fits nowhere stays out.
 */
export function recreate(tours: Tours, random: Random, absent: number[], keys: Float64Array): void {
  sort(tours, random, absent, keys);
  for (const visit of absent) {
    const before = cheapest(tours, random, visit);
    if (before !== NOWHERE) tours.insert(visit, before);
  }
}

function sort({ ground }: Tours, random: Random, absent: number[], keys: Float64Array): void {
  const key = ORDERS[random.below(ORDERS.length)]!;
  for (const visit of absent) keys[visit] = key(ground, visit, random);
  absent.sort((a, b) => keys[a]! - keys[b]! || a - b);
}

type Key = (ground: Ground, visit: number, random: Random) => number;

const any: Key = (_ground, _visit, random) => random.next();
const heavy: Key = ({ demand }, visit) => -demand[visit]!;
const near: Key = ({ nodes, visits, distance }, visit) => distance[visits * nodes + visit]!;
const far: Key = (ground, visit, random) => -near(ground, visit, random);
const narrow: Key = ({ opens, closes }, visit) => closes[visit]! - opens[visit]!;
const opening: Key = ({ opens }, visit) => opens[visit]!;
const closing: Key = ({ closes }, visit) => -closes[visit]!;
const weighty: Key = ({ penalty }, visit) => -penalty[visit]!;

/** As often as they stand here. */
const ORDERS: readonly Key[] = [
  ...[any, any, any, any, heavy, heavy, heavy, heavy],
  ...[far, far, near, narrow, narrow, opening, opening, closing, closing, weighty, weighty],
];

/** The node after which the visit costs least, or NOWHERE. */
function cheapest(tours: Tours, random: Random, visit: number): number {
  const { ground, next, early, late } = tours;
  const { nodes, leg, distance, opens, closes, teams, kind } = ground;
  const open = opens[visit]!;
  const close = closes[visit]!;
  const own = visit * nodes;
  let best = Infinity;
  let found = NOWHERE;
  const idle = ground.idle.fill(0);
  for (let team = 0; team < teams; team += 1) {
    if (tours.size[team] === 0) {
      if (idle[kind[team]!] === 1) continue;
      idle[kind[team]!] = 1;
    }
    if (ground.allowed[visit * teams + team] === 0) continue;
    if (tours.load[team]! + ground.demand[visit]! > ground.capacity[team]!) continue;
    const end = tours.end(team);
    for (let at = tours.start(team); at !== end;) {
      const arrival = early[at]! + leg[at * nodes + visit]!;
      // Further on in the tour it is later still.
      if (arrival > close) break;
      const to = next[at]!;
      const begin = arrival > open ? arrival : open;
      if (begin + leg[own + to]! <= late[to]!) {
        const more = distance[at * nodes + visit]! + distance[own + to]! - distance[at * nodes + to]!;
        if (more < best && random.next() >= BLINK) {
          best = more;
          found = at;
        }
      }
      at = to;
    }
  }
  return found;
}
