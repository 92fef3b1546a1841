import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { fold } from '../../../src/book/fold';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

const ROOT = join(__dirname, '..', '..', '..');
const MAIN = join(ROOT, 'dist', 'client', 'cli', 'main.js');
const HEADER = 'account,person,past_due,oldest_due,cycles,balance,next_due,next_amount,currency';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let dir: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
  await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
  dir = mkdtempSync(join(tmpdir(), 'forbear-feed-bad-'));
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

/** A card that is a hundred behind since March; `more` says otherwise. */
const card = (number: string, more: Readonly<Record<string, string>> = {}): string => {
  const row = { late: '100.00', since: '2026-03-25', balance: '900.00', currency: '', ...more };
  const due = `${row.late},${row.since},1,${row.balance},2026-04-25,90.00`;
  return `${number},P-${number},${due},${row.currency}`;
};
/** A card of which nothing is late: no workflow begins, and the test is quick. */
const still = (number: string): string => `${number},P-${number},0.00,,0,900.00,2026-04-25,90.00,`;
const cards = (count: number): string[] => Array.from({ length: count }, (_one, i) => still(`K-${i}`));

const csv = (rows: readonly string[]): string => [HEADER, ...rows].join('\n');
const PAID = 'account,id,kind,amount,value_date,currency,of';
const paid = (rows: readonly string[]): string => [PAID, ...rows].join('\n');
const totals = (rows: number, sum: string): string[] => ['--rows', String(rows), '--sum', sum];

function put(name: string, content: string | Buffer): string {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
}

const argsOf = (lender: string, file: string, day: string, kind: string): string[] => [
  ...['feed', file, '--as-of', day, '--kind', kind, '--lender', lender],
  ...['--strategy', 'standard-card', '--rate', '400', '--json'],
];

async function run(lender: string, file: string, day: string, kind: string, more: readonly string[]) {
  const ran = await forbear([...argsOf(lender, file, day, kind), ...more], env);
  const said = ran.out === '' ? {} : (JSON.parse(ran.out) as Record<string, unknown>);
  return { ...ran, said, refused: ran.err.split(':')[0] };
}

/** Everything that the book has of a lender but the list of its files: what a refused file must leave as it was. */
async function kept(lender: string): Promise<string> {
  const { rows } = await sql<{ kept: unknown }>`select
    (select json_agg(h order by h.number) from host_rows h where lender = ${lender}) as rows,
    (select json_agg(f order by f.id) from host_facts f where lender = ${lender}) as facts,
    (select json_agg(a.ref order by a.ref) from accounts a where lender = ${lender}) as accounts,
    (select count(*) from journal j join accounts a on a.ref = j.account where a.lender = ${lender}) as journal,
    (select count(*) from feed_work w join feeds f on f.id = w.feed where f.lender = ${lender}) as work`.execute(
    book.db,
  );
  return JSON.stringify(rows);
}

const rejectsOf = (file: string): string => readFileSync(`${file}.rejects.csv`, 'utf8');

