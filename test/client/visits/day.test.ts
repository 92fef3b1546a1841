import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolAccount } from '../../../src/book/accounts';
import { attemptsOf } from '../../../src/book/attempts';
import { setClock } from '../../../src/book/clock';
import { accept } from '../../../src/book/journal';
import { openBook, type Book } from '../../../src/book/open-book';
import { visitPlaces } from '../../../src/book/places';
import { openTask } from '../../../src/book/tasks';
import { calendarOf } from '../../../src/client/visits/calendar-file';
import { dossierOf } from '../../../src/client/visits/dossier';
import { dossierPdf } from '../../../src/client/visits/dossier-pdf';
import { takePlaces } from '../../../src/client/visits/places-csv';
import { planVisits } from '../../../src/client/visits/visits-of-day';
import { readDayOfVisits } from '../../../src/domain/visit/route/day.schema';
import { DAY, fresh, newAccount, NOON, published } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { contact, smallStrategy } from '../../support/small-strategy';
import { forbear, type Ran } from '../cli/command-line';

const STRATEGY = smallStrategy([contact('V1', [9], { channels: ['visit'] })], {
  contact: { hours: {}, caps: [], closedOn: [] },
});
const TEAMS = `forbear: routes/1
zone: Asia/Shanghai
teams:
  - { name: north, start: [31.2480, 121.4730], people: [f-1, f-2] }
  - { name: south, start: [31.1950, 121.4370], most: 1 }
`;
const SEARCH = { seed: 1, seconds: 600, rounds: 400 };

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let strategy: string;
let dir: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  strategy = await published(book.db, STRATEGY);
  dir = mkdtempSync(join(tmpdir(), 'forbear-visits-'));
  env = {
    FORBEAR_BOOK_URL: database.url,
    FORBEAR_TEMPORAL_ADDRESS: temporal.address,
    FORBEAR_NAMESPACE: temporal.namespace,
  };
});
afterAll(async () => {
  await book?.close();
  await temporal?.close();
  await database?.drop();
  rmSync(dir, { recursive: true, force: true });
});
const run = (...args: string[]): Promise<Ran> => forbear(args, env);

async function debtor(address: string, onDate = DAY) {
  const account = newAccount(strategy);
  const endpoints = [{ kind: 'address' as const, value: address }];
  const { ref, person } = await enrolAccount(book.db, {
    ...account,
    person: { ...account.person, name: '王芳', endpoints },
  });
  const task = await openTask(book.db, {
    ...{ kind: 'visit', account: ref, person, onDate, due: NOON },
    occurrence: { step: 'V1', anchor: DAY, n: 0, due: NOON },
    window: { from: '09:00', to: '19:00' },
    inputs: { title: '上门走访' },
  });
  return { ref, person, task: task.id, number: account.lenderNumber };
}
const csv = (rows: string[]) => ['who,latitude,longitude,kind,verified_on,off_limits', ...rows].join('\n');
const file = (name: string, text: string) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const said = { by: 'op-7', at: NOON };

test("the day's tours: who can be visited, by which team, with calendar and dossier", async () => {
  const near = await debtor('人民路 88 号', '2026-03-09');
  const far = await debtor('解放路 7 号');
  const held = await debtor('中山路 1 号');
  const lost = await debtor('南京路 2 号');
  const shut = await debtor('北京路 3 号');
  const later = await debtor('延安路 4 号', '2026-03-12');
  const table = csv([
    `${near.number},31.2304,121.4737,home,2026-01-02,`,
    `${far.ref},31.19,121.44,,,`,
    ...[held, later].map(({ ref }) => `${ref},31.2,121.45,,,`),
    `${shut.ref},31.21,121.46,,,a dog`,
  ]);
  expect(await run('visits', 'places', file('places.csv', table))).toMatchObject({
    code: 0,
    out: '5 places kept.',
  });
  const hold = { kind: 'hold', id: fresh(), at: NOON, hold: 'h', type: 'illness', from: DAY } as const;
  await accept(book.db, held.ref, hold, 'test');

  const frame = readDayOfVisits(TEAMS, 'teams.yaml', [], () => DAY);
  const { planned, visits, aside } = await planVisits(book.db, frame, NOON, SEARCH);
  expect(planned.routes.flatMap(({ stops }) => stops.map(({ visit }) => visit)).sort()).toEqual(
    [near.task, far.task].sort(),
  );
  expect(aside.map(({ task, message }) => [task, message.replace(/\..*/, '')])).toEqual(
    expect.arrayContaining([
      [held.task, `VISIT_BARRED: The gate says no to ${held.task}: hold:illness`],
      [lost.task, `VISIT_NO_PLACE: Where ${lost.task} is to be made is not known`],
      [shut.task, `VISIT_BARRED: The gate says no to ${shut.task}: visit:off-limits`],
    ]),
  );
  // A plan is no attempt: asking for it leaves nothing behind.
  for (const { ref } of [near, held]) expect(await attemptsOf(book.db, ref)).toEqual([]);
  const answers = await book.db
    .selectFrom('gateAnswers')
    .select('id')
    .where('channel', '=', 'visit')
    .execute();
  expect(answers).toEqual([]);

  const route = planned.routes.find(({ stops }) => stops.some(({ visit }) => visit === near.task))!;
  const calendar = (await calendarOf(route, visits)).replace(/\r\n[ \t]/g, '');
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0/);
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(route.stops.length);
  expect(calendar).toContain(`UID:${near.task}@forbear`);
  expect(calendar).toContain('LOCATION:人民路 88 号');
  expect(calendar).toContain('GEO:31.2304;121.4737');
  const begins = route.stops.find(({ visit }) => visit === near.task)!.begins;
  expect(calendar).toContain(`DTSTART:${String(begins).replace(/[-:]|\.000/g, '')}`);
  expect(calendar).not.toContain('王芳');

  const dossier = await dossierOf(book.db, visits.get(near.task)!, NOON);
  expect(dossier).toMatchObject({ name: '王芳', address: '人民路 88 号', purpose: '上门走访', risks: [] });
  expect(dossier.accounts).toMatchObject([{ ref: near.ref, pastDue: 50_000, dpd: 9, promises: [] }]);
});

