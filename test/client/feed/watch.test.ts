import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { watchStates, type RunningFeed, type WatchState } from '../../../src/client/feed/watch';
import { forbear } from '../../support/forbear-command';
import { eventually as within, House } from '../../support/house';
import { smallStrategy } from '../../support/small-strategy';

jest.setTimeout(900_000);

/** A feed is many small steps of several processes: on a busy machine each takes its time. */
const eventually = (what: string, holds: () => boolean | Promise<boolean>) => within(what, holds, 300);

const HEADER = 'account,person,past_due,oldest_due,cycles,balance,next_due,next_amount';

let house: House;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'forbear-watch-'));
  // Without the sweep: what a feed has begun, it brings to its end itself.
  const env = { FORBEAR_SWEEP_SECONDS: '3600' };
  house = await House.open({ strategy: smallStrategy([]), secondsADay: null, env });
  await house.stack.startWorker();
});
afterAll(async () => {
  await house?.close();
  rmSync(root, { recursive: true, force: true });
});

/** Watches a folder of that lender: snapshots and payments, each with the file that says that it is whole. */
async function watch(lender: string, more: readonly string[] = []): Promise<string> {
  const folder = join(root, lender);
  mkdirSync(folder, { recursive: true });
  const file = join(root, `${lender}.feeds.yaml`);
  const lines = [
    ...['forbear: feeds/1', `name: ${lender}`, `lender: ${lender}`, `folder: ${lender}`, 'strategy: small'],
    ...['zone: Asia/Shanghai', 'every_seconds: 10', ...more, 'feeds:'],
    '  cards: { kind: snapshot, files: "cards-{date}.csv", ready: "cards-{date}.ok" }',
    '  paid: { kind: payments, files: "paid-{date}.csv", ready: "paid-{date}.ok", none_on: [2026-04-13] }',
  ];
  writeFileSync(file, lines.join('\n'));
  const said = await forbear(house, ['feed', 'watch', file, '--json']);
  expect(said).toMatchObject({ code: 0, err: '' });
  return folder;
}

/** Drops a file of that day and, unless it is still on its way, the one that says that it is whole. */
function drop(folder: string, name: string, lines: readonly string[], ready: string | null): void {
  writeFileSync(join(folder, `${name}.csv`), lines.join('\n'));
  if (ready !== null) writeFileSync(join(folder, `${name}.ok`), ready);
}

const cards = (count: number, late = 100): readonly string[] => [
  HEADER,
  ...Array.from(
    { length: count },
    (_one, i) => `K-${i},P-${i},${late}.00,2026-03-25,1,900.00,2026-04-25,90.00`,
  ),
];
const totals = (count: number): string => `rows=${count}\nsum=${count * 900}.00\n`;

