import type { Where } from '../../errors/forbear-error';
import type { IsoDate, TimeOfDay, Zone } from '../../units';
import type { RouteProblem } from './problem';
import { waysBetween, type Going, type Point } from './town';

/** The visits of one town on one day, and who makes them. Times are of the town's clock. */
export interface DayOfVisits {
  readonly date: IsoDate;
  readonly zone: Zone;
  readonly going: Going;
  /** No visit begins later. */
  readonly lastStart: TimeOfDay;
  readonly teams: readonly TeamOfDay[];
  readonly visits: readonly VisitAsked[];
}

export interface TeamOfDay {
  readonly name: string;
  readonly start: Point;
  readonly end: Point;
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  /** Visits that it makes at most. */
  readonly most: number;
  /** Members of staff that go together; empty where that is not known yet. */
  readonly people: readonly string[];
}

export interface VisitAsked {
  readonly id: string;
  readonly at: Point;
  /** The visit begins between the two. */
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  readonly minutes: number;
  /** How bad it is to leave it out where not all fit: 1 for the usual one. */
  readonly weight: number;
  /** Names of teams that may make it; empty for all. */
  readonly only: readonly string[];
  /** Where it stands in the file, for what is said about it. */
  readonly where?: Where;
}

/** Ladders 8: eight visits a team, 25 minutes each, 9:00 to 19:00, none begun after 18:30. Every one an assumption. */
export const VISITING = { from: '09:00', until: '19:00', lastStart: '18:30', minutes: 25, most: 8 } as const;

/** Seconds of the clock since midnight. */
export function secondsOf(time: TimeOfDay): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}

/** The time of day, to the minute: whoever is said to be there at 10:20 is there by 10:20 and 59 seconds. */
export function timeOf(seconds: number): TimeOfDay {
  const minutes = Math.floor(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The day in seconds and metres. Team and visit keep their index. */
export function problemOf({ teams, visits, going, lastStart }: DayOfVisits): RouteProblem {
  const points = [...visits.map(({ at }) => at), ...teams.flatMap(({ start, end }) => [start, end])];
  const last = secondsOf(lastStart);
  return {
    teams: teams.map(({ from, until, most }, team) => ({
      start: visits.length + 2 * team,
      end: visits.length + 2 * team + 1,
      from: secondsOf(from),
      until: secondsOf(until),
      capacity: most,
    })),
    visits: visits.map(({ from, until, minutes, weight, only }, place) => ({
      ...{ place, opens: secondsOf(from), closes: Math.min(secondsOf(until), last) },
      ...{ service: minutes * 60, demand: 1, weight, only: indices(teams, only) },
    })),
    places: points.length,
    ...waysBetween(points, going),
  };
}

/** A team that does not work on the day is an index that there is not: a visit for it alone has no team. */
function indices(teams: readonly TeamOfDay[], names: readonly string[]): number[] {
  return names.map((name) => teams.findIndex((team) => team.name === name));
}
