import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fold } from '../../../src/book/fold';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { activeHolds } from '../../../src/domain/hold/active';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

const ROOT = join(__dirname, '..', '..', '..');
const HEADER = 'account,person,past_due,oldest_due,cycles,balance,next_due,next_amount';

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
  dir = mkdtempSync(join(tmpdir(), 'forbear-feed-'));
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

interface Row {
  readonly number: string;
  /** In yuan; nothing is past due when left out. */
  readonly late?: number;
  readonly balance?: number;
  readonly nextDue?: string;
  readonly oldestDue?: string;
}

const lineOf = ({
  number,
  late = 0,
  balance = 900,
  nextDue = '2026-04-25',
  oldestDue = '2026-03-25',
}: Row): string => {
  const due = late === 0 ? ',0' : `${oldestDue},1`;
  return `${number},P-${number},${late}.00,${due},${balance}.00,${nextDue},90.00`;
};

function fileOf(name: string, rows: readonly Row[]): { file: string; totals: string[] } {
  const file = join(dir, name);
  writeFileSync(file, [HEADER, ...rows.map(lineOf)].join('\n'));
  const sum = rows.reduce((all, { balance = 900 }) => all + balance, 0);
  return { file, totals: ['--rows', String(rows.length), '--sum', `${sum}.00`] };
}

async function run(lender: string, file: string, day: string, kind: string, more: readonly string[]) {
  const to = ['--lender', lender, '--strategy', 'standard-card', '--rate', '400', '--json'];
  const ran = await forbear(['feed', file, '--as-of', day, '--kind', kind, ...to, ...more], env);
  const said = ran.out === '' ? {} : (JSON.parse(ran.out) as Record<string, unknown>);
  return { ...ran, said };
}

/** A snapshot of these rows. */
async function snapshot(lender: string, day: string, rows: readonly Row[], more: readonly string[] = []) {
  const { file, totals } = fileOf(`${lender}-${day}.csv`, rows);
  return run(lender, file, day, 'snapshot', [...totals, ...more]);
}

async function accountOf(lender: string, number: string) {
  return book.db
    .selectFrom('accounts')
    .selectAll()
    .where('lender', '=', lender)
    .where('lenderNumber', '=', number)
    .executeTakeFirst();
}

const factsOf = async (ref: string): Promise<string[]> =>
  (
    await book.db.selectFrom('journal').select('kind').where('account', '=', ref).orderBy('seq').execute()
  ).map(({ kind }) => kind);

/** Twenty rows, of which the first two are late. */
const book20 = (more: Readonly<Record<string, Partial<Row>>> = {}): Row[] =>
  Array.from({ length: 20 }, (_one, i) => {
    const number = `K-${i}`;
    return { number, ...(i < 2 ? { late: 100 } : {}), ...more[number] };
  });

it('begins what the strategy wants, keeps the rest as rows, and tells only what changed', async () => {
  const first = await snapshot('days', '2026-04-10', book20());
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.said).toMatchObject({ rows: 20, fresh: 20, enrol: 2, started: 2, left: 0 });
  const again = await snapshot('days', '2026-04-10', book20());
  expect(again.said).toMatchObject({ known: true, started: 0, told: 0 });

  const changed = book20({ 'K-0': { late: 150 }, 'K-5': { late: 30 }, 'K-7': { balance: 800 } });
  const second = await snapshot('days', '2026-04-11', changed);
  expect(second.said).toMatchObject({ fresh: 0, changed: 3, same: 17, enrol: 1, started: 1, told: 1 });
  const known = await accountOf('days', 'K-0');
  expect(await factsOf(known?.ref ?? '')).toEqual(['host-update']);
  expect((await fold(book.db, known?.ref ?? '')).owed.host?.pastDue).toBe(15000);
  const unchanged = await accountOf('days', 'K-1');
  expect(await factsOf(unchanged?.ref ?? '')).toEqual([]);
  expect(await accountOf('days', 'K-9')).toBeUndefined();
  const listed = await forbear(['feed', 'list', '--lender', 'days'], env);
  expect(listed.out).toContain('done');
}, 120_000);

