import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setClock } from '../../../src/book/clock';
import { openBook, type Book } from '../../../src/book/open-book';
import { usableEndpoints } from '../../../src/book/people';
import { reserve } from '../../../src/book/permit';
import { published, SMALL, withRules } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let dir: string;
let env: NodeJS.ProcessEnv;
let strategy: string;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  const epoch = '2026-03-20T02:00:00.000Z';
  await setClock(book.db, { kind: 'rehearsal', epoch, started: new Date().toISOString(), factor: 1 });
  strategy = await published(book.db, withRules({ hours: {}, caps: [] }));
  dir = mkdtempSync(join(tmpdir(), 'forbear-number-'));
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

/** The lender's file of a day: account, its person, and the numbers that it has for that person. */
async function fed(day: string, rows: readonly (readonly [string, string, string])[]): Promise<void> {
  const head = 'account,person,phone,past_due,oldest_due,cycles,balance,next_due,next_amount';
  const file = join(dir, `${day}.csv`);
  const lines = rows.map((row) => `${row.join(',')},100.00,2026-03-01,1,900.00,2026-04-01,90.00`);
  writeFileSync(file, [head, ...lines].join('\n'));
  const totals = ['--rows', String(rows.length), '--sum', `${rows.length * 900}.00`];
  const to = ['--lender', 'bank', '--strategy', SMALL.name, '--rate', '400', '--json'];
  const ran = await forbear(['feed', file, '--as-of', day, '--kind', 'snapshot', ...to, ...totals], env);
  expect([ran.code, ran.err]).toEqual([0, '']);
}
const account = (number: string) =>
  book.db
    .selectFrom('accounts')
    .select(['ref', 'person'])
    .where('lenderNumber', '=', number)
    .executeTakeFirstOrThrow();
const numbers = async (number: string): Promise<string[]> =>
  (await usableEndpoints(book.db, (await account(number)).person)).map(({ value }) => value);
const [OLD, NEW, OTHER] = ['+8613800130001', '+8613800130002', '+8613800130003'] as const;

/** The number that the gate lets go, for a step of that account. */
async function wouldReach(number: string, now: string): Promise<string> {
  const { ref } = await account(number);
  const occurrence = { step: 'R1', anchor: '2026-03-01', n: 1, due: now };
  const reserved = await reserve(book.db, { account: ref, strategy, occurrence, channel: 'sms', now });
  if (reserved.answer !== 'permit') throw new Error(JSON.stringify(reserved));
  return reserved.endpoint.value;
}

it("a new number in the lender's file is used for all accounts of the person, and the old one is not", async () => {
  await fed('2026-03-10', [
    ['A-1', 'P-1', OLD],
    ['A-2', 'P-1', OLD],
    ['B-1', 'P-2', OTHER],
  ]);
  expect(await numbers('A-1')).toEqual([OLD]);
  // One account's row is changed before the other's: the other still names the old one.
  await fed('2026-03-11', [
    ['A-1', 'P-1', NEW],
    ['A-2', 'P-1', OLD],
    ['B-1', 'P-2', OTHER],
  ]);
  expect((await numbers('A-1')).sort()).toEqual([OLD, NEW]);
  await fed('2026-03-12', [
    ['A-1', 'P-1', NEW],
    ['A-2', 'P-1', NEW],
    ['B-1', 'P-2', OTHER],
  ]);
  for (const number of ['A-1', 'A-2']) expect(await numbers(number)).toEqual([NEW]);
  expect(await numbers('B-1')).toEqual([OTHER]);
  const { person } = await account('A-1');
  const old = await book.db
    .selectFrom('endpoints')
    .select(['usable', 'retiredReason'])
    .where('person', '=', person)
    .where('value', '=', OLD)
    .executeTakeFirstOrThrow();
  expect(old).toEqual({ usable: false, retiredReason: 'replaced' });
});

it('a number that people noted stays, and one that was found wrong does not come back by a file', async () => {
  const noted = '+8613800130009';
  await forbear(['person', 'reach', 'P-2', '--phone', noted], env);
  await fed('2026-03-13', [
    ['A-1', 'P-1', NEW],
    ['A-2', 'P-1', NEW],
    ['B-1', 'P-2', '+8613800130004'],
  ]);
  expect((await numbers('B-1')).sort()).toEqual(['+8613800130004', noted]);
  const [wrong] = (await usableEndpoints(book.db, (await account('B-1')).person)).filter(
    ({ value }) => value === '+8613800130004',
  );
  await forbear(['person', 'retire', 'P-2', wrong!.ref], env);
  await fed('2026-03-14', [
    ['A-1', 'P-1', OLD],
    ['A-2', 'P-1', OLD],
    ['B-1', 'P-2', OTHER],
  ]);
  // The lender goes back to what it had: used again.
  expect(await numbers('A-1')).toEqual([OLD]);
  expect((await numbers('B-1')).sort()).toEqual([OTHER, noted]);
  await fed('2026-03-15', [
    ['A-1', 'P-1', OLD],
    ['A-2', 'P-1', OLD],
    ['B-1', 'P-2', '+8613800130004'],
  ]);
  expect(await numbers('B-1')).toEqual([noted]);
});

it('the gate takes the new one, for whichever account', async () => {
  await fed('2026-03-16', [
    ['A-1', 'P-1', NEW],
    ['A-2', 'P-1', NEW],
    ['B-1', 'P-2', '+8613800130007'],
  ]);
  expect(await wouldReach('A-1', '2026-03-16T04:00:00.000Z')).toBe(NEW);
  expect(await wouldReach('A-2', '2026-03-17T04:00:00.000Z')).toBe(NEW);
});
