import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openBook, type Book } from '../../../src/book/open-book';
import { publish } from '../../../src/book/strategies';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear } from '../cli/command-line';

const ROOT = join(__dirname, '..', '..', '..');
const MAIN = join(ROOT, 'dist', 'client', 'cli', 'main.js');
const ROWS = 450;

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let dir: string;
let file: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
  await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
  dir = mkdtempSync(join(tmpdir(), 'forbear-enrol-'));
  file = join(dir, 'portfolio.csv');
  writeFileSync(file, portfolio());
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

/** Two accounts a person, so that people are joined; one row is wrong. */
function portfolio(): string {
  const rows = ['account,person,name,phone,as_of,past_due,oldest_due,cycles,balance'];
  for (let i = 0; i < ROWS; i += 1) {
    const phone = i === 7 ? 'none' : `+86138${String(i).padStart(8, '0')}`;
    rows.push(`K-${i},P-${i >> 1},甲乙,${phone},2026-04-10,100.00,2026-03-25,1,900.00`);
  }
  return rows.join('\n');
}

const count = async (table: 'accounts' | 'people'): Promise<number> =>
  Number(
    (
      await book.db
        .selectFrom(table)
        .select(sql<number>`count(*)`.as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Accounts that the book knows as started. */
async function started(): Promise<number> {
  const { n } = await book.db
    .selectFrom('accounts')
    .select(sql<number>`count(*)`.as('n'))
    .where('startedAt', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Runs by workflow id, as Temporal itself lists them. */
async function runs(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const { workflowId } of temporal.client.workflow.list()) {
    found.set(workflowId, (found.get(workflowId) ?? 0) + 1);
  }
  return found;
}

const enrolAgain = () =>
  forbear(['enrol', file, '--strategy', 'standard-card', '--lender', 'bank', '--rate', '400', '--json'], env);

it('killed in the middle and run again, does nothing twice and forgets nothing', async () => {
  const args = [MAIN, 'enrol', file, '--strategy', 'standard-card', '--lender', 'bank', '--rate', '30'];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const gone = once(child, 'exit');
  // Asked of the book: Temporal's lists lag behind, on a busy machine until the whole file is through.
  while ((await started()) < 20) await new Promise((done) => setTimeout(done, 20));
  child.kill('SIGKILL');
  await gone;
  const before = await started();
  expect(before).toBeGreaterThanOrEqual(20);
  expect(before).toBeLessThan(ROWS - 1);

  const second = await enrolAgain();
  expect(second).toMatchObject({ code: 1, err: '' });
  expect(JSON.parse(second.out)).toMatchObject({ rows: ROWS, rejected: 1, byCode: { ROW_NOT_REACHABLE: 1 } });
  expect(await count('accounts')).toBe(ROWS - 1);
  expect(await count('people')).toBe(ROWS / 2);
  const waiting = await book.db.selectFrom('accounts').select('ref').where('startedAt', 'is', null).execute();
  expect(waiting).toEqual([]);

  // Temporal's lists lag behind by a moment.
  const until = Date.now() + 10_000;
  let after = await runs();
  while (after.size < ROWS - 1 && Date.now() < until) after = await runs();
  expect(after.size).toBe(ROWS - 1);
  expect([...after.values()].every((times) => times === 1)).toBe(true);
  const accounts = await book.db.selectFrom('accounts').select('ref').execute();
  expect(new Set(after.keys())).toEqual(new Set(accounts.map(({ ref }) => `account:bank:${ref}`)));
}, 120_000);

it('says of a third run that everything is known', async () => {
  const third = JSON.parse((await enrolAgain()).out) as unknown;
  expect(third).toMatchObject({ good: 0, again: ROWS - 1, started: 0 });
});

it('refuses an account whose content differs from the book', async () => {
  const other = join(dir, 'other.csv');
  const lines = portfolio().split('\n');
  writeFileSync(other, [lines[0], lines[1]?.replace('900.00', '901.00'), lines[2]].join('\n'));
  const args = ['enrol', other, '--strategy', 'standard-card', '--lender', 'bank', '--json'];
  const ran = await forbear(args, env);
  expect(JSON.parse(ran.out)).toMatchObject({ again: 1, byCode: { ROW_IN_BOOK_DIFFERENT: 1 } });
  expect(ran.code).toBe(1);
});

it("leaves nothing personal with Temporal, and the lender's number neither", async () => {
  const [id] = [...(await runs()).keys()];
  const history = await temporal.client.workflow.getHandle(id ?? '').fetchHistory();
  const seen = JSON.stringify(history).replace(/"data":"([^"]*)"/g, (_all, data: string) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
  expect(seen).toContain('"enteredOn"');
  expect(seen).not.toMatch(/甲乙|\+86138|K-\d|P-\d/);
});
