import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { feedState } from '../../support/feed-state';
import { heldAt, type Place } from '../../support/held';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

jest.setTimeout(600_000);

const ROOT = join(__dirname, '..', '..', '..');
const MAIN = join(ROOT, 'dist', 'client', 'cli', 'main.js');
const HEADER = 'account,person,phone,past_due,oldest_due,cycles,balance,next_due,next_amount';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let dir: string;
let env: NodeJS.ProcessEnv;
/** How many accounts begin on the second day: more than one batch of work, and few. */
const NEW = { many: 210, few: 4 } as const;
type Size = keyof typeof NEW;
/** What a lender has whose files nobody disturbed. */
const undisturbed = new Map<Size, unknown>();

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
  await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
  dir = mkdtempSync(join(tmpdir(), 'forbear-killed-'));
  env = {
    FORBEAR_BOOK_URL: database.url,
    FORBEAR_TEMPORAL_ADDRESS: temporal.address,
    FORBEAR_NAMESPACE: temporal.namespace,
  };
  for (const size of ['few', 'many'] as const) {
    await firstDay(`calm-${size}`);
    for (const { args } of secondDay(`calm-${size}`, size)) expect((await forbear(args, env)).err).toBe('');
    undisturbed.set(size, await stateOf(`calm-${size}`));
  }
});
afterAll(async () => {
  await book?.close();
  await temporal?.close();
  await database?.drop();
  rmSync(dir, { recursive: true, force: true });
});

const line = (number: string, late: number, phone = ''): string =>
  `${number},P-${number},${phone},${late}.00,${late === 0 ? ',0' : '2026-03-25,1'},900.00,2026-04-25,90.00`;
const many = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_one, i) => row(i));

/** Rows that stay; then six late ones, of which the second day changes three and two leave; one comes back. */
const STILL = many(60, (i) => line(`S-${i}`, 0));
const FIRST = [...STILL, ...many(6, (i) => line(`K-${i}`, 100)), line('B-0', 100)];
const AWAY = FIRST.slice(0, -1);
/** A row at each end cannot be taken. */
const second = (size: Size): readonly string[] => [
  line('X-0', 100).replace('100.00', 'much'),
  ...STILL,
  ...many(4, (i) => line(`K-${i}`, i < 3 ? 150 : 100, i === 3 ? '+8613800138000' : '')),
  line('B-0', 100),
  ...many(NEW[size], (i) => line(`N-${i}`, 100)),
  line('X-1', 100).replace('2026-03-25', 'soon'),
];

function fileArgs(lender: string, name: string, day: string, kind: string, rows: readonly string[]) {
  const file = join(dir, `${lender}-${name}.csv`);
  writeFileSync(file, rows.join('\n'));
  const count = rows.length - 1;
  const sum = kind === 'payments' ? '60.00' : `${count * 900}.00`;
  const to = ['--lender', lender, '--strategy', 'standard-card', '--rate', '400', '--json'];
  const totals = ['--rows', String(count), '--sum', sum];
  const args = ['feed', file, '--as-of', day, '--kind', kind, ...to, ...totals, '--let-leave', 'w.li'];
  return { file, args };
}

/** What stands before: a book of two days, and money that waits for an account that is to begin. */
async function firstDay(lender: string): Promise<void> {
  const paid = ['account,id,amount,value_date', 'N-3,T-1,60.00,2026-04-09'];
  for (const { args } of [
    fileArgs(lender, 'first', '2026-04-08', 'snapshot', [HEADER, ...FIRST]),
    fileArgs(lender, 'away', '2026-04-09', 'snapshot', [HEADER, ...AWAY]),
    fileArgs(lender, 'early', '2026-04-09', 'payments', paid),
  ])
    expect((await forbear(args, env)).err).toBe('');
}

