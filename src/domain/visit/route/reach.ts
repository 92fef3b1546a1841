import type { LeftOutCode, RouteProblem, RouteTeam, RouteVisit } from './problem';

/**
 * Visits that no team can make even if it made no other, with the reason. Where the teams fail for different reasons it
 * is that of the team which came nearest to making it.
 */
export function outOfReach(problem: RouteProblem): ReadonlyMap<number, LeftOutCode> {
  const found = new Map<number, LeftOutCode>();
  problem.visits.forEach((visit, index) => {
    if (visit.opens > visit.closes) {
      found.set(index, 'ROUTE_WINDOW');
      return;
    }
    const teams = problem.teams.filter((_, team) => visit.only.length === 0 || visit.only.includes(team));
    const reasons = teams.map((team) => hindrance(problem, team, visit));
    if (reasons.includes(null)) return;
    const nearest = BY_NEARNESS.find((code) => reasons.includes(code));
    found.set(index, nearest ?? 'ROUTE_NO_TEAM');
  });
  return found;
}

const BY_NEARNESS: readonly LeftOutCode[] = ['ROUTE_BACK_TOO_LATE', 'ROUTE_TOO_FAR', 'ROUTE_TOO_MUCH'];

function hindrance({ places, travel }: RouteProblem, team: RouteTeam, visit: RouteVisit): LeftOutCode | null {
  if (visit.demand > team.capacity) return 'ROUTE_TOO_MUCH';
  const arrival = team.from + travel[team.start * places + visit.place]!;
  if (arrival > visit.closes) return 'ROUTE_TOO_FAR';
  const leaves = Math.max(arrival, visit.opens) + visit.service;
  return leaves + travel[visit.place * places + team.end]! > team.until ? 'ROUTE_BACK_TOO_LATE' : null;
}
