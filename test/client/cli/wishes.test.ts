import { setClock } from '../../../src/book/clock';
import { openBook, type Book } from '../../../src/book/open-book';
import { enrolled, newAccount, NOON, published, SMALL } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear, type Ran } from './command-line';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let env: NodeJS.ProcessEnv;
let account: string;
let person: string;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  const strategy = await published(book.db, SMALL);
  const { ref, person: whose } = await enrolled(book.db, strategy, newAccount(strategy));
  [account, person] = [ref, whose];
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
});

const run = (line: string): Promise<Ran> => forbear(line.split(' '), env);

interface Shown {
  readonly wishes: readonly {
    readonly id: string;
    readonly days: readonly string[] | null;
    readonly from: string;
    readonly to: string;
    readonly channels: readonly string[] | null;
  }[];
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly kind: string;
    readonly source: string | null;
    readonly place: string | null;
  }[];
  readonly consents: readonly { readonly channel: string; readonly says: string }[];
}
const shown = async (): Promise<Shown> =>
  JSON.parse((await run(`person show ${person} --json`)).out) as Shown;

test('wishes are said, listed and taken back; what says nothing or no hours is refused', async () => {
  expect(await run(`person wish ${account} --not-on fri,sun --by desk-4`)).toMatchObject({ code: 0 });
  expect(await run(`person wish ${person} --not-by call --not-between 22:00-08:00`)).toMatchObject({
    code: 0,
  });
  expect(await run(`person wish ${person} --only-between 18:00-20:00 --language en`)).toMatchObject({
    code: 0,
  });
  const { wishes } = await shown();
  expect(wishes.map(({ days, from, to, channels }) => [days, from, to, channels])).toEqual([
    [['fri', 'sun'], '00:00', '24:00', null],
    [null, '00:00', '08:00', ['call']],
    [null, '22:00', '24:00', ['call']],
    [null, '00:00', '18:00', null],
    [null, '20:00', '24:00', null],
  ]);
  const row = await book.db
    .selectFrom('people')
    .select('language')
    .where('ref', '=', person)
    .executeTakeFirst();
  expect(row?.language).toBe('en');
  expect(await run(`person unwish ${person} ${wishes[0]?.id}`)).toMatchObject({ code: 0 });
  expect((await shown()).wishes).toHaveLength(4);
  for (const line of [
    '',
    '--not-on friday',
    '--not-between 8-9',
    '--only-between 20:00-18:00',
    '--not-by pigeon',
    '--language Deutsch!',
  ])
    expect(await run(`person wish ${person} ${line}`.trim())).toMatchObject({
      code: 2,
      err: expect.stringContaining('OPTION_WRONG') as string,
    });
  const other = await run(`person happened ${person} opt-out --by desk-4`);
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('person opt-out') as string });
});

test('a number is known from somewhere and may be at work; an opt-out of it, of a channel and of all holds at once', async () => {
  await run(`person reach ${person} --phone +8613977700001 --at work --source told-by-contact-person`);
  const { endpoints } = await shown();
  const work = endpoints.find(({ place }) => place === 'work');
  expect(work).toMatchObject({ kind: 'mobile', source: 'told-by-contact-person' });
  expect(await run(`person opt-out ${person} endpoint --endpoint ${work?.endpoint}`)).toMatchObject({
    code: 0,
  });
  const row = await book.db
    .selectFrom('endpoints')
    .select(['usable', 'retiredReason'])
    .where('ref', '=', work?.endpoint ?? '')
    .executeTakeFirst();
  expect(row).toEqual({ usable: false, retiredReason: 'opted out' });
  expect(await run(`person opt-out ${person} channel --channel sms --by desk-4`)).toMatchObject({ code: 0 });
  expect((await shown()).consents).toMatchObject([{ channel: 'sms', says: 'refused' }]);
  const all = await run(`person opt-out ${person} all --by desk-4`);
  expect(all.out).toMatch(/notices by letter.*Task \w+ asks/);
  for (const line of ['channel', 'endpoint', 'all --channel sms', 'channel --endpoint k2'])
    expect(await run(`person opt-out ${person} ${line}`)).toMatchObject({ code: 2 });
});
