import type { RouteProblem } from './problem';

export interface Stop {
  /** Index of the visit. */
  readonly visit: number;
  readonly arrives: number;
  readonly waits: number;
  readonly begins: number;
  readonly leaves: number;
  /** Of the tour so far, this visit included. */
  readonly load: number;
  /** From the stop before, in the problem's unit. */
  readonly distance: number;
}

export interface Timetable {
  readonly team: number;
  readonly departs: number;
  readonly stops: readonly Stop[];
  readonly returns: number;
  readonly load: number;
  readonly distance: number;
}

/**
 * Hours of one team's tour. It sets out as early as it can; with `late` as late as still brings it to the first visit
 * when that may begin, so that it does not wait at a door.
 */
export function timetable(
  { teams, visits, places, travel, distance }: RouteProblem,
  index: number,
  tour: readonly number[],
  late = false,
): Timetable {
  const team = teams[index]!;
  const first = visits[tour[0] ?? -1];
  const toFirst = first === undefined ? 0 : travel[team.start * places + first.place]!;
  const departs = late && first !== undefined ? Math.max(team.from, first.opens - toFirst) : team.from;
  let at = team.start;
  let leaves = departs;
  let load = 0;
  let whole = 0;
  const stops = tour.map((visit): Stop => {
    const { place, opens, service, demand } = visits[visit]!;
    const arrives = leaves + travel[at * places + place]!;
    const begins = Math.max(arrives, opens);
    const way = distance[at * places + place]!;
    at = place;
    leaves = begins + service;
    load += demand;
    whole += way;
    return { visit, arrives, waits: begins - arrives, begins, leaves, load, distance: way };
  });
  if (tour.length === 0) return { team: index, departs, stops, returns: departs, load, distance: 0 };
  whole += distance[at * places + team.end]!;
  return {
    team: index,
    departs,
    stops,
    returns: leaves + travel[at * places + team.end]!,
    load,
    distance: whole,
  };
}
