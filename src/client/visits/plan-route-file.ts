import { extname } from 'node:path';
import { fail, render, type Where } from '../../domain/errors/forbear-error';
import { instantOf } from '../../domain/calendar/zone';
import { problemOf, timeOf, type DayOfVisits } from '../../domain/visit/route/day';
import { readDayOfVisits } from '../../domain/visit/route/day.schema';
import type { LeftOutCode, RoutePlan, RouteProblem } from '../../domain/visit/route/problem';
import { enoughRounds, planRoutes } from '../../domain/visit/route/search';
import { exactProblem, readSolomon, type SolomonFile } from '../../domain/visit/route/solomon';
import { timetable } from '../../domain/visit/route/timetable';
import { visitsOfCsv } from './visits-csv';

/** How long and from where it is searched. */
export interface SearchFor {
  readonly seed: number;
  readonly rounds?: number;
  readonly seconds: number;
}

export interface RouteFileOptions extends SearchFor {
  readonly file: string;
  readonly text: string;
  /** The document of the day, where the file is a table of visits. */
  readonly teams?: { readonly file: string; readonly text: string };
  /** Of a file of Solomon's the first so many customers. */
  readonly customers?: number;
}

/** A time is a number in a file of Solomon's, and an instant in a day of one's own. Distances there are in metres. */
type Moment = number | string;

export interface PlannedStop {
  readonly visit: string;
  readonly arrives: Moment;
  readonly waits: number;
  readonly begins: Moment;
  readonly leaves: Moment;
  readonly load: number;
  readonly distance: number;
}

export interface PlannedRoute {
  readonly team: string;
  readonly departs: Moment;
  readonly stops: readonly PlannedStop[];
  readonly returns: Moment;
  readonly load: number;
  readonly distance: number;
}

export interface PlannedFile {
  readonly file: string;
  readonly form: 'solomon' | 'day';
  readonly name: string;
  readonly visits: number;
  readonly distance: number;
  /** Of a file of Solomon's: each way cut to one decimal before it is added, as exact methods state their results. */
  readonly distanceCut: number | null;
  readonly routes: readonly PlannedRoute[];
  readonly leftOut: readonly LeftOut[];
  readonly rounds: number;
  /** Whether time ran out before all rounds were made: then another machine may find another plan. */
  readonly cutShort: boolean;
  readonly day: DayOfVisits | null;
}

export interface LeftOut {
  readonly visit: string;
  readonly code: LeftOutCode;
  readonly where: Where;
  readonly message: string;
}

/** Plans the visits of a file. Throws ROUTE_* with the place of what is malformed; what fits nowhere is in `leftOut`. */
export function planRouteFile(options: RouteFileOptions): PlannedFile {
  const { file, text, teams } = options;
  switch (extname(file).toLowerCase()) {
    case '.csv':
      if (teams === undefined) return fail('ROUTE_TEAMS_MISSING', {}, { file });
      return planDay(readDayOfVisits(teams.text, teams.file, visitsOfCsv(text, file)), options);
    case '.yaml':
    case '.yml':
      return planDay(readDayOfVisits(text, file), options);
    default:
      return planSolomon(readSolomon(text, file, options.customers), options);
  }
}

function planSolomon(read: SolomonFile, options: RouteFileOptions): PlannedFile {
  const { plan, cutShort } = search(read.problem, options);
  const exact = exactProblem(read);
  const numberOf = (visit: number) => read.places[visit + 1]?.number ?? '';
  const routes = routesOf(plan, (tour, team) => {
    const { stops, departs, returns, load, distance } = timetable(exact, team, tour);
    const named = stops.map(({ visit, ...stop }) => ({ visit: numberOf(visit), ...stop }));
    return { departs, stops: named, returns, load, distance };
  });
  const cut = { ...exact, distance: Array.from(exact.distance, (way) => Math.floor(way * 10 + 1e-9)) };
  return {
    ...{
      file: options.file,
      form: 'solomon',
      name: read.name,
      visits: read.problem.visits.length,
      day: null,
    },
    distance: sum(routes),
    distanceCut: plan.tours.reduce((all, tour, team) => all + timetable(cut, team, tour).distance, 0) / 10,
    ...{ routes, rounds: plan.rounds, cutShort },
    leftOut: plan.leftOut.map(({ visit, code }) =>
      leftOut(numberOf(visit), code, read.problem, visit, {
        file: options.file,
        line: read.places[visit + 1]?.line ?? 0,
      }),
    ),
  };
}

/** Plans the visits of a day; `file` is what is said where a visit stands in no file. */
export function planDay(day: DayOfVisits, options: SearchFor & { readonly file: string }): PlannedFile {
  const problem = problemOf(day);
  const { plan, cutShort } = search(problem, options);
  const moment = (seconds: number) => instantOf(day.date, timeOf(seconds), day.zone);
  const routes = routesOf(plan, (tour, team) => {
    const { stops, departs, returns, load, distance } = timetable(problem, team, tour, true);
    return {
      team: day.teams[team]?.name ?? '',
      ...{ departs: moment(departs), returns: moment(returns), load, distance },
      stops: stops.map(({ visit, arrives, begins, leaves, waits, ...stop }) => ({
        visit: day.visits[visit]?.id ?? '',
        ...{ arrives: moment(arrives), begins: moment(begins), leaves: moment(leaves), ...stop },
        waits: Math.floor(waits / 60),
      })),
    };
  });
  return {
    ...{ file: options.file, form: 'day', name: day.date, visits: day.visits.length, distanceCut: null, day },
    ...{ distance: sum(routes), routes, rounds: plan.rounds, cutShort },
    leftOut: plan.leftOut.map(({ visit, code }) => {
      const { id = '', where = { file: options.file } } = day.visits[visit] ?? {};
      return leftOut(id, code, problem, visit, where);
    }),
  };
}

function search(problem: RouteProblem, { seed, seconds, ...options }: SearchFor) {
  const rounds = options.rounds ?? enoughRounds(problem.visits.length);
  const began = performance.now();
  const used = () => (performance.now() - began) / 1000 / seconds;
  const plan = planRoutes(problem, { seed, rounds, used });
  return { plan, cutShort: plan.rounds > 0 && plan.rounds < rounds };
}

/** Tours that visit somebody. Vehicles of a file that are alike are numbered as they are used. */
function routesOf(
  { tours }: RoutePlan,
  route: (tour: readonly number[], team: number) => Omit<PlannedRoute, 'team'> & { readonly team?: string },
): PlannedRoute[] {
  return tours
    .map((tour, team) => ({ tour, team }))
    .filter(({ tour }) => tour.length > 0)
    .map(({ tour, team }, index) => ({ team: String(index + 1), ...route(tour, team) }));
}

const sum = (routes: readonly PlannedRoute[]): number => routes.reduce((all, one) => all + one.distance, 0);

function leftOut(
  visit: string,
  code: LeftOutCode,
  problem: RouteProblem,
  index: number,
  where: Where,
): LeftOut {
  const { opens = 0, closes = 0 } = problem.visits[index] ?? {};
  return {
    visit,
    code,
    where,
    message: render(code, { id: visit, opens: timeOf(opens), closes: timeOf(closes) }, where),
  };
}