it('lets leave with a reason, does nothing meanwhile, and takes back into the same episode', async () => {
  await snapshot('leaves', '2026-04-10', book20());
  const gone = await snapshot('leaves', '2026-04-11', book20().slice(1));
  expect(gone.said).toMatchObject({ left: 1, told: 1 });
  const account = await accountOf('leaves', 'K-0');
  const held = await fold(book.db, account?.ref ?? '');
  expect(activeHolds(held.holds, '2026-04-11').map(({ type }) => type)).toEqual(['left']);
  expect(held.owed.host?.pastDue).toBe(10000);
  expect((await forbear(['feed', 'left', '--lender', 'leaves'], env)).out).toContain('not-in-file');

  const back = await snapshot('leaves', '2026-04-12', book20({ 'K-9': { balance: 950 } }));
  expect(back.said).toMatchObject({ back: 1, told: 1, fresh: 0 });
  const free = await fold(book.db, account?.ref ?? '');
  expect(activeHolds(free.holds, '2026-04-12')).toEqual([]);
  expect((await accountOf('leaves', 'K-0'))?.ref).toBe(account?.ref);
}, 120_000);

it('refuses a file whole that is older, of yesterday, cut, a cent off, or would empty the book', async () => {
  const { file, totals } = fileOf('bad.csv', book20());
  expect((await run('whole', file, '2026-04-10', 'snapshot', totals)).code).toBe(0);
  const refused = async (day: string, name: string, more: readonly string[], rows = book20()) => {
    const next = fileOf(name, rows);
    return (await run('whole', next.file, day, 'snapshot', more)).err.split(':')[0];
  };
  const changed = book20({ 'K-1': { late: 110 } });
  expect(await refused('2026-04-09', 'older.csv', totals, changed)).toBe('FEED_OLDER');
  expect(await refused('2026-04-10', 'other.csv', totals, changed)).toBe('FEED_DATE_TAKEN');
  expect(await refused('2026-04-13', 'yesterday.csv', totals)).toBe('FEED_FILE_KNOWN');
  expect(await refused('2999-01-01', 'future.csv', totals, changed)).toBe('FEED_IN_FUTURE');
  expect(await refused('2026-04-11', 'none.csv', [], changed)).toBe('FEED_TOTALS_MISSING');
  expect(await refused('2026-04-11', 'cut.csv', totals, changed.slice(0, 19))).toBe('FEED_ROWS_DIFFER');
  const cent = ['--rows', '20', '--sum', '18000.01'];
  expect(await refused('2026-04-11', 'cent.csv', cent, changed)).toBe('FEED_SUM_DIFFERS');
  const few = ['--rows', '18', '--sum', '16200.00'];
  expect(await refused('2026-04-11', 'few.csv', few, changed.slice(2))).toBe('FEED_TOO_MANY_LEAVE');
  const rows = await book.db.selectFrom('hostRows').selectAll().where('lender', '=', 'whole').execute();
  expect(rows).toHaveLength(20);
  expect(rows.every(({ changedOn, leftOn }) => changedOn === '2026-04-10' && leftOn === null)).toBe(true);

  const answered = await run('whole', join(dir, 'few.csv'), '2026-04-11', 'snapshot', [
    ...few,
    '--let-leave',
    'w.li',
  ]);
  expect(answered.said).toMatchObject({ left: 2 });
  const feeds = await book.db.selectFrom('feeds').selectAll().where('lender', '=', 'whole').execute();
  expect(feeds.find(({ overriddenBy }) => overriddenBy === 'w.li')?.status).toBe('done');
  expect(feeds.filter(({ status }) => status === 'refused')).toHaveLength(8);
}, 120_000);

