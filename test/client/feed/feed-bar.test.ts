import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { ownDatabase, type TestDatabase } from '../../support/servers';

const ROOT = join(__dirname, '..', '..', '..');
/** util-linux has a program that runs another one on a terminal of its own; those of other systems are called otherwise. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
if (hasTerminal !== true)
  console.log('There is no script(1) of util-linux: the bar of a feed is not looked at.');

let database: TestDatabase;
let book: Book;
let dir: string;

beforeAll(async () => {
  database = await ownDatabase();
  book = await openBook(database.url, { migrate: true });
  const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
  await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
  dir = mkdtempSync(join(tmpdir(), 'forbear-bar-'));
});
afterAll(async () => {
  await book?.close();
  await database?.drop();
  rmSync(dir, { recursive: true, force: true });
});

(hasTerminal === true ? it : it.skip)(
  'shows how far it is on a terminal, and leaves nothing of it behind but the answer',
  async () => {
    const file = join(dir, 'cards.csv');
    const rows = Array.from({ length: 20_000 }, (_one, i) => `A-${i},P-${i},0.00,0,900.00,2026-04-25,90.00`);
    writeFileSync(file, ['account,person,past_due,cycles,balance,next_due,next_amount', ...rows].join('\n'));
    const to = '--as-of 2026-04-10 --kind snapshot --strategy standard-card --rows 20000 --sum 18000000.00';
    const places = {
      FORBEAR_BOOK_URL: database.url,
      FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1',
      FORBEAR_NAMESPACE: 'none',
    };
    let said = '';
    await book.db
      .transaction()
      .execute(async (held) => {
        // It is held while it reads until its second is over, so that there is something to be shown on any machine.
        await sql`lock table host_rows in access exclusive mode`.execute(held);
        const command = `${process.execPath} ${join(ROOT, 'bin', 'forbear')} feed ${file} ${to}`;
        const child = spawn('script', ['-qec', command, '/dev/null'], {
          env: { ...process.env, ...places, TERM: 'xterm' },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
        const ended = once(child, 'close');
        await somebodyWaits();
        await new Promise((done) => setTimeout(done, 1_100));
        return { ended };
      })
      .then(async ({ ended }) => expect((await ended)[0]).toBe(0));
    const [bar = '', answer = ''] = said.split('feed       ');
    expect(bar).toMatch(/\d+ %, \d+ rows read, \d+s/);
    // The line of the bar is cleared and the cursor shown again before the answer stands in its place.
    expect(bar.lastIndexOf('\x1b[?25h')).toBeGreaterThan(bar.lastIndexOf('rows read'));
    expect(bar.endsWith('\x1b[2K')).toBe(true);
    expect(answer).toMatch(/rows +20000/);
    expect(answer).not.toContain('\x1b');
  },
  120_000,
);

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select from pg_locks where relation = to_regclass('host_rows') and not granted`.execute(
        book.db,
      );
    if (rows.length > 0) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