test('a dossier has its own font in it, and of that only the signs that it uses', async () => {
  const dossier = {
    ...{
      task: 't1',
      purpose: '上门走访',
      name: '王芳',
      language: 'zh-CN',
      address: '人民路 88 号',
      made: DAY,
    },
    ...{ accounts: [], visits: [{ on: '2026-02-01', result: 'not-there' }], risks: ['threatened'] },
  };
  const pdf = await dossierPdf(dossier, 'zh');
  const text = pdf.toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(text).toMatch(/\/FontName \/[A-Z]+\+NotoSansSC/);
  expect(text).toContain('/FontFile2');
  expect(pdf.length).toBeLessThan(150_000);
  expect((await dossierPdf(dossier, 'zh')).equals(pdf)).toBe(true);
  expect((await dossierPdf(dossier, 'en')).equals(pdf)).toBe(false);
});

test('the command writes the files and says what is left', async () => {
  const teams = file('teams.yaml', TEAMS);
  const out = join(dir, 'out');
  const { code, out: said_ } = await run(
    ...[
      'visits',
      'day',
      '--teams',
      teams,
      '--on',
      DAY,
      '--seconds',
      '2',
      '--calendar',
      out,
      '--dossiers',
      out,
    ],
  );
  expect(code).toBe(1);
  expect(said_).toContain('3 visits not planned:');
  const files = readdirSync(out);
  expect(files.filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
  expect(files.filter((name) => name.endsWith('.ics')).length).toBeGreaterThan(0);
  expect(
    readFileSync(
      join(
        out,
        files.find((name) => name.endsWith('.pdf'))!,
      ),
    )
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('a team sets out, shows that it was there, and the list says so', async () => {
  const { ref, task } = await debtor('复兴路 5 号');
  expect(await run('task', 'start', task, '--with', 'f-1:ID-1')).toMatchObject({
    code: 1,
    out: expect.stringContaining('visit:alone'),
  });
  expect((await run('task', 'start', task, '--with', 'f-1:ID-1', '--with', 'f-2:ID-2')).code).toBe(0);
  const done = ['task', 'done', task, '--result', 'met', '--seen', '31.23,121.47', '--recording', 'av/1'];
  expect(await run(...done, '--follow-up', '2026-03-20')).toMatchObject({ code: 0 });
  const { out } = await run('visits', 'list', ref, '--json');
  expect(JSON.parse(out)).toMatchObject([
    {
      task,
      result: 'met',
      latitude: 31.23,
      longitude: 121.47,
      recordings: ['av/1'],
      party: [{ ref: 'f-1' }, { ref: 'f-2' }],
    },
  ]);
  expect(await run('task', 'done', task, '--result', 'met', '--seen', '131,0')).toMatchObject({ code: 2 });
});

test('a table of places is taken whole or not at all', async () => {
  const { ref, person } = await debtor('长江路 6 号');
  const good = `${ref},31.2,121.4,,,`;
  for (const [row, message] of [
    [`${ref},91,0,,,`, /places.csv:3: VISIT_PLACE: .*latitude is not in degrees/],
    [`${ref},31.2,,,,`, /VISIT_PLACE: .*longitude/],
    [`${ref},31.2,121.4,castle,,`, /VISIT_PLACE: .*kind is none of home/],
    [`${ref},31.2,121.4,,2026-02-30,`, /VISIT_PLACE: .*verified_on/],
    [`nobody,31.2,121.4,,,`, /places.csv:3: PERSON_UNKNOWN/],
    [',31.2,121.4,,,', /VISIT_PLACE: .*who is missing/],
  ] as const) {
    await expect(takePlaces(book.db, csv([good, row]), 'places.csv', said)).rejects.toThrow(message);
    expect((await visitPlaces(book.db, person))[0]).toMatchObject({ latitude: null });
  }
  const address = 'who,address,off_limits\n' + `${ref},长江路 8 号,x`;
  await expect(takePlaces(book.db, address, 'places.csv', said)).rejects.toThrow(
    /places.csv:2: VISIT_NO_ADDRESS/,
  );
  await takePlaces(book.db, csv([good, `${ref},,,,,barred`, `${ref},,,home,,-`]), 'places.csv', said);
  expect((await visitPlaces(book.db, person))[0]).toMatchObject({
    latitude: 31.2,
    placeKind: 'home',
    offLimits: null,
  });
});
