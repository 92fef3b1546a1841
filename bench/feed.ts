import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBook, type Book } from '../src/book/open-book';
import { publish } from '../src/book/strategies';
import { strategyOf } from '../src/domain/strategy/document/compile';
import { Keeper } from '../src/stack/keeper';
import { built } from '../src/stack/node-service';
import { createDatabase, startPostgres } from '../src/stack/postgres';
import { CHANGED, writeSnapshot, type Written } from './support/feed-file';
import type { Options } from './support/options';
import { cpuOf, peakOf } from './support/process-figures';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

/** `--sample` or FORBEAR_BENCH_ROWS makes it shorter. */
const ROWS = Number(process.env['FORBEAR_BENCH_ROWS'] ?? 1_000_000);
const MOST_MB = 300;

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
      const file = await writeSnapshot(join(folder, `${day}.csv`), size, day, changed);
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
