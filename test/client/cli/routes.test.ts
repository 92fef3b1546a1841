import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forbear } from './command-line';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-routes-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

const EXAMPLE = join(__dirname, '../../../examples/visits.yaml');
const yaml = readFileSync(EXAMPLE, 'utf8');
const QUICK = ['--rounds', '500', '--seconds', '600'];

const SOLOMON = `T1
VEHICLE
NUMBER CAPACITY
 2 10
CUSTOMER
CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME
 0 0 0 0 0 100 0
 1 3 4 5 10 20 1
 2 -3 4 5 0 15 1
 3 60 0 5 0 50 1
`;

interface Answer {
  readonly routes: readonly { team: string; stops: readonly { visit: string; begins: string }[] }[];
  readonly leftOut: readonly { visit: string; code: string; message: string }[];
  readonly distance: number;
}

describe('routes plan', () => {
  it('plans the example: appointments kept, every visit made', async () => {
    const { code, out } = await forbear(['routes', 'plan', EXAMPLE, ...QUICK, '--json']);
    const { routes, leftOut } = JSON.parse(out) as Answer;
    expect([code, leftOut]).toEqual([0, []]);
    expect(routes.flatMap(({ stops }) => stops)).toHaveLength(10);
    const north = routes.find(({ team }) => team === 'north');
    const appointment = north?.stops.find(({ visit }) => visit === 'V-101');
    // 10:00 to 10:30 in Shanghai.
    expect(appointment?.begins).toMatch(/^2026-04-10T02:[0-3]\d:00.000Z$/);
  });

  it('shows arrival, waiting, load and distance of each stop', async () => {
    const { code, out } = await forbear(['routes', 'plan', file('t1.txt', SOLOMON), ...QUICK]);
    expect(code).toBe(1);
    expect(out).toContain('Route 1: 2 stops, leaves 0.00, back 18.00, load 10, distance 16.00');
    expect(out).toMatch(/│ 2 +│ 1 +│ 12.00 +│ 0.00 +│ 12.00 +│ 13.00 +│ 10 +│ 6.00 +│/);
    expect(out).toContain(
      `${join(dir, 't1.txt')}:10: ROUTE_TOO_FAR: No team can be at 3 before its window closes.`,
    );
    expect(out).toContain(
      'Total: 2 visits in 1 route, distance 16.00 (16.0 with each way cut to one decimal)',
    );
  });

  it('takes visits from a table and teams from the document', async () => {
    const teams = file('teams.yaml', yaml.slice(0, yaml.indexOf('visits: #')));
    const table =
      'id,latitude,longitude,from,until,minutes,only\nA,31.23,121.47,09:30,10:00,,north\n"B",31.2,121.44,,,40,\n';
    const csv = file('visits.csv', table);
    const { code, out } = await forbear(['routes', 'plan', csv, '--teams', teams, ...QUICK, '--json']);
    expect(code).toBe(0);
    expect(
      (JSON.parse(out) as Answer).routes.flatMap(({ stops }) => stops.map(({ visit }) => visit)),
    ).toContain('A');
    expect((await forbear(['routes', 'plan', csv])).err).toMatch(/ROUTE_TEAMS_MISSING/);
    for (const [broken, message] of [
      [table.replace('31.23', 'north'), /visits.csv:2: ROUTE_DOCUMENT: "0" is not right/],
      [table.replace('longitude', 'lon'), /visits.csv:1: ROUTE_COLUMN: .*no column longitude/],
      [table.replace('"B"', 'A'), /visits.csv:3: ROUTE_TWICE: A is there already, on line 2/],
      [table.replace('09:30', '11:30'), /visits.csv:2: ROUTE_WINDOW: .*opens at 11:30 and closes at 10:00/],
      [table.replace('"B"', '"B'), /visits.csv.*: ROUTE_COLUMN: .*cannot be read/],
    ] as const) {
      const ran = await forbear(['routes', 'plan', file('visits.csv', broken), '--teams', teams]);
      expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it.each([
    ['not YAML', yaml.replace('teams:', 'teams: ]'), /bad.yaml:\d+:\d+: ROUTE_DOCUMENT/],
    ['a word too many', yaml.replace('detour:', 'detuor:'), /bad.yaml:6:1: ROUTE_DOCUMENT: "detuor"/],
    [
      'a day that there is not',
      yaml.replace('2026-04-10', '2026-02-30'),
      /bad.yaml:4:7: ROUTE_DOCUMENT: "date"/,
    ],
    ['a window that closes first', yaml.replace("until: '10:30'", "until: '09:30'"), /ROUTE_WINDOW: .*V-101/],
    ['a visit twice', yaml.replace('V-110', 'V-101'), /ROUTE_TWICE: V-101/],
    ['a team twice', yaml.replace('name: south', 'name: north'), /ROUTE_TWICE: north/],
    ['a point that is none', yaml.replace('[31.2231, 121.4453]', '[131.2, 121.4]'), /ROUTE_DOCUMENT: "0"/],
  ])('refuses a document with %s', async (_what, text, message) => {
    const { code, err } = await forbear(['routes', 'plan', file('bad.yaml', text)]);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it('says of a team that does not work that there is none', async () => {
    const text = yaml.replace('only: [north]', 'only: [west]');
    const { code, out } = await forbear(['routes', 'plan', file('west.yaml', text), ...QUICK]);
    expect(code).toBe(1);
    expect(out).toMatch(/west.yaml:14:\d+: ROUTE_NO_TEAM: There is no team for V-101/);
  });
});
