import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldRow } from '../../../src/book/fold';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { setClock } from '../../../src/book/clock';
import { standing } from '../../../src/domain/delinquency/standing';
import { cardDay, cardEvents, CARD_MONTHS, readCardFile, type CardRow } from '../../../src/lab/card-file';
import { countMove, noMovements } from '../../../src/lab/movements';
import { CARD_COUNTING, playCardFile } from '../../../src/lab/play-card-file';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { smallStrategy } from '../../support/small-strategy';
import { forbear } from '../cli/command-line';

const FILE = join(__dirname, '..', '..', '..', '..', 'shared', 'data', 'uci-taiwan', 'UCI_Credit_Card.csv');
/** Every so manieth account of the file, from the seventh on: some 75, of which a third are ever late. */
const EVERY = 400;
const TAIPEI = { product: 'credit_card', currency: 'TWD', zone: 'Asia/Taipei', name: 'card-file' } as const;
const COLUMNS = 'account,past_due,oldest_due,cycles,balance,next_due,next_amount';

const there = existsSync(FILE);
if (!there) console.warn('The real card file is not here: its feeds are skipped.');

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let dir: string;

(there ? describe : describe.skip)('six months of the real card file as six feeds', () => {
  beforeAll(async () => {
    [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
    book = await openBook(database.url, { migrate: true });
    // The book's now is after the last of the six, so that none of them is of the future.
    const epoch = '2005-10-01T00:00:00.000Z';
    await setClock(book.db, { kind: 'rehearsal', epoch, started: new Date().toISOString(), factor: 1 });
    await publish(book.db, smallStrategy([], { ...TAIPEI, counting: CARD_COUNTING }), 'small');
    dir = mkdtempSync(join(tmpdir(), 'forbear-card-feeds-'));
  });
  afterAll(async () => {
    await book?.close();
    await temporal?.close();
    await database?.drop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  it('begins those that are ever late, and moves them as the core by itself does', async () => {
    const sample: CardRow[] = [];
    for await (const row of readCardFile(FILE)) if (Number(row.id) % EVERY === 7) sample.push(row);
    const expected = playCardFile(sample);
    const before = new Map<string, number>();
    const movements = CARD_MONTHS.slice(1).map(noMovements);
    for (const month of CARD_MONTHS.keys()) {
      const { file, rows, sum } = write(sample, month);
      const totals = ['--rows', String(rows), '--sum', sum, '--rate', '400', '--json'];
      const args = [
        'feed',
        file,
        '--as-of',
        cardDay(month),
        '--kind',
        'snapshot',
        '--lender',
        'taiwan',
        ...totals,
      ];
      const ran = await forbear([...args, '--mapping', mapping(), '--strategy', 'card-file'], {
        FORBEAR_BOOK_URL: database.url,
        FORBEAR_TEMPORAL_ADDRESS: temporal.address,
        FORBEAR_NAMESPACE: temporal.namespace,
      });
      expect(ran).toMatchObject({ code: 0, err: '' });
      const accounts = await book.db.selectFrom('accounts').selectAll().execute();
      for (const account of accounts) {
        const at = standing(await foldRow(book.db, account), CARD_COUNTING, cardDay(month));
        const cycles = at.late ? at.cycles : 0;
        const between = movements[month - 1];
        if (between !== undefined) countMove(between, before.get(account.lenderNumber) ?? 0, cycles);
        before.set(account.lenderNumber, cycles);
      }
    }
    expect(before.size).toBe(expected.everLate);
    expect(movements).toEqual(expected.movements);
  }, 180_000);

  function mapping(): string {
    const file = join(dir, 'card-file.mapping.yaml');
    const columns = COLUMNS.split(',').map((name) => `  ${name}: ${name}`);
    // The file's status jumps by more than a month now and then, which moves the oldest day back.
    const checks = 'checks: { due_backwards: take }';
    const head = ['forbear: mapping/1', 'name: card-file', 'kind: accounts', 'lender: taiwan', checks];
    writeFileSync(file, [...head, 'columns:', '  currency: { value: TWD }', ...columns].join('\n'));
    return file;
  }

  function write(sample: readonly CardRow[], month: number) {
    const yuan = (minor: number): string => (minor / 100).toFixed(2);
    let sum = 0;
    const lines = sample.map((row) => {
      const told = cardEvents(row, month).find((event) => event.kind === 'host-update');
      if (told?.kind !== 'host-update') throw new Error('a month without figures');
      const { pastDue, oldestDue, cycles, balance, nextDue = '', nextAmount = 0 } = told.figures;
      sum += balance;
      return [row.id, yuan(pastDue), oldestDue ?? '', cycles, yuan(balance), nextDue, yuan(nextAmount)].join(
        ',',
      );
    });
    const file = join(dir, `card-${month}.csv`);
    writeFileSync(file, [COLUMNS, ...lines].join('\n'));
    return { file, rows: lines.length, sum: yuan(sum) };
  }
});
