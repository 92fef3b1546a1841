import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBureauActivities } from '../../../src/activities/bureau/cycle-activities';
import { OutboxFolder } from '../../../src/activities/host/outbox-folder';
import { openBook, type Book } from '../../../src/book/open-book';
import { putReporting } from '../../../src/book/furnishing/reportings';
import { publish } from '../../../src/book/strategies';
import { checkBureauFile } from '../../../src/client/bureau/check-bureau-file';
import { cardReporting, enrolCards } from '../../../src/lab/card-bureau';
import { cardStrategy, sampleCards } from '../../../src/lab/card-feeds';
import { CARD_MONTHS, readCardFile, type CardRow } from '../../../src/lab/card-file';
import { ownDatabase, type TestDatabase } from '../../support/servers';

const SHARED = process.env['FORBEAR_SHARED'] ?? join(__dirname, '..', '..', '..', '..', 'shared');
const FILE = join(SHARED, 'data', 'uci-taiwan', 'UCI_Credit_Card.csv');
/** `npm run bench bureau` takes all 30,000. */
const [SAMPLE, SEED] = [400, 11];
/** A program that is given the file and ends with 0 where it finds nothing wrong. */
const VALIDATOR = process.env['FORBEAR_METRO2_VALIDATOR'];

const there = existsSync(FILE);
if (!there) console.warn('The real card file is not here: its bureau files are skipped.');

(there ? describe : describe.skip)('six months of real accounts as bureau files', () => {
  let database: TestDatabase;
  let book: Book;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'forbear-card-bureau-'));
    database = await ownDatabase();
    book = await openBook(database.url, { migrate: true });
  });
  afterAll(async () => {
    await book?.close();
    await database?.drop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  it('have nothing wrong in them, each by itself and after the one before', async () => {
    const all: CardRow[] = [];
    for await (const row of readCardFile(FILE)) all.push(row);
    const { hash } = await publish(book.db, cardStrategy(), 'card-file');
    const [keep, send] = [join(dir, 'kept'), join(dir, 'out')];
    mkdirSync(send);
    await enrolCards(book.db, sampleCards(all, SAMPLE, SEED), hash);
    const reporting = cardReporting(keep, send);
    const rules = { pack: null, version: null, answerDays: 30, retention: null, by: [] };
    await putReporting(book.db, reporting, rules, 'sample');
    const act = createBureauActivities({ db: book.db, host: new OutboxFolder(join(dir, 'host')) });
    let before: string | undefined;
    for (const month of CARD_MONTHS) {
      const request = { reporting: reporting.name, month, now: new Date().toISOString() };
      const opened = await act.openBureauFile(request);
      if (opened.how !== 'file') throw new Error(opened.how);
      const file = { reporting: reporting.name, file: opened.file };
      expect(await act.takeBureauSnapshots(file)).toEqual({ done: SAMPLE, aside: 0 });
      await act.furnishBureauFile(file);
      await act.settleBureauDisputes(file);
      const { name, records, aside } = await act.writeBureauFile(file);
      expect(records + aside).toBe(SAMPLE);
      // How the file codes the step from not late to two months late: no account can have made it in one month.
      expect(await codesOf(opened.file)).toEqual(aside === 0 ? [] : ['BUREAU_STATUS_JUMPED accountStatus']);
      expect(await act.sendBureauFile(file)).toEqual({ how: 'sent' });
      const path = join(send, name);
      const checked = await checkBureauFile(path, {
        ...{ most: 20, today: '2099-12-31' },
        ...(before === undefined ? {} : { before }),
      });
      expect([
        month,
        checked.errors,
        checked.findings.filter(({ severity }) => severity === 'error'),
      ]).toEqual([...[month, 0, []]]);
      expect(checked.records).toBe(records + 2);
      if (VALIDATOR !== undefined) expect(spawnSync(VALIDATOR, [path], { stdio: 'inherit' }).status).toBe(0);
      before = path;
    }
  }, 300_000);

  async function codesOf(file: string): Promise<string[]> {
    const rows = await book.db.selectFrom('bureauTold').select('codes').where('file', '=', file).execute();
    return [...new Set(rows.flatMap(({ codes }) => codes ?? []))];
  }
});
