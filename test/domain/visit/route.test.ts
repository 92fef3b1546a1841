import fc from 'fast-check';
import type { RouteProblem, RouteTeam, RouteVisit } from '../../../src/domain/visit/route/problem';
import { planRoutes } from '../../../src/domain/visit/route/search';
import { readSolomon } from '../../../src/domain/visit/route/solomon';
import { timetable } from '../../../src/domain/visit/route/timetable';

/** Places on a line, one minute a step; the number of a place is where it lies. */
function line(teams: Partial<RouteTeam>[], visits: Partial<RouteVisit>[], places = 101): RouteProblem {
  const ways = Array.from({ length: places * places }, (_, cell) =>
    Math.abs(Math.floor(cell / places) - (cell % places)),
  );
  return {
    teams: teams.map((team) => ({ start: 0, end: 0, from: 0, until: 1000, capacity: 100, ...team })),
    visits: visits.map((visit) => ({
      ...{ place: 1, opens: 0, closes: 1000, service: 0, demand: 1, weight: 1, only: [] },
      ...visit,
    })),
    ...{ places, travel: ways, distance: ways },
  };
}

const plan = (problem: RouteProblem, rounds = 300) => planRoutes(problem, { seed: 1, rounds });

describe('a plan of visits', () => {
  it('goes there and back once', () => {
    const made = plan(line([{}], [{ place: 30 }, { place: 10 }, { place: 20 }]));
    expect(made).toMatchObject({ distance: 60, leftOut: [] });
  });

  it('takes a second team only where windows or hours want one', () => {
    const visits = [
      { place: 50, opens: 50, closes: 50 },
      { place: 1, opens: 50, closes: 50 },
    ];
    expect(plan(line([{}, {}], visits)).distance).toBe(102);
    expect(plan(line([{}], visits)).leftOut.map(({ code }) => code)).toEqual(['ROUTE_NO_ROOM']);
  });

  it('leaves out what no team can make, with the reason, and plans the others', () => {
    const problem = line(
      [{ until: 100, capacity: 5 }],
      [
        { place: 10 },
        { place: 40, closes: 39 },
        { place: 51 },
        { place: 5, demand: 6 },
        { place: 5, only: [7] },
        { place: 5, opens: 20, closes: 10 },
      ],
    );
    const made = plan(problem);
    expect(made.tours).toEqual([[0]]);
    expect(made.leftOut).toEqual([
      { visit: 1, code: 'ROUTE_TOO_FAR' },
      { visit: 2, code: 'ROUTE_BACK_TOO_LATE' },
      { visit: 3, code: 'ROUTE_TOO_MUCH' },
      { visit: 4, code: 'ROUTE_NO_TEAM' },
      { visit: 5, code: 'ROUTE_WINDOW' },
    ]);
  });

  it('leaves out the lightest where not all fit', () => {
    const visits = [0.5, 3, 1, 2].map((weight, index) => ({ place: 10 * (index + 1), weight }));
    expect(plan(line([{ capacity: 3 }], visits)).leftOut).toEqual([{ visit: 0, code: 'ROUTE_NO_ROOM' }]);
  });

  it('gives a visit only to a team that may make it', () => {
    const visits = [{ place: 10, only: [1] }, { place: 11 }, { place: 12, only: [0] }];
    const { tours } = plan(line([{}, {}], visits));
    expect(tours[1]).toContain(0);
    expect(tours[0]).toContain(2);
  });

  it('has teams that start and end in different places', () => {
    const problem = line([{ start: 0, end: 100 }], [{ place: 70 }, { place: 30 }]);
    expect(plan(problem)).toMatchObject({ tours: [[1, 0]], distance: 100 });
  });

  it('has nothing to do, and nobody to do it', () => {
    expect(plan(line([{}], []))).toMatchObject({ tours: [[]], distance: 0 });
    expect(plan(line([], [{}])).leftOut).toEqual([{ visit: 0, code: 'ROUTE_NO_TEAM' }]);
  });

  it('sets out late enough not to wait at the first door', () => {
    const problem = line([{}], [{ place: 10, opens: 60, service: 5 }]);
    expect(timetable(problem, 0, [0], true)).toMatchObject({ departs: 50, returns: 75 });
    expect(timetable(problem, 0, [0])).toMatchObject({ departs: 0, stops: [{ arrives: 10, waits: 50 }] });
  });

  it('is the same for the same seed and rounds, and ends when time is up', () => {
    const problem = line(
      [{}, {}],
      Array.from({ length: 12 }, (_, i) => ({ place: (i * 37) % 100 })),
    );
    expect(plan(problem)).toEqual(plan(problem));
    let asked = 0;
    const used = () => (asked++ > 2 ? 1 : 0);
    expect(planRoutes(problem, { seed: 1, rounds: 1e9, used }).rounds).toBe(768);
  });

  it('keeps windows, hours, capacity and choice, whatever is asked', () => {
    const visit = fc.record({
      ...{ place: fc.nat(100), opens: fc.nat(300), width: fc.nat(200), service: fc.nat(30) },
      ...{ demand: fc.integer({ min: 1, max: 5 }), weight: fc.constantFrom(0.5, 1, 2) },
      only: fc.subarray([0, 1, 2], { maxLength: 2 }),
    });
    const team = fc.record({
      start: fc.nat(100),
      end: fc.nat(100),
      from: fc.nat(50),
      until: fc.integer({ min: 100, max: 400 }),
      capacity: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(team, { maxLength: 3 }), fc.array(visit, { maxLength: 12 }), (teams, asked) => {
        const problem = line(
          teams,
          asked.map(({ width, opens, ...one }) => ({ ...one, opens, closes: opens + width })),
        );
        const { tours, leftOut } = plan(problem, 100);
        const all = [...tours.flat(), ...leftOut.map(({ visit: one }) => one)].sort((a, b) => a - b);
        expect(all).toEqual(asked.map((_, index) => index));
        tours.forEach((tour, index) => {
          const { stops, returns, load } = timetable(problem, index, tour);
          for (const { visit: one, begins } of stops) {
            const { opens, closes, only } = problem.visits[one]!;
            expect(begins >= opens && begins <= closes).toBe(true);
            expect(only.length === 0 || only.includes(index)).toBe(true);
          }
          expect(load).toBeLessThanOrEqual(teams[index]!.capacity);
          if (tour.length > 0) expect(returns).toBeLessThanOrEqual(teams[index]!.until);
        });
      }),
      { numRuns: 60 },
    );
  });
});

