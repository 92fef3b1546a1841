import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedState } from '../../support/feed-state';
import { forbear } from '../../support/forbear-command';
import { heldAt, type Place } from '../../support/held';
import { House } from '../../support/house';
import { smallStrategy } from '../../support/small-strategy';
import { cardFile, cardRow, eventually, totals, WatchedFolder } from '../../support/watched-folder';

jest.setTimeout(900_000);

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

const snapshots = (more: string) => [`  cards: { kind: snapshot, files: "cards-{date}.csv", ${more} }`];
const rows = (count: number, late = 100): string[] =>
  Array.from({ length: count }, (_one, i) => cardRow(`K-${i}`, late));

it('leaves a file alone that was written to a moment ago, and takes it when it is quiet', async () => {
  const feeds = ['  paid: { kind: payments, files: "paid-{date}.csv", mapping: paid.mapping.yaml }'];
  const mapping = [
    ...['forbear: mapping/1', 'name: paid', 'kind: payments', 'lender: quiet', 'totals: none', 'columns:'],
    ...['account', 'amount', 'value_date'].map((column) => `  ${column}: ${column}`),
  ];
  writeFileSync(join(root, 'paid.mapping.yaml'), mapping.join('\n'));
  const folder = await WatchedFolder.open(house, root, 'quiet', feeds);
  await folder.set(feeds, ['quiet_seconds: 3600']);
  folder.drop('paid-20260410', ['account,amount,value_date', 'K-0,5.00,2026-04-10'], null);
  await eventually('it is said why it waits', async () =>
    (await folder.state()).notes.some(
      ({ file, code, args }) =>
        file === 'paid-20260410.csv' && code === 'FEED_WRITING' && args['seconds'] === 3600,
    ),
  );
  expect(folder.has('paid-20260410.csv')).toBe(true);
  expect(folder.names('taking')).toEqual([]);
  expect(await folder.feeds()).toEqual([]);
  const said = await forbear(house, ['feed', 'watch', 'list']);
  expect(said.out).toContain('FEED_WRITING: The file was changed less than 3600 seconds ago');

  await folder.set(feeds, ['quiet_seconds: 1']);
  await folder.lies('done', 'paid-20260410.csv');
  expect(await folder.feeds()).toMatchObject([{ status: 'done', counts: { rows: 1 } }]);
});

it('takes a refused file when somebody answers for it, and keeps who', async () => {
  const folder = await WatchedFolder.open(house, root, 'again');
  folder.drop('cards-20260408', cardFile(rows(6)), totals(6));
  await folder.lies('done', 'cards-20260408.csv');
  folder.drop('cards-20260409', cardFile(rows(4)), totals(4));
  await folder.lies('refused', 'cards-20260409.csv');
  const reason = readFileSync(join(folder.folder, 'refused', 'cards-20260409.csv.reason.txt'), 'utf8');
  expect(reason).toMatch(/^FEED_TOO_MANY_LEAVE: 2 of 6 accounts would leave/);
  expect(reason).toContain('forbear feed watch again again cards-20260409.csv --let-leave NAME');

  // A second one of the name is refused as well: what is said is said of the last one, and holds for that alone.
  folder.drop('cards-20260409', cardFile(rows(3)), totals(3));
  await folder.lies('refused', 'cards-20260409.csv.2');
  const gone = await forbear(house, ['feed', 'watch', 'again', 'again', 'cards-20260409.csv.3']);
  expect(gone.err).toMatch(/^FEED_NOT_REFUSED/);
  const answered = ['feed', 'watch', 'again', 'again', 'cards-20260409.csv', '--let-leave', 'w.li', '--json'];
  const said = await forbear(house, answered);
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(said.out)).toMatchObject({ code: 'FEED_TOO_MANY_LEAVE', letLeaveBy: 'w.li' });
  await folder.lies('done', 'cards-20260409.csv');
  expect(folder.has('done', 'cards-20260409.ok')).toBe(true);
  expect(folder.names('refused')).toEqual([
    ...['cards-20260409.csv', 'cards-20260409.csv.reason.txt', 'cards-20260409.ok'],
  ]);
  const feeds = await folder.feeds();
  expect(feeds.map(({ code, status, overriddenBy }) => code ?? `${status} ${overriddenBy}`)).toEqual([
    ...['done null', 'FEED_TOO_MANY_LEAVE', 'FEED_TOO_MANY_LEAVE', 'done w.li'],
  ]);
  expect(feeds.at(-1)?.counts).toMatchObject({ rows: 3, left: 3 });
  expect((await forbear(house, ['feed', 'list', '--lender', 'again'])).out).toContain('let leave by w.li');
});