/** The files in whose midst it is killed: rows of every kind, and money of an account that is there. */
function secondDay(lender: string, size: Size) {
  return [
    fileArgs(lender, 'second', '2026-04-10', 'snapshot', [HEADER, ...second(size)]),
    fileArgs(lender, 'paid', '2026-04-10', 'payments', [
      'account,id,amount,value_date',
      'K-0,T-2,50.00,2026-04-10',
      'S-0,T-3,10.00,2026-04-10',
    ]),
  ];
}

const stateOf = (lender: string) => feedState(book.db, temporal.client, lender);

const PLACES: readonly (readonly [string, Place, Size])[] = [
  ['while its rows are held against the book', { reads: 'host_rows' }, 'few'],
  ['while the feed is written down', { table: 'feeds', on: 'insert', when: 'true' }, 'few'],
  ['while its rows are written', { table: 'host_rows', on: 'insert', when: `new.number = 'N-2'` }, 'few'],
  ['while somebody leaves', { table: 'host_rows', on: 'update', when: `new.number = 'K-5'` }, 'few'],
  ['while the work is written', { table: 'feed_work', on: 'insert', when: `new.number = 'N-2'` }, 'few'],
  ['before any of the work is done', { table: 'accounts', on: 'insert', when: 'true' }, 'few'],
  [
    'in the middle of the second batch',
    { table: 'accounts', on: 'insert', when: `new.lender_number = 'N-205'` },
    'many',
  ],
  [
    'while the second batch is dropped',
    { table: 'feed_work', on: 'delete', when: `old.number = 'N-205'` },
    'many',
  ],
  ['while a fact is written', { table: 'journal', on: 'insert', when: `new.kind = 'host-update'` }, 'few'],
  ['before it is marked booked', { table: 'feeds', on: 'update', when: `new.status = 'booked'` }, 'few'],
  [
    'while accounts are started, before the book knows of one',
    { table: 'accounts', on: 'update', when: 'old.started_at is null and new.started_at is not null' },
    'few',
  ],
  [
    'while accounts are told, before the book knows of one',
    { table: 'journal', on: 'update', when: 'old.told_at is null and new.told_at is not null' },
    'few',
  ],
  ['before it is marked done', { table: 'feeds', on: 'update', when: `new.status = 'done'` }, 'few'],
];

it.each(PLACES)('is killed %s, and run again it has done everything once', async (_name, place, size) => {
  const lender = `killed-${PLACES.findIndex(([, one]) => one === place)}`;
  await firstDay(lender);
  const [snapshot, paid] = secondDay(lender, size);
  const args = snapshot?.args ?? [];
  await killedAt(place, args);
  for (const again of [args, paid?.args ?? []]) expect((await forbear(again, env)).err).toBe('');
  expect(await stateOf(lender)).toEqual(undisturbed.get(size));
  const rejectsOf = (file: string): string => readFileSync(`${file}.rejects.csv`, 'utf8');
  expect(rejectsOf(snapshot?.file ?? '')).toBe(rejectsOf(join(dir, `calm-${size}-second.csv`)));
});

it.each([
  ['booked', { table: 'accounts', on: 'insert', when: 'true' }],
  ['told', { table: 'journal', on: 'update', when: 'old.told_at is null and new.told_at is not null' }],
] as const)(
  'the next file brings to its end what one was killed in before it was %s',
  async (what, place) => {
    const lender = `next-${what}`;
    await firstDay(lender);
    const [snapshot, paid] = secondDay(lender, 'few');
    await killedAt(place, snapshot?.args ?? []);
    expect((await forbear(paid?.args ?? [], env)).err).toBe('');
    expect(await stateOf(lender)).toEqual(undisturbed.get('few'));
  },
);

/** Runs the command until it stands at the place, and kills it there as a power cut would. */
async function killedAt(place: Place, args: readonly string[]): Promise<void> {
  await heldAt(book.db, place, async (reached) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await reached(ended);
    child.kill('SIGKILL');
    await ended;
  });
}
