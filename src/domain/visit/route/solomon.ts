import { ForbearError, type Where } from '../../errors/forbear-error';
import type { RouteProblem } from './problem';

/** Times and ways of a file are kept in ten-thousandths, as whole numbers. */
export const PARTS = 10_000;
/** A table of ways has the square of it. */
export const MOST_VISITS = 1500;
const LARGEST = 1e9;

/** A file of Solomon's: its vehicles are alike, and start and end at its first place. */
export interface SolomonFile {
  readonly name: string;
  readonly places: readonly SolomonPlace[];
  readonly problem: RouteProblem;
}

export interface SolomonPlace {
  /** As the file numbers it. */
  readonly number: string;
  readonly line: number;
  readonly x: number;
  readonly y: number;
}

const COLUMNS = ['CUST NO.', 'XCOORD.', 'YCOORD.', 'DEMAND', 'READY TIME', 'DUE DATE', 'SERVICE TIME'];

interface Line {
  readonly text: string;
  readonly where: Where & { readonly line: number };
}

/**
 * Reads the format of Solomon's instances (https://www.sintef.no/projectweb/top/vrptw/documentation2/): the first place
 * is the depot. Ways are straight lines at speed 1, rounded up to a ten-thousandth for time and to the nearest for
 * distance. `customers` takes the first so many, as the instances of 25 and 50 do. Throws ROUTE_* with file and line.
 */
export function readSolomon(text: string, file: string, customers = Infinity): SolomonFile {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: line.trim(), where: { file, line: index + 1 } }))
    .filter((line) => line.text !== '');
  const vehicle = section(lines, 'VEHICLE', file);
  const customer = section(lines, 'CUSTOMER', file);
  const fleet = lines.slice(vehicle + 1, customer).find((line) => !/^[A-Z]/i.test(line.text));
  if (fleet === undefined) throw new ForbearError('ROUTE_SECTION', { wanted: FLEET }, lines[vehicle]!.where);
  const [number = 0, capacity = 0] = numbers(fleet, ['NUMBER', 'CAPACITY']);
  if (number < 1 || !Number.isInteger(number)) throw new ForbearError('ROUTE_NO_VEHICLE', {}, fleet.where);
  const rows = lines.slice(customer + 1).filter((line, index) => index > 0 || !/^CUST/i.test(line.text));
  const read = rows.map((line): Row => ({ line, cells: numbers(line, COLUMNS) }));
  const [depot, ...all] = read;
  if (depot === undefined || depot.cells[0] !== 0)
    throw new ForbearError('ROUTE_DEPOT', {}, (depot?.line ?? lines[customer]!).where);
  refuseTwice(read);
  for (const row of read) refuseWindow(row);
  const some = all.slice(0, customers);
  if (some.length > MOST_VISITS)
    throw new ForbearError('ROUTE_TOO_LARGE', { visits: some.length, most: MOST_VISITS }, { file });
  const places = [depot, ...some].map(({ line, cells: [id = 0, x = 0, y = 0] }): SolomonPlace => {
    return { number: String(id), line: line.where.line, x, y };
  });
  const [, , , , from = 0, until = 0] = depot.cells;
  const team = { start: 0, end: 0, from: atLeast(from), until: atMost(until), capacity: whole(capacity) };
  const problem: RouteProblem = {
    // More vehicles than customers would stay at home.
    teams: Array.from({ length: Math.min(number, Math.max(1, some.length)) }, () => team),
    visits: some.map(({ cells: [, , , demand = 0, opens = 0, closes = 0, service = 0] }, index) => ({
      ...{ place: index + 1, opens: atLeast(opens), closes: atMost(closes), service: atLeast(service) },
      ...{ demand: whole(demand), weight: 1, only: [] },
    })),
    places: places.length,
    travel: table(places, Math.ceil),
    distance: table(places, Math.round),
  };
  return { name: vehicle === 0 ? '' : lines[0]!.text, places, problem };
}

const FLEET = 'the number of vehicles and their capacity';

interface Row {
  readonly line: Line;
  readonly cells: readonly number[];
}

const whole = (value: number): number => Math.round(value * PARTS);
/** A decimal such as 161.7 times PARTS may be a hair more or less than the whole number that it means. */
const HAIR = 1e-4;
const atLeast = (value: number): number => Math.ceil(value * PARTS - HAIR);
const atMost = (value: number): number => Math.floor(value * PARTS + HAIR);

const wayBetween = (a: SolomonPlace, b: SolomonPlace): number =>
  Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

function table(places: readonly SolomonPlace[], round: (value: number) => number): Float64Array {
  return Float64Array.from(places.flatMap((a) => places.map((b) => round(wayBetween(a, b) * PARTS))));
}

function section(lines: readonly Line[], name: string, file: string): number {
  const found = lines.findIndex((line) => line.text.toUpperCase() === name);
  if (found < 0) throw new ForbearError('ROUTE_SECTION', { wanted: `a line ${name}` }, { file });
  return found;
}

function numbers({ text, where }: Line, columns: readonly string[]): number[] {
  const cells = text.split(/\s+/);
  if (cells.length !== columns.length)
    throw new ForbearError('ROUTE_ROW', { found: cells.length, wanted: columns.join(', ') }, where);
  return cells.map((cell, index) => {
    const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell) ? Number(cell) : NaN;
    const field = columns[index] ?? '';
    if (!(Math.abs(value) <= LARGEST)) throw new ForbearError('ROUTE_NUMBER', { field }, where);
    if (value < 0 && !field.endsWith('COORD.')) throw new ForbearError('ROUTE_NEGATIVE', { field }, where);
    return value;
  });
}

function refuseTwice(rows: readonly Row[]): void {
  const seen = new Map<number, number>();
  for (const { line, cells } of rows) {
    const [id = 0] = cells;
    const before = seen.get(id);
    if (before !== undefined) throw new ForbearError('ROUTE_TWICE', { id, line: before }, line.where);
    seen.set(id, line.where.line);
  }
}

function refuseWindow({ line, cells: [id = 0, , , , opens = 0, closes = 0] }: Row): void {
  if (opens > closes) throw new ForbearError('ROUTE_WINDOW', { id, opens, closes }, line.where);
}

/** The problem as the file has it, in its own unit and with nothing rounded: for the hours and ways that are shown. */
export function exactProblem({ problem, places }: SolomonFile): RouteProblem {
  const ways = Float64Array.from(places.flatMap((a) => places.map((b) => wayBetween(a, b))));
  return {
    teams: problem.teams.map((team) => ({
      ...team,
      ...{ from: team.from / PARTS, until: team.until / PARTS, capacity: team.capacity / PARTS },
    })),
    visits: problem.visits.map((visit) => ({
      ...visit,
      ...{ opens: visit.opens / PARTS, closes: visit.closes / PARTS },
      ...{ service: visit.service / PARTS, demand: visit.demand / PARTS },
    })),
    places: places.length,
    travel: ways,
    distance: ways,
  };
}
