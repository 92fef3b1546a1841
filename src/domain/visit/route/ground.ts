import type { RouteProblem } from './problem';

/**
 * The problem laid out for the search, which asks millions of times how far it is from here to there. Visits, starts
 * and ends of teams are nodes of one numbering: visits first, then the starts, then the ends.
 */
export class Ground {
  readonly visits: number;
  readonly teams: number;
  readonly nodes: number;
  /** `a * nodes + b`: from the beginning at `a` to the arrival at `b`, the stay at `a` included. */
  readonly leg: Float64Array;
  readonly distance: Float64Array;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly demand: Float64Array;
  readonly capacity: Float64Array;
  /** What leaving a visit out adds to the cost of a plan. */
  readonly penalty: Float64Array;
  /** Teams that are alike in everything have the same kind: one idle team of a kind stands for all of them. */
  readonly kind: Int32Array;
  /** Room to note which kinds have an idle team that was looked at. */
  readonly idle: Uint8Array;
  /** `visit * teams + team`: whether this team may make the visit. */
  readonly allowed: Uint8Array;
  /** Other visits of each visit, the nearest first. */
  readonly near: readonly Int32Array[];
  /** Length of a usual leg: what a worsening is measured by. */
  readonly usual: number;

  constructor(problem: RouteProblem) {
    const { teams, visits, places, travel } = problem;
    this.visits = visits.length;
    this.teams = teams.length;
    this.nodes = visits.length + 2 * teams.length;
    const { nodes } = this;
    const place = [...visits.map((v) => v.place), ...teams.map((t) => t.start), ...teams.map((t) => t.end)];
    this.opens = Float64Array.from([...visits.map((v) => v.opens), ...twice(teams.map((t) => t.from))]);
    this.closes = Float64Array.from([...visits.map((v) => v.closes), ...twice(teams.map((t) => t.until))]);
    this.demand = Float64Array.from(visits, (v) => v.demand);
    this.capacity = Float64Array.from(teams, (t) => t.capacity);
    this.leg = new Float64Array(nodes * nodes);
    this.distance = new Float64Array(nodes * nodes);
    for (let a = 0; a < nodes; a += 1)
      for (let b = 0; b < nodes; b += 1) {
        const cell = place[a]! * places + place[b]!;
        this.leg[a * nodes + b] = travel[cell]! + (visits[a]?.service ?? 0);
        this.distance[a * nodes + b] = problem.distance[cell]!;
      }
    this.allowed = new Uint8Array(visits.length * teams.length);
    visits.forEach(({ only }, visit) => {
      for (let team = 0; team < teams.length; team += 1)
        this.allowed[visit * teams.length + team] = only.length === 0 || only.includes(team) ? 1 : 0;
    });
    this.kind = kinds(problem);
    this.idle = new Uint8Array(teams.length);
    this.near = visits.map((_, visit) =>
      nearest(visit, this.visits, (b) => this.distance[visit * nodes + b]!),
    );
    const farthest = this.distance.reduce((most, one) => Math.max(most, one), 1);
    this.usual = usualLeg(this.near, this.distance, nodes) || farthest;
    // A visit more is worth any way round: more than there and back from the farthest place.
    this.penalty = Float64Array.from(visits, (v) => v.weight * 4 * farthest);
  }
}

const twice = (values: readonly number[]): number[] => [...values, ...values];

function kinds({ teams, visits }: RouteProblem): Int32Array {
  const named = new Set(visits.flatMap(({ only }) => only));
  const known = new Map<string, number>();
  return Int32Array.from(teams, ({ start, end, from, until, capacity }, team) => {
    const key = named.has(team) ? `own ${team}` : [start, end, from, until, capacity].join(' ');
    const kind = known.get(key) ?? known.size;
    known.set(key, kind);
    return kind;
  });
}

function nearest(visit: number, visits: number, far: (other: number) => number): Int32Array {
  const others = Array.from({ length: visits }, (_, other) => other).filter((other) => other !== visit);
  return Int32Array.from(others.sort((a, b) => far(a) - far(b) || a - b));
}

/** Average way to the tenth neighbour or so: neither the next door nor the other end of the town. */
function usualLeg(near: readonly Int32Array[], distance: Float64Array, nodes: number): number {
  let sum = 0;
  near.forEach((others, visit) => {
    const other = others[Math.min(9, others.length - 1)];
    sum += other === undefined ? 0 : distance[visit * nodes + other]!;
  });
  return near.length === 0 ? 0 : sum / near.length;
}