const GOOD = `T1

VEHICLE
NUMBER CAPACITY
 2 10

CUSTOMER
CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME

 0 0 0 0 0 100 0
 1 3 4 5 10.5 20 1
 2 -3 4 5 0 50 1
`;

describe('a file in the format of Solomon', () => {
  it('is read with its windows as whole numbers, and its ways rounded up', () => {
    const { name, problem } = readSolomon(GOOD.replaceAll('\n', '\r\n'), 'T1.txt');
    expect(name).toBe('T1');
    expect(problem.teams).toHaveLength(2);
    expect(problem.visits[0]).toMatchObject({ opens: 105_000, closes: 200_000, service: 10_000 });
    expect(problem.travel[1]).toBe(50_000);
    expect(readSolomon(GOOD, 'T1.txt', 1).problem.visits).toHaveLength(1);
  });

  it.each([
    [
      'an impossible window',
      '10.5 20 1',
      '21 20 1',
      /^T1.txt:11: ROUTE_WINDOW: The window of 1 is impossible/,
    ],
    ['no depot', ' 0 0 0 0 0 100 0\n', '', /^T1.txt:10: ROUTE_DEPOT/],
    ['no rows', / 0 0 0[^]*/, '', /^T1.txt:7: ROUTE_DEPOT/],
    ['a word for a number', '-3 4 5', '-3 four 5', /^T1.txt:12: ROUTE_NUMBER: YCOORD. is no number/],
    ['not a number', '-3 4 5', '-3 NaN 5', /^T1.txt:12: ROUTE_NUMBER/],
    ['endless', '-3 4 5', '-3 4 1e400', /^T1.txt:12: ROUTE_NUMBER: DEMAND/],
    ['below zero', '-3 4 5', '-3 4 -5', /^T1.txt:12: ROUTE_NEGATIVE: DEMAND/],
    ['a customer twice', ' 2 -3', ' 1 -3', /^T1.txt:12: ROUTE_TWICE: 1 is there already, on line 11/],
    ['a row that is cut', '0 50 1', '0 50', /^T1.txt:12: ROUTE_ROW: The row has 6 fields/],
    ['no vehicles', ' 2 10', ' 0 10', /^T1.txt:5: ROUTE_NO_VEHICLE/],
    ['no section', 'VEHICLE', 'CARS', /^T1.txt: ROUTE_SECTION/],
    ['nothing', /[^]*/, '', /^T1.txt: ROUTE_SECTION/],
    ['no capacity', ' 2 10\n', '', /^T1.txt:3: ROUTE_SECTION/],
  ])('with %s is refused with its line', (_what, from, to, message) => {
    expect(() => readSolomon(GOOD.replace(from, to), 'T1.txt')).toThrow(message);
  });
});
