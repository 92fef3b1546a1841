/**
 * A day of visits to be shared out among teams and put in order. Times and distances are whole numbers of a unit that
 * the caller picks (seconds and metres for a town, ten-thousandths for a file of Solomon's): whole numbers add up alike
 * in any order, so a plan that fits here fits on paper. Travel is to be rounded up, never down.
 */
export interface RouteProblem {
  readonly teams: readonly RouteTeam[];
  readonly visits: readonly RouteVisit[];
  /** Number of places; a place is an index into the two tables. */
  readonly places: number;
  /** Time from place `a` to place `b` at `a * places + b`. */
  readonly travel: ArrayLike<number>;
  /** What is to be kept short, laid out in the same way. */
  readonly distance: ArrayLike<number>;
}

export interface RouteTeam {
  readonly start: number;
  readonly end: number;
  /** Leaves its start no earlier, and is at its end no later. */
  readonly from: number;
  readonly until: number;
  /** Sum of the demands that one tour may take on. */
  readonly capacity: number;
}

export interface RouteVisit {
  readonly place: number;
  /** A visit begins in its window, both ends included. Whoever comes early waits. */
  readonly opens: number;
  readonly closes: number;
  /** How long the team stays. */
  readonly service: number;
  readonly demand: number;
  /** How bad it is to leave the visit out, where not all fit: more than 0, 1 for the usual one. */
  readonly weight: number;
  /** Teams that may make it, by index; empty for all. */
  readonly only: readonly number[];
}

/** Why a visit is in no tour. Each is an error of the catalogue, for it is said with the place where the visit stands. */
export type LeftOutCode =
  | 'ROUTE_WINDOW'
  | 'ROUTE_NO_TEAM'
  | 'ROUTE_TOO_MUCH'
  | 'ROUTE_TOO_FAR'
  | 'ROUTE_BACK_TOO_LATE'
  | 'ROUTE_NO_ROOM';

export interface RoutePlan {
  /** Visits of each team in order, by index; one list a team, empty where it stays at home. */
  readonly tours: readonly (readonly number[])[];
  readonly leftOut: readonly { readonly visit: number; readonly code: LeftOutCode }[];
  /** Sum over the tours, in the problem's unit. */
  readonly distance: number;
  /** Rounds of the search that were made. */
  readonly rounds: number;
}
