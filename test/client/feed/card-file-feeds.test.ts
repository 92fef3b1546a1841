import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createActivities } from '../../../src/activities/create-activities';
import { OutboxFolder } from '../../../src/activities/host/outbox-folder';
import { TemplateStore } from '../../../src/activities/templates/template-store';
import { setClock } from '../../../src/book/clock';
import { foldRow } from '../../../src/book/fold';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish, strategyByHash } from '../../../src/book/strategies';
import { TASK_QUEUE } from '../../../src/client/connection';
import { standing } from '../../../src/domain/delinquency/standing';
import { behindFile, cyclesSaid, movedBetween } from '../../../src/lab/card-book';
import {
  CARD_LENDER,
  cardMapping,
  cardStrategy,
  sampleCards,
  writeCardFeed,
} from '../../../src/lab/card-feeds';
import { cardDay, CARD_MONTHS, readCardFile, type CardRow } from '../../../src/lab/card-file';
import type { Movements } from '../../../src/lab/movements';
import { CARD_COUNTING, playCardFile } from '../../../src/lab/play-card-file';
import { createAccountWorker } from '../../../src/worker/account-worker';
import { BUNDLE_FILE } from '../../../src/worker/bundle';
import { quietRuntime } from '../../support/account-worker';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

const ROOT = join(__dirname, '..', '..', '..');
const FILE = join(ROOT, '..', 'shared', 'data', 'uci-taiwan', 'UCI_Credit_Card.csv');
/** A third of them are ever late; with this seed three are cured, closed and late again. */
const [SAMPLE, SEED] = [90, 5];

const there = existsSync(FILE);
if (!there) console.warn('The real card file is not here: its feeds are skipped.');

let database: TestDatabase;
let temporal: TestNamespace;
let native: NativeConnection;
let book: Book;
let dir: string;

(there ? describe : describe.skip)('six months of the real card file as six feeds', () => {
  beforeAll(async () => {
    quietRuntime();
    [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
    native = await NativeConnection.connect({ address: temporal.address });
    book = await openBook(database.url, { migrate: true });
    dir = mkdtempSync(join(tmpdir(), 'forbear-card-feeds-'));
    // Every moment of the file has passed: an account's time goes by what it is told, and none waits for a day.
    const started = new Date(Date.now() - 240 * 86_400_000).toISOString();
    const epoch = '2005-04-01T00:00:00.000Z';
    await setClock(book.db, { kind: 'rehearsal', epoch, started, factor: 1 });
    await publish(book.db, cardStrategy(), 'card-file');
  });
  afterAll(async () => {
    await native?.close();
    await book?.close();
    await temporal?.close();
    await database?.drop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  it('begins those that are ever late, and their workflows move as the core by itself does', async () => {
    const all: CardRow[] = [];
    for await (const row of readCardFile(FILE)) all.push(row);
    const sample = sampleCards(all, SAMPLE, SEED);
    const expected = playCardFile(sample);
    const said: ReadonlyMap<string, number>[] = [];
    const folded: ReadonlyMap<string, number>[] = [];
    const running = await worker();
    await running.runUntil(async () => {
      for (const month of CARD_MONTHS.keys()) {
        await feed(sample, month);
        while ((await behindFile(book.db)) > 0) await new Promise((done) => setTimeout(done, 100));
        said.push(await cyclesSaid(book.db));
        folded.push(await cyclesOfJournal(cardDay(month)));
      }
    });
    const accounts = await book.db.selectFrom('accounts').select('ref').execute();
    expect(accounts).toHaveLength(expected.everLate);
    expect(moves(said)).toEqual(expected.movements);
    expect(moves(folded)).toEqual(expected.movements);
    expect(await closedAndOpenAgain()).toBeGreaterThan(0);
  }, 300_000);

  function worker(): Promise<Worker> {
    return createAccountWorker({
      ...{ connection: native, namespace: temporal.namespace, taskQueue: TASK_QUEUE },
      bundle: { codePath: BUNDLE_FILE },
      activities: createActivities({
        ...{ db: book.db, carriers: {}, letterheads: {} },
        templates: new TemplateStore(join(ROOT, 'templates'), 'en'),
        host: new OutboxFolder(join(dir, 'host')),
      }),
      loadStrategy: (hash) => strategyByHash(book.db, hash),
    });
  }

  async function feed(sample: readonly CardRow[], month: number): Promise<void> {
    const file = join(dir, `card-${month}.csv`);
    const mapping = join(dir, 'card-file.mapping.yaml');
    writeFileSync(mapping, cardMapping());
    const { rows, sum } = await writeCardFeed(file, sample, month);
    const what = ['--as-of', cardDay(month), '--kind', 'snapshot', '--rows', String(rows), '--sum', sum];
    const how = ['--mapping', mapping, '--strategy', 'card-file', '--rate', '400', '--json'];
    const ran = await forbear(['feed', file, ...what, ...how], {
      FORBEAR_BOOK_URL: database.url,
      FORBEAR_TEMPORAL_ADDRESS: temporal.address,
      FORBEAR_NAMESPACE: temporal.namespace,
    });
    expect(ran).toMatchObject({ code: 0, err: '' });
  }

  /** The same from the journals of all accounts, by the core: what the workflows were told, whatever they made of it. */
  async function cyclesOfJournal(day: string): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const account of await book.db.selectFrom('accounts').selectAll().execute()) {
      const at = standing(await foldRow(book.db, account), CARD_COUNTING, day);
      if (at.late) found.set(account.lenderNumber, at.cycles);
    }
    return found;
  }

  function moves(months: readonly ReadonlyMap<string, number>[]): Movements[] {
    return months.slice(1).map((after, i) => movedBetween(months[i] ?? new Map(), after));
  }

  async function closedAndOpenAgain(): Promise<number> {
    const rows = await book.db
      .selectFrom('accounts')
      .innerJoin('decisions', 'decisions.account', 'accounts.ref')
      .select('accounts.ref')
      .distinct()
      .where('accounts.lender', '=', CARD_LENDER)
      .where('accounts.status', '=', 'open')
      .where('decisions.code', '=', 'close-cured')
      .execute();
    return rows.length;
  }
});
