import type { Ground } from './ground';

/** A visit that is in no tour. */
export const NOWHERE = -1;

/**
 * Tours under change. Each is a chain from the team's start to its end; of every node it is known how early the team
 * can begin there and how late it may, so that one look says whether another visit fits in between.
 */
export class Tours {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  readonly team: Int32Array;
  readonly early: Float64Array;
  readonly late: Float64Array;
  readonly load: Float64Array;
  readonly size: Int32Array;
  /** Distance of all tours and the penalties of those left out. */
  cost = 0;

  constructor(readonly ground: Ground) {
    const { nodes, visits, teams, penalty } = ground;
    this.next = new Int32Array(nodes).fill(NOWHERE);
    this.prev = new Int32Array(nodes).fill(NOWHERE);
    this.team = new Int32Array(nodes).fill(NOWHERE);
    this.early = new Float64Array(nodes);
    this.late = new Float64Array(nodes);
    this.load = new Float64Array(teams);
    this.size = new Int32Array(teams);
    for (let team = 0; team < teams; team += 1) {
      this.next[this.start(team)] = this.end(team);
      this.prev[this.end(team)] = this.start(team);
      this.team[this.start(team)] = team;
      this.team[this.end(team)] = team;
      this.settle(team);
      // Going from start to end is no way that counts while nobody is visited; teams may end elsewhere.
      this.cost += ground.distance[this.start(team) * nodes + this.end(team)]!;
    }
    for (let visit = 0; visit < visits; visit += 1) this.cost += penalty[visit]!;
  }

  start(team: number): number {
    return this.ground.visits + team;
  }

  end(team: number): number {
    return this.ground.visits + this.ground.teams + team;
  }

  copy(other: Tours): void {
    this.next.set(other.next);
    this.prev.set(other.prev);
    this.team.set(other.team);
    this.early.set(other.early);
    this.late.set(other.late);
    this.load.set(other.load);
    this.size.set(other.size);
    this.cost = other.cost;
  }

  /** Takes a visit out; the tour's times are settled by the caller, once for all that it takes out of it. */
  remove(visit: number): void {
    const { nodes, distance, demand, penalty } = this.ground;
    const before = this.prev[visit]!;
    const after = this.next[visit]!;
    const team = this.team[visit]!;
    this.next[before] = after;
    this.prev[after] = before;
    this.team[visit] = NOWHERE;
    this.load[team]! -= demand[visit]!;
    this.size[team]! -= 1;
    this.cost +=
      penalty[visit]! +
      distance[before * nodes + after]! -
      distance[before * nodes + visit]! -
      distance[visit * nodes + after]!;
  }

  insert(visit: number, before: number): void {
    const { nodes, distance, demand, penalty } = this.ground;
    const after = this.next[before]!;
    const team = this.team[before]!;
    this.next[before] = visit;
    this.prev[visit] = before;
    this.next[visit] = after;
    this.prev[after] = visit;
    this.team[visit] = team;
    this.load[team]! += demand[visit]!;
    this.size[team]! += 1;
    this.cost -=
      penalty[visit]! +
      distance[before * nodes + after]! -
      distance[before * nodes + visit]! -
      distance[visit * nodes + after]!;
    this.settle(team);
  }

  /** Earliest beginnings from the start on, latest from the end back. */
  settle(team: number): void {
    const { nodes, leg, opens, closes } = this.ground;
    const start = this.start(team);
    const end = this.end(team);
    this.early[start] = opens[start]!;
    for (let at = start; at !== end;) {
      const to = this.next[at]!;
      const arrival = this.early[at]! + leg[at * nodes + to]!;
      this.early[to] = arrival > opens[to]! ? arrival : opens[to]!;
      at = to;
    }
    this.late[end] = closes[end]!;
    for (let at = end; at !== start;) {
      const from = this.prev[at]!;
      const leaving = this.late[at]! - leg[from * nodes + at]!;
      this.late[from] = leaving < closes[from]! ? leaving : closes[from]!;
      at = from;
    }
  }

  /** Visits of a team in order. */
  order(team: number): number[] {
    const visits: number[] = [];
    for (let at = this.next[this.start(team)]!; at !== this.end(team); at = this.next[at]!) visits.push(at);
    return visits;
  }
}