async function stateOf(name: string): Promise<WatchState> {
  const { out } = await forbear(house, ['feed', 'watch', 'list', '--json']);
  const found = (JSON.parse(out) as WatchState[]).find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not watched`);
  return found;
}

const feedsOf = (lender: string) =>
  house.client.book.db
    .selectFrom('feeds')
    .selectAll()
    .where('lender', '=', lender)
    .orderBy('receivedAt')
    .execute();

const accountsOf = (lender: string) =>
  house.client.book.db
    .selectFrom('accounts')
    .select(['ref', 'lenderNumber', 'startedAt'])
    .where('lender', '=', lender)
    .execute();

it('takes what is whole, leaves what is not, and puts each file where it belongs', async () => {
  const folder = await watch('north');
  drop(folder, 'cards-20260410', [...cards(3), 'K-3,P-3,oh,,,900.00,,'], totals(4));
  drop(folder, 'paid-20260411', ['account,amount'], null);
  writeFileSync(join(folder, 'cards-20260411.csv.part'), HEADER);
  await eventually('the snapshot is done', () => existsSync(join(folder, 'done', 'cards-20260410.csv')));
  const [feed] = await feedsOf('north');
  expect(feed).toMatchObject({
    status: 'done',
    businessDate: '2026-04-10',
    counts: { rows: 4, rejected: 1 },
  });
  expect(readdirSync(join(folder, 'done')).sort()).toEqual([
    'cards-20260410.csv',
    'cards-20260410.csv.rejects.csv',
    'cards-20260410.ok',
  ]);
  expect(readdirSync(join(folder, 'taking'))).toEqual([]);
  expect((await accountsOf('north')).every(({ startedAt }) => startedAt !== null)).toBe(true);

  await eventually('what waits is said', async () => {
    const { notes } = await stateOf('north');
    return notes.some(({ file, code }) => file === 'paid-20260411.csv' && code === 'FEED_NOT_READY');
  });
  const { notes } = await stateOf('north');
  expect(notes).toContainEqual(expect.objectContaining({ code: 'FEED_NAME_WRONG', args: { files: 1 } }));
  expect(existsSync(join(folder, 'cards-20260411.csv.part'))).toBe(true);

  const { temporal } = house.client.desk;
  const handle = temporal.workflow.getHandle('feed:north:cards:2026-04-10');
  const { memo, searchAttributes } = await handle.describe();
  expect(memo).toMatchObject({ title: 'cards of 2026-04-10 (snapshot)', ended: 'taken' });
  expect(searchAttributes).toMatchObject({ Lender: ['north'] });
  expect(await handle.query('progress')).toMatchObject({ phase: 'done', count: 4, percent: 100 });
  const schedule = await temporal.schedule.getHandle('feeds:north').describe();
  expect(schedule.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 60_000, pauseOnFailure: false });
});

it('refuses what is not right, with the reason beside it, and knows the file of another day again', async () => {
  const folder = await watch('south');
  drop(folder, 'cards-20260409', cards(4), `rows=4\nsum=3600.01\n`);
  await eventually('it is refused', () => existsSync(join(folder, 'refused', 'cards-20260409.csv')));
  const reason = readFileSync(join(folder, 'refused', 'cards-20260409.csv.reason.txt'), 'utf8');
  expect(reason).toMatch(/^FEED_SUM_DIFFERS: The balance of all rows comes to 3,600\.00 CNY/);

  drop(folder, 'cards-20260409', cards(4), totals(4));
  await eventually('it is taken', () => existsSync(join(folder, 'done', 'cards-20260409.csv')));
  // Yesterday's file under yesterday's name, and under today's.
  drop(folder, 'cards-20260409', cards(4), totals(4));
  await eventually('it is known', () => existsSync(join(folder, 'done', 'cards-20260409.csv.2')));
  drop(folder, 'cards-20260410', cards(4), totals(4));
  await eventually('it is refused', () => existsSync(join(folder, 'refused', 'cards-20260410.csv')));
  expect(existsSync(join(folder, 'refused', 'cards-20260410.ok'))).toBe(true);
  expect((await feedsOf('south')).map(({ status, code }) => code ?? status)).toEqual([
    ...['FEED_SUM_DIFFERS', 'done', 'FEED_FILE_KNOWN'],
  ]);
  expect(await accountsOf('south')).toHaveLength(4);
});

it('takes money in the order of its days, and waits for a day that did not come', async () => {
  const folder = await watch('east');
  const paid = (day: string, id: string) => ['account,id,amount,value_date', `K-0,${id},5.00,${day}`];
  drop(folder, 'paid-20260414', paid('2026-04-14', 'C'), 'rows=1\nsum=5.00\n');
  drop(folder, 'paid-20260411', paid('2026-04-11', 'A'), 'rows=1\nsum=5.00\n');
  await eventually('the missing day is said', async () =>
    (await stateOf('east')).notes.some(
      ({ file, code, args }) =>
        file === 'paid-20260414.csv' && code === 'FEED_DAY_MISSING' && args['day'] === '2026-04-12',
    ),
  );
  expect((await feedsOf('east')).map(({ businessDate }) => businessDate)).toEqual(['2026-04-11']);
  drop(folder, 'paid-20260412', paid('2026-04-12', 'B'), 'rows=1\nsum=5.00\n');
  await eventually('all are done', () => existsSync(join(folder, 'done', 'paid-20260414.csv')));
  expect((await feedsOf('east')).map(({ businessDate }) => businessDate)).toEqual([
    ...['2026-04-11', '2026-04-12', '2026-04-14'],
  ]);
});

it('is killed in the middle and goes on: nothing twice, nothing half, and it says how far it is', async () => {
  const folder = await watch('west');
  drop(folder, 'cards-20260410', cards(600), totals(600));
  const handle = house.client.desk.temporal.workflow.getHandle('feed:west:cards:2026-04-10');
  // Asked of the book: the worker is killed as soon as the first accounts stand in it.
  await eventually('accounts begin', async () => (await accountsOf('west')).length > 0);
  await house.kill('worker');
  await eventually('it says how far it is', async () => {
    const said = await handle.query<RunningFeed>('progress');
    return said.file === 'cards-20260410.csv' && said.phase === 'delivering' && said.count > 0;
  });
  await eventually('it is done', () => existsSync(join(folder, 'done', 'cards-20260410.csv')));
  const feeds = await feedsOf('west');
  expect(feeds.map(({ status, counts }) => [status, counts['enrol']])).toEqual([['done', 600]]);
  const accounts = await accountsOf('west');
  expect(new Set(accounts.map(({ lenderNumber }) => lenderNumber)).size).toBe(600);
  expect(accounts.filter(({ startedAt }) => startedAt === null)).toEqual([]);
  expect(await house.client.book.db.selectFrom('feedWork').selectAll().execute()).toEqual([]);
  const history = await handle.fetchHistory();
  const told = JSON.stringify(history.events).match(/K-\d+|P-\d+/g);
  expect(told).toBeNull();
});

it('queues behind another feed of the lender, says so, and is stopped by name', async () => {
  const folder = await watch('both');
  await house.client.book.db.connection().execute(async (held) => {
    await sql`select pg_advisory_lock(hashtextextended('feed both', 0))`.execute(held);
    drop(folder, 'cards-20260410', cards(2), totals(2));
    await eventually('it waits', async () => {
      const states = await watchStates(house.client.desk);
      const [running] = states.find(({ name }) => name === 'both')?.running ?? [];
      return running?.file === 'cards-20260410.csv' && running.phase === 'waiting';
    });
    await sql`select pg_advisory_unlock(hashtextextended('feed both', 0))`.execute(held);
  });
  await eventually('it is taken', () => existsSync(join(folder, 'done', 'cards-20260410.csv')));
  expect(await forbear(house, ['feed', 'watch', 'stop', 'both'])).toMatchObject({ code: 0 });
  const { out } = await forbear(house, ['feed', 'watch', 'list']);
  expect(out).not.toContain(folder);
  expect((await forbear(house, ['feed', 'watch', 'stop', 'nobody'])).err).toMatch(/^WATCH_UNKNOWN/);
});
