import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBook, type Book } from '../src/book/open-book';
import { publish } from '../src/book/strategies';
import { strategyOf } from '../src/domain/strategy/document/compile';
import { Keeper } from '../src/stack/keeper';
import { built } from '../src/stack/node-service';
import { createDatabase, startPostgres } from '../src/stack/postgres';
import type { Options } from './support/options';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

/** `--sample` or FORBEAR_BENCH_ROWS makes it shorter. */
const ROWS = Number(process.env['FORBEAR_BENCH_ROWS'] ?? 1_000_000);
const MOST_MB = 300;
/** Of a hundred rows so many are others the next day. */
const CHANGED = 1;

/**
 * Three snapshots of a book in which nobody is late, each taken in a process of its own: every row new on the first day,
 * none changed on the second, one in a hundred on the third. The book is a PostgreSQL of this machine, whose memory is
 * not counted. No Temporal is there: a row that meant anything for a workflow would fail the command.
 */
export async function main({ sample }: Options): Promise<Row[]> {
  const size = sample ?? ROWS;
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  try {
    const server = await startPostgres(keeper, false);
    await createDatabase(server, 'feed');
    const url = server.url('feed');
    const book = await openBook(url, { migrate: true });
    const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
    await publish(book.db, strategyOf(text, 'standard-card.yaml'), text);
    const days = [
      { name: 'all new', day: '2026-04-10', changed: 0 },
      { name: 'all unchanged', day: '2026-04-11', changed: 0 },
      { name: `${CHANGED} in 100 changed`, day: '2026-04-12', changed: 1 },
    ];
    const found: Row[] = [{ what: 'rows of each snapshot', measured: whole(size) }];
    for (const { name, day, changed } of days) {
      const file = await write(join(folder, `${day}.csv`), size, day, changed);
      const taken = await take(url, file, day);
      found.push(...rows(name, size, taken));
      rmSync(file.file);
    }
    found.push({ what: 'facts for workflows', ...(await factsIn(book)), aim: 'none' });
    await book.close();
    return found;
  } finally {
    await keeper.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

async function factsIn({ db }: Book): Promise<{ measured: string; met: boolean }> {
  const count = (table: 'journal' | 'feedWork' | 'accounts') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
  const found = await Promise.all([count('journal'), count('feedWork'), count('accounts')]);
  const all = found.reduce((sum, { n }) => sum + n, 0);
  return { measured: whole(all), met: all === 0 };
}

function rows(name: string, size: number, { seconds, cpu, megabytes }: Measured): Row[] {
  return [
    { what: `${name}: rows a second`, measured: `${whole(size / seconds)} in ${seconds.toFixed(1)} s` },
    { what: `${name}: processor time of the command`, measured: `${cpu.toFixed(1)} s` },
    {
      ...{ what: `${name}: peak memory`, measured: `${megabytes} MB`, aim: `under ${MOST_MB} MB` },
      met: megabytes < MOST_MB,
    },
  ];
}

interface Written {
  readonly file: string;
  readonly size: number;
  readonly sum: number;
}

/** The moment of its figures is another every day, and no part of what a row says. */
async function write(file: string, size: number, day: string, changed: number): Promise<Written> {
  const out = createWriteStream(file);
  out.write('account,person,name,past_due,cycles,balance,next_due,next_amount,fact.score,as_of\n');
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    const balance = 5_000 + (i % 7_000) + (i % 100 < CHANGED ? changed : 0);
    sum += balance;
    const said = `0.00,0,${balance}.00,2026-04-25,90.00,${i % 100},${day}`;
    const row = `A-${i},P-${i},示例${i % 997},${said}\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { file, size, sum };
}

async function take(url: string, { file, size, sum }: Written, day: string): Promise<Measured> {
  const totals = ['--rows', String(size), '--sum', `${sum}.00`];
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
  let [peak, cpu] = [0, 0];
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
    cpu = Math.max(cpu, cpuOf(child.pid ?? 0));
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`The feed ended with ${code ?? 'a signal'}`);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  return { seconds, cpu, megabytes: Math.round(peak / 1024) };
}

/** Seconds of processor time that a process has used; 0 where there is nothing to read. Linux counts in hundredths. */
function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const cells = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(cells[11]) + Number(cells[12])) / 100;
  } catch {
    return 0;
  }
}

/** The kernel's own high-water mark of a process's memory, in KB; 0 where there is none to read. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