it('takes the file of another day again where somebody answers for it, and refuses once more where nobody does', async () => {
  const folder = await WatchedFolder.open(house, root, 'once');
  folder.drop('cards-20260410', cardFile(rows(3)), totals(3));
  await folder.lies('done', 'cards-20260410.csv');
  folder.drop('cards-20260413', cardFile(rows(3)), totals(3));
  await folder.lies('refused', 'cards-20260413.csv');
  const again = ['feed', 'watch', 'again', 'once', 'cards-20260413.csv'];
  expect(await forbear(house, again)).toMatchObject({ code: 0, err: '' });
  await eventually('it is refused once more', async () => (await folder.feeds()).length === 3);
  await folder.lies('refused', 'cards-20260413.csv');
  expect((await forbear(house, [...again, '--same-again', 'w.li'])).code).toBe(0);
  await folder.lies('done', 'cards-20260413.csv');
  const last = (await folder.feeds()).at(-1);
  expect(last).toMatchObject({ status: 'done', sameBy: 'w.li', counts: { same: 3, left: 0 } });

  const none = await forbear(house, ['feed', 'watch', 'again', 'once', 'cards-20260414.csv']);
  expect(none).toMatchObject({ code: 3, err: expect.stringMatching(/^FEED_NOT_REFUSED/) as string });
  expect((await forbear(house, ['feed', 'watch', 'again', 'nobody', 'a.csv'])).err).toMatch(/^WATCH_UNKNOWN/);
});

it('says of a refused file that is to be taken again when it is not there', async () => {
  const folder = await WatchedFolder.open(house, root, 'lost');
  const wrong = 'rows=3\nsum=0.01\n';
  folder.drop('cards-20260410', cardFile(rows(3)), wrong);
  await folder.lies('refused', 'cards-20260410.csv');
  rmSync(join(folder.folder, 'refused', 'cards-20260410.csv'));
  await forbear(house, ['feed', 'watch', 'again', 'lost', 'cards-20260410.csv']);
  await eventually('it is said', async () =>
    (await folder.state()).notes.some(({ code }) => code === 'FEED_AGAIN_GONE'),
  );
});

/** Where four feeds of four lenders stand when the worker is killed. */
const PLACES: Readonly<Record<string, Place>> = {
  staged: { table: 'feeds', on: 'insert', when: `new.lender = 'staged'` },
  booking: { table: 'accounts', on: 'insert', when: `new.lender = 'booking'` },
  telling: {
    ...{ table: 'journal', on: 'update' },
    when: `new.event_id like 'feed:telling:%' and new.told_at is not null and old.told_at is null`,
  },
  ending: { table: 'feeds', on: 'update', when: `new.lender = 'ending' and new.status = 'done'` },
};

it('loses its worker at four places at once, and each feed goes on: nothing twice, nothing half', async () => {
  const first = cardFile(rows(4));
  const second = cardFile([cardRow('K-0', 150), ...rows(4).slice(1, 3), cardRow('N-0'), cardRow('N-1')]);
  const open = async (lender: string): Promise<WatchedFolder> => {
    const folder = await WatchedFolder.open(
      house,
      root,
      lender,
      snapshots('ready: "cards-{date}.ok", leave_share: 50'),
    );
    folder.drop('cards-20260408', first, totals(4));
    await folder.lies('done', 'cards-20260408.csv');
    return folder;
  };
  const drop = (folder: WatchedFolder): void => folder.drop('cards-20260409', second, totals(5));
  const calm = await open('calm');
  drop(calm);
  await calm.lies('done', 'cards-20260409.csv');

  const { db } = house.client.book;
  const folders: WatchedFolder[] = [];
  for (const lender of Object.keys(PLACES)) folders.push(await open(lender));
  // All places are laid before anybody comes to one, and the worker dies when there is somebody at each.
  const killAtAll = async (left: readonly WatchedFolder[], all: (() => Promise<void>)[]): Promise<void> => {
    const [folder, ...others] = left;
    if (folder !== undefined)
      return heldAt(db, PLACES[folder.lender] as Place, (reached) => killAtAll(others, [...all, reached]));
    folders.forEach(drop);
    for (const reached of all) await reached();
    await house.kill('worker');
  };
  await killAtAll(folders, []);
  for (const folder of folders) await folder.lies('done', 'cards-20260409.csv');
  const { temporal } = house.client.desk;
  const wanted = await feedState(db, temporal, 'calm');
  for (const { lender } of folders) expect(await feedState(db, temporal, lender)).toEqual(wanted);
});
