import { Command } from 'commander';
import { localTime } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { planRouteFile, type PlannedFile, type PlannedRoute } from '../../visits/plan-route-file';
import { readText, withExamples, type CommonOptions, type Context } from '../context';
import { counted, table } from '../table';
import { wholeNumber } from './stack';

interface RoutesCliOptions extends CommonOptions {
  readonly teams?: string;
  readonly customers?: string;
  readonly seconds: string;
  readonly seed: string;
  readonly rounds?: string;
}

/** Needs no stack: a file is planned, whoever made it. */
export function routes(context: Context): Command {
  const command = new Command('routes').description('tours of a day: who visits whom, and when');
  return withExamples(command, [
    'routes plan examples/visits.yaml',
    'routes plan R101.txt --json',
  ]).addCommand(plan(context));
}

function plan(context: Context): Command {
  const command = new Command('plan')
    .description('the shortest tours that make every visit in its window, in hours and within capacity')
    .argument(
      '<file>',
      'a day of visits (.yaml), a table of visits (.csv), else an instance in the format of Solomon',
    )
    .option('--teams <file>', 'document of the day, for a table of visits')
    .option('--customers <n>', 'the first so many customers of an instance')
    .option('--seconds <n>', 'time after which the best plan so far is given', '5')
    .option('--seed <n>', 'where chance begins: the same seed and rounds give the same plan', '1')
    .option('--rounds <n>', 'rounds of the search (by the number of visits)')
    .option('--json', 'answer as JSON, for programs');
  const examples = [
    'routes plan examples/visits.yaml',
    'routes plan visits.csv --teams examples/visits.yaml',
    'routes plan R101.txt --customers 25 --json',
    'routes plan RC208.txt --seconds 9',
  ];
  return withExamples(command, examples).action((file: string, options: RoutesCliOptions) => {
    const { teams, customers, rounds } = options;
    const planned = planRouteFile({
      ...{ file, text: readText(file) },
      ...(teams === undefined ? {} : { teams: { file: teams, text: readText(teams) } }),
      ...(customers === undefined ? {} : { customers: wholeNumber('--customers', customers) }),
      ...(rounds === undefined ? {} : { rounds: wholeNumber('--rounds', rounds) }),
      ...{ seed: wholeNumber('--seed', options.seed), seconds: secondsOf(options.seconds) },
    });
    if (planned.leftOut.length > 0) context.refuse();
    const { day: _day, ...json } = planned;
    context.answer(options, json, () => sayRoutes(planned));
  });
}

export function secondsOf(text: string): number {
  const seconds = Number(text);
  return seconds > 0 && seconds <= 3600
    ? seconds
    : fail('OPTION_WRONG', { option: '--seconds', wanted: 'a number above 0, at most 3600' });
}

/** Each route with its stops, what is in none, and the total. */
export function sayRoutes(planned: PlannedFile): string {
  const { visits, routes, leftOut, rounds, cutShort } = planned;
  const head = ['stop', 'visit', 'arrives', 'waits', 'begins', 'leaves', 'load', 'distance'];
  const parts = routes.map((route) => `${title(planned, route)}\n${table(head, rowsOf(planned, route))}`);
  if (leftOut.length > 0) {
    parts.push(`${counted(leftOut.length, 'visit')} in no route:`);
    parts.push(leftOut.map(({ message }) => `  ${message}`).join('\n'));
  }
  const made = cutShort ? `${rounds} rounds, then time was up` : `${rounds} rounds`;
  const cut =
    planned.distanceCut === null
      ? ''
      : ` (${planned.distanceCut.toFixed(1)} with each way cut to one decimal)`;
  parts.push(
    `Total: ${counted(visits - leftOut.length, 'visit')} in ${counted(routes.length, 'route')}, ` +
      `distance ${distance(planned, planned.distance)}${cut}; ${made}.`,
  );
  return parts.join('\n');
}

function title(
  planned: PlannedFile,
  { team, stops, departs, returns, load, distance: way }: PlannedRoute,
): string {
  const hours = `leaves ${moment(planned, departs)}, back ${moment(planned, returns)}`;
  return `Route ${team}: ${counted(stops.length, 'stop')}, ${hours}, load ${load}, distance ${distance(planned, way)}`;
}

function rowsOf(planned: PlannedFile, { stops }: PlannedRoute): (string | number)[][] {
  return stops.map(({ visit, arrives, waits, begins, leaves, load, distance: way }, index) => [
    ...[index + 1, visit, moment(planned, arrives), planned.day === null ? waits.toFixed(2) : `${waits} min`],
    ...[moment(planned, begins), moment(planned, leaves), load, distance(planned, way)],
  ]);
}

function moment({ day }: PlannedFile, at: number | string): string {
  return typeof at === 'number' ? at.toFixed(2) : localTime(at, day?.zone ?? 'UTC');
}

function distance({ day }: PlannedFile, way: number): string {
  return day === null ? way.toFixed(2) : `${(way / 1000).toFixed(1)} km`;
}