it('rejects a row whose due day moves back or whose currency changes, and lets its account not leave', async () => {
  await snapshot('rows', '2026-04-10', book20());
  const bad = book20({ 'K-0': { nextDue: '2026-03-25', late: 100 } });
  const { file, totals } = fileOf('rows-bad.csv', bad);
  const ran = await run('rows', file, '2026-04-11', 'snapshot', totals);
  expect(ran.said).toMatchObject({ rejected: 1, left: 0, byCode: { ROW_DUE_BACKWARDS: 1 } });
  expect(readFileSync(`${file}.rejects.csv`, 'utf8')).toContain('2,ROW_DUE_BACKWARDS,');

  const dollars = join(dir, 'dollars.csv');
  writeFileSync(dollars, `${HEADER},currency\n${lineOf({ number: 'K-0', late: 100 })},USD`);
  const delta = await run('rows', dollars, '2026-04-12', 'delta', ['--rows', '1', '--sum', '900.00']);
  expect(delta.said).toMatchObject({ rejected: 1 });
  expect(delta.code).toBe(1);
}, 120_000);

it('keeps the money of a row until it becomes an account, and tells the accounts that are there', async () => {
  await snapshot('money', '2026-04-10', book20());
  const file = join(dir, 'paid.csv');
  writeFileSync(
    file,
    [
      'account,id,kind,amount,value_date,posting_date,counts',
      'K-0,T1,payment,60.00,2026-04-11,2026-04-11,',
      'K-6,T2,payment,50.00,2026-04-11,2026-04-11,',
      'K-0,T3,refund,10.00,2026-04-11,2026-04-11,false',
    ].join('\n'),
  );
  const totals = ['--rows', '3', '--sum', '120.00'];
  const paid = await run('money', file, '2026-04-11', 'payments', totals);
  expect(paid).toMatchObject({ err: '', code: 0 });
  expect(paid.said).toMatchObject({ fresh: 3, kept: 1, told: 1 });
  expect((await run('money', file, '2026-04-11', 'payments', totals)).said).toMatchObject({ known: true });
  const account = await accountOf('money', 'K-0');
  expect(await factsOf(account?.ref ?? '')).toEqual(['payment', 'refund']);

  await snapshot('money', '2026-04-12', book20({ 'K-6': { late: 20 } }));
  const late = await accountOf('money', 'K-6');
  const begun = await fold(book.db, late?.ref ?? '');
  expect(begun.owed.movements.map(({ amount }) => amount)).toEqual([5000]);

  const debits = join(dir, 'debits.csv');
  writeFileSync(
    debits,
    'account,date,result,due,retry_on\nK-6,2026-04-13,failed,2026-04-05,2026-04-15\nK-6,2026-04-13,paid,,2026-04-15',
  );
  const ran = await run('money', debits, '2026-04-13', 'debits', ['--rows', '2']);
  expect(ran.said).toMatchObject({ fresh: 1, told: 1, rejected: 1 });
  expect(readFileSync(`${debits}.rejects.csv`, 'utf8')).toContain('3,ROW_FIELD_MALFORMED,');
  expect(await factsOf(late?.ref ?? '')).toEqual(['debit-result']);
  const told = await fold(book.db, late?.ref ?? '');
  expect(told.debits).toEqual([
    expect.objectContaining({ result: 'failed', due: '2026-04-05', retryOn: '2026-04-15' }),
  ]);
}, 120_000);

it('lets a payment post what was announced, by the references of the host', async () => {
  await snapshot('posted', '2026-04-10', book20());
  const paid = async (day: string, row: string): Promise<void> => {
    const file = join(dir, `posted-${day}.csv`);
    writeFileSync(file, `account,id,kind,amount,value_date,posts\n${row}`);
    expect(await run('posted', file, day, 'payments', ['--rows', '1', '--sum', '60.00'])).toMatchObject({
      ...{ err: '', code: 0 },
    });
  };
  const of = async () => (await accountOf('posted', 'K-0'))?.ref ?? '';
  await paid('2026-04-11', 'K-0,A-1,pending,60.00,2026-04-11,');
  expect((await fold(book.db, await of())).owed.movements).toMatchObject([{ pending: true }]);
  await paid('2026-04-13', 'K-0,T-1,,60.00,2026-04-11,A-1');
  const { owed } = await fold(book.db, await of());
  expect(owed.movements.filter(({ pending }) => pending === true)).toEqual([
    expect.objectContaining({ reversedAt: expect.anything() }),
  ]);
  expect(owed.movements.filter(({ pending }) => pending !== true)).toMatchObject([{ amount: 6000 }]);
}, 120_000);
