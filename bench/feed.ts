import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBook } from '../src/book/open-book';
import { publish } from '../src/book/strategies';
import { strategyOf } from '../src/domain/strategy/document/compile';
import { Keeper } from '../src/stack/keeper';
import { built } from '../src/stack/node-service';
import { createDatabase, startPostgres } from '../src/stack/postgres';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

/** FORBEAR_BENCH_ROWS makes it shorter. */
const ROWS = Number(process.env['FORBEAR_BENCH_ROWS'] ?? 1_000_000);
const MOST_MB = 300;
/** Of a hundred rows so many are others the next day. */
const CHANGED = 1;

/**
 * Two snapshots of a book in which nobody is late, each taken in a process of its own: every row new on the first day,
 * one in a hundred changed on the second. The book is a PostgreSQL of this machine; nothing is told to Temporal.
 */
export async function main(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  try {
    const server = await startPostgres(keeper, false);
    await createDatabase(server, 'feed');
    const url = server.url('feed');
    const book = await openBook(url, { migrate: true });
    const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
    await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
    await book.close();
    const first = await take(url, await write(join(folder, 'first.csv'), 0), '2026-04-10');
    const second = await take(url, await write(join(folder, 'second.csv'), 1), '2026-04-11');
    return [
      { what: 'rows of each snapshot', measured: whole(ROWS) },
      ...rows('all new', first),
      ...rows(`${CHANGED} in 100 changed`, second),
    ];
  } finally {
    await keeper.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

function rows(name: string, { seconds, megabytes }: Measured): Row[] {
  return [
    { what: `${name}: rows a second`, measured: `${whole(ROWS / seconds)} in ${seconds.toFixed(1)} s` },
    {
      ...{ what: `${name}: peak memory`, measured: `${megabytes} MB`, aim: `under ${MOST_MB} MB` },
      met: megabytes < MOST_MB,
    },
  ];
}

async function write(file: string, day: number): Promise<{ file: string; sum: number }> {
  const out = createWriteStream(file);
  out.write('account,person,name,past_due,cycles,balance,next_due,next_amount,fact.score\n');
  let sum = 0;
  for (let i = 0; i < ROWS; i += 1) {
    const balance = 5_000 + (i % 7_000) + (i % 100 < CHANGED ? day : 0);
    sum += balance;
    const row = `A-${i},P-${i},示例${i % 997},0.00,0,${balance}.00,2026-04-25,90.00,${i % 100}\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { file, sum };
}

async function take(
  url: string,
  { file, sum }: { file: string; sum: number },
  day: string,
): Promise<Measured> {
  const totals = ['--rows', String(ROWS), '--sum', `${sum}.00`];
  const args = ['feed', file, '--as-of', day, '--kind', 'snapshot', '--strategy', 'standard-card', ...totals];
  const places = {
    FORBEAR_BOOK_URL: url,
    FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1',
    FORBEAR_NAMESPACE: 'none',
  };
  const from = process.hrtime.bigint();
  const child = spawn(process.execPath, [built('client/cli/main.js'), ...args], {
    env: { ...process.env, ...places },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`The feed ended with ${code ?? 'a signal'}`);
  return { seconds: Number(process.hrtime.bigint() - from) / 1e9, megabytes: Math.round(peak / 1024) };
}

/** The kernel's own high-water mark of a process's memory, in KB; 0 where there is none to read. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