describe('the file of another day again', () => {
  it('is refused on a working day, and taken where somebody answers for it', async () => {
    const file = put('again.csv', csv(cards(20)));
    await run('again', file, '2026-04-10', 'snapshot', totals(20, '18000.00'));
    const before = await kept('again');
    const monday = await run('again', file, '2026-04-13', 'snapshot', totals(20, '18000.00'));
    expect(monday).toMatchObject({ code: 1, refused: 'FEED_FILE_KNOWN' });
    expect(monday.err).toContain('2026-04-10');
    expect(await kept('again')).toBe(before);
    const answered = ['--same-again', 'w.li', ...totals(20, '18000.00')];
    const taken = await run('again', file, '2026-04-13', 'snapshot', answered);
    expect(taken).toMatchObject({
      code: 0,
      said: { same: 20, left: 0, sameAs: expect.any(String) as string },
    });
    const feeds = await book.db.selectFrom('feeds').selectAll().where('sameBy', '=', 'w.li').execute();
    expect(feeds).toHaveLength(1);
    // Of the same day it is known all the same.
    const once = await run('again', file, '2026-04-13', 'snapshot', totals(20, '18000.00'));
    expect(once.said).toMatchObject({ known: true });
  }, 120_000);

  it('is taken over days on which nobody works, with a word about it', async () => {
    const file = put('weekend.csv', csv(cards(20)));
    await run('weekend', file, '2026-04-10', 'snapshot', totals(20, '18000.00'));
    // A Saturday, a Sunday, and the Qingming holiday of the year before, which is a Friday.
    for (const day of ['2026-04-11', '2026-04-12']) {
      const ran = await run('weekend', file, day, 'snapshot', totals(20, '18000.00'));
      expect(ran).toMatchObject({ code: 0, said: { same: 20, sameAs: expect.any(String) as string } });
    }
  }, 120_000);

  it('is taken when nobody paid on both days, and refused when somebody did', async () => {
    const none = put('nobody.csv', `${PAID}\n`);
    for (const day of ['2026-04-13', '2026-04-14'])
      expect(await run('nobody', none, day, 'payments', totals(0, '0.00'))).toMatchObject({
        code: 0,
        err: '',
      });
    const some = put('somebody.csv', paid(['K-1,T1,payment,60.00,2026-04-15,,']));
    await run('nobody', some, '2026-04-15', 'payments', totals(1, '60.00'));
    const again = await run('nobody', some, '2026-04-18', 'payments', totals(1, '60.00'));
    expect(again.refused).toBe('FEED_FILE_KNOWN');
  }, 120_000);
});

it('refuses the second of two processes at once, and nothing of it is taken', async () => {
  const first = put('first.csv', csv(cards(20)));
  const second = put('second.csv', csv(cards(21)));
  // The first is held up where it writes, so that it is at it however quick the machine is.
  await book.db
    .transaction()
    .execute(async (held) => {
      await sql`lock table host_rows in exclusive mode`.execute(held);
      const args = [...argsOf('two', first, '2026-04-10', 'snapshot'), ...totals(20, '18000.00')];
      const child = spawn(process.execPath, [MAIN, ...args], {
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      await untilWaiting('host_rows');
      const refused = await run('two', second, '2026-04-10', 'snapshot', totals(21, '18900.00'));
      expect(refused).toMatchObject({ code: 1, refused: 'FEED_BUSY' });
      return { ended };
    })
    .then(async ({ ended }) => expect((await ended)[0]).toBe(0));
  const rows = await book.db.selectFrom('hostRows').selectAll().where('lender', '=', 'two').execute();
  expect(rows).toHaveLength(20);
}, 120_000);

/** Until somebody waits for a lock of that table. */
async function untilWaiting(table: string): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_locks l join pg_class c on c.oid = l.relation
      where c.relname = ${table} and not l.granted`.execute(book.db);
    if (rows.length > 0) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

it('refuses a file that is cut in the middle of a row, or loses its line of totals', async () => {
  const whole = csv(cards(20));
  await run('cut', put('whole.csv', whole), '2026-04-10', 'snapshot', totals(20, '18000.00'));
  const before = await kept('cut');
  const cut = put('cut.csv', whole.slice(0, whole.length - 45));
  const ran = await run('cut', cut, '2026-04-13', 'snapshot', totals(20, '18000.00'));
  expect(ran).toMatchObject({ code: 1 });
  expect(['FEED_ROWS_DIFFER', 'FEED_SUM_DIFFERS']).toContain(ran.refused);
  expect(await kept('cut')).toBe(before);
}, 120_000);

it('refuses a file whose sum differs by a cent, and says both', async () => {
  const file = put('cent.csv', csv(cards(20)));
  const ran = await run('cent', file, '2026-04-10', 'snapshot', totals(20, '18000.01'));
  expect(ran).toMatchObject({ code: 1, refused: 'FEED_SUM_DIFFERS' });
  expect(ran.err).toContain('18,000.00');
  expect(ran.err).toContain('18,000.01');
  const rows = await book.db.selectFrom('hostRows').selectAll().where('lender', '=', 'cent').execute();
  expect(rows).toEqual([]);
}, 120_000);

it('rejects a due day that moves back, unless a payment is known to have come back', async () => {
  const rows = [...cards(20), card('B-1', { since: '2026-04-05' }), card('B-2', { since: '2026-04-05' })];
  await run('back', put('back-1.csv', csv(rows)), '2026-04-10', 'snapshot', totals(22, '19800.00'));
  const returned = put('returned.csv', paid(['B-2,T1,payment,50.00,2026-04-09,,', 'B-2,,reversal,,,,T1']));
  expect((await run('back', returned, '2026-04-12', 'payments', totals(2, '50.00'))).code).toBe(0);
  const earlier = [...cards(20), card('B-1', { late: '150.00' }), card('B-2', { late: '150.00' })];
  const file = put('back-2.csv', csv(earlier));
  const ran = await run('back', file, '2026-04-13', 'snapshot', totals(22, '19800.00'));
  expect(ran).toMatchObject({ code: 1, said: { rejected: 1, explained: 1, changed: 1, left: 0 } });
  expect(rejectsOf(file)).toMatch(/^22,ROW_DUE_BACKWARDS,.*oldest_due.*B-1/m);
  const [row] = await book.db.selectFrom('hostRows').selectAll().where('number', '=', 'B-2').execute();
  expect(row).toMatchObject({ oldestDue: '2026-03-25', pastDue: 15000 });
}, 120_000);

it('rejects an account that changes its currency, and leaves it as it was', async () => {
  await run('money', put('money-1.csv', csv([card('C-1')])), '2026-04-10', 'snapshot', totals(1, '900.00'));
  const before = await kept('money');
  const file = put('money-2.csv', csv([card('C-1', { currency: 'USD' })]));
  const ran = await run('money', file, '2026-04-13', 'snapshot', totals(1, '900.00'));
  expect(ran).toMatchObject({ code: 1, said: { rejected: 1, left: 0, byCode: { ROW_TERMS_CHANGED: 1 } } });
  expect(rejectsOf(file)).toMatch(/^2,ROW_TERMS_CHANGED,.*currency/m);
  expect(await kept('money')).toBe(before);
}, 120_000);

it('rejects a row that brings an account more facts than it keeps, over several files', async () => {
  const facts = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_one, i) => `fact.f${from + i}`);
  const file = (name: string, names: readonly string[], late: string): string =>
    put(
      name,
      [[HEADER, ...names].join(','), [card('R-1', { late }), ...names.map(() => '1')].join(',')].join('\n'),
    );
  const first = file('r-1.csv', facts(0, 30), '100.00');
  await run('room', first, '2026-04-10', 'snapshot', totals(1, '900.00'));
  const before = await kept('room');
  const more = file('r-2.csv', facts(25, 50), '110.00');
  const ran = await run('room', more, '2026-04-13', 'delta', totals(1, '900.00'));
  expect(ran).toMatchObject({ code: 1, said: { rejected: 1, byCode: { ROW_FACTS_TOO_MANY: 1 } } });
  expect(rejectsOf(more)).toMatch(/^2,ROW_FACTS_TOO_MANY,.*50 facts.*40/m);
  expect(await kept('room')).toBe(before);
  const few = file('r-3.csv', facts(25, 40), '120.00');
  const taken = await run('room', few, '2026-04-14', 'delta', totals(1, '900.00'));
  expect(taken).toMatchObject({ code: 0, said: { rejected: 0, changed: 1 } });
}, 120_000);

it('rejects money in another currency than its account, also where the account begins only later', async () => {
  const file = put(
    'foreign.csv',
    paid([
      'D-1,T1,payment,60.00,2026-04-11,USD,',
      'D-1,T2,payment,70.00,2026-04-11,CNY,',
      'D-1,T3,payment,80.00,2026-04-11,XX,',
      'D-2,T4,payment,90.00,2026-04-11,USD,',
    ]),
  );
  await run('foreign', put('f-1.csv', csv([card('D-1')])), '2026-04-10', 'snapshot', totals(1, '900.00'));
  const ran = await run('foreign', file, '2026-04-12', 'payments', ['--rows', '4', '--sum', '220.00']);
  expect(ran.said).toMatchObject({
    rejected: 2,
    byCode: { ROW_MONEY_DIFFERS: 1, ROW_CURRENCY_UNKNOWN: 1 },
    fresh: 2,
    kept: 1,
  });
  expect(rejectsOf(file)).toMatch(/^2,ROW_MONEY_DIFFERS,.*USD.*CNY/m);
  // Nobody knew the second account when its money came: it is not the account's when it begins.
  await run('foreign', put('f-2.csv', csv([card('D-1'), card('D-2')])), '2026-04-13', 'snapshot', [
    ...totals(2, '1800.00'),
  ]);
  const [begun] = await book.db
    .selectFrom('accounts')
    .select('ref')
    .where('lenderNumber', '=', 'D-2')
    .execute();
  expect((await fold(book.db, begun?.ref ?? '')).owed.movements).toEqual([]);
  const waiting = await book.db.selectFrom('hostFacts').selectAll().where('number', '=', 'D-2').execute();
  expect(waiting).toMatchObject([{ account: null, currency: 'USD' }]);
}, 120_000);

it.each(['utf-8', 'utf-16le', 'gb18030'])(
  'takes a file of JSON lines in %s with its own totals',
  async (encoding) => {
    const lender = `json-${encoding}`;
    const mapping = put(
      `${lender}.mapping.yaml`,
      [
        'forbear: mapping/1',
        'name: cards',
        'kind: accounts',
        `lender: ${lender}`,
        'format: jsonl',
        'control: { mark: trailer, rows: count, sum: total }',
        'columns:',
        '  currency: { value: CNY }',
        ...['account', 'person', 'name', 'past_due', 'oldest_due', 'cycles', 'balance'].map(
          (c) => `  ${c}: ${c}`,
        ),
      ].join('\n'),
    );
    const row = (account: string, name: string) =>
      JSON.stringify({
        ...{ account, person: `P-${account}`, name, past_due: '100.00', oldest_due: '2026-03-25' },
        ...{ cycles: 1, balance: '900.00' },
      });
    const end = (rows: number) => JSON.stringify({ trailer: { count: rows, total: '1800.00' } });
    const lines = [row('J-1', '示例甲'), row('J-2', '示例乙'), end(2)].join('\n');
    const mark = encoding === 'utf-16le' ? { addBOM: true } : {};
    const file = put(`${lender}.jsonl`, iconv.encode(lines, encoding, mark));
    const ran = await run(lender, file, '2026-04-10', 'snapshot', ['--mapping', mapping]);
    expect(ran).toMatchObject({ err: '', code: 0, said: { rows: 2, enrol: 2 } });
    const people = await book.db
      .selectFrom('accounts')
      .innerJoin('people', 'people.ref', 'accounts.person')
      .select('people.name')
      .where('accounts.lender', '=', lender)
      .orderBy('accounts.lenderNumber')
      .execute();
    expect(people.map(({ name }) => name)).toEqual(['示例甲', '示例乙']);
    const cut = put(`${lender}-cut.jsonl`, iconv.encode(row('J-1', '示例甲'), encoding, mark));
    const refused = await run(lender, cut, '2026-04-13', 'snapshot', ['--mapping', mapping]);
    expect(refused.refused).toBe('FEED_CONTROL_MISSING');
  },
  120_000,
);

it('lets no more leave than the share, and takes who left back into the same episode', async () => {
  const all = [...cards(38), card('L-1'), card('L-2')];
  await run('leave', put('l-1.csv', csv(all)), '2026-04-08', 'snapshot', totals(40, '36000.00'));
  const before = await kept('leave');
  const few = put('l-2.csv', csv(all.slice(0, 37)));
  const refused = await run('leave', few, '2026-04-09', 'snapshot', totals(37, '33300.00'));
  expect(refused).toMatchObject({ code: 1, refused: 'FEED_TOO_MANY_LEAVE' });
  expect(await kept('leave')).toBe(before);

  const [{ ref = '' } = {}] = await book.db
    .selectFrom('accounts')
    .select('ref')
    .where('lender', '=', 'leave')
    .where('lenderNumber', '=', 'L-2')
    .execute();
  await run('leave', put('l-3.csv', csv(all.slice(0, 39))), '2026-04-10', 'snapshot', totals(39, '35100.00'));
  const gone = await fold(book.db, ref);
  expect(gone.holds).toMatchObject([{ type: 'left' }]);
  const back = await run('leave', put('l-4.csv', csv([...all, still('K-99')])), '2026-04-13', 'snapshot', [
    ...totals(41, '36900.00'),
  ]);
  expect(back.said).toMatchObject({ back: 1, enrol: 0 });
  const again = await fold(book.db, ref);
  expect(again.episode).toEqual(gone.episode);
  expect(again.closed).toBeNull();
}, 120_000);
