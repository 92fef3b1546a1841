import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publish } from '../src/book/strategies';
import { openClient, type ForbearClient } from '../src/client/client';
import { watchFolder } from '../src/client/feed/watch';
import { strategyOf } from '../src/domain/strategy/document/compile';
import { removeElsewhere } from '../src/stack/postgres-place';
import { startStack, type Stack } from '../src/stack/stack';
import { CHANGED, writeSnapshot } from './support/feed-file';
import type { Options } from './support/options';
import { cpuOf, peakOf } from './support/process-figures';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

/** `--sample` or FORBEAR_BENCH_ROWS makes it shorter. */
const ROWS = Number(process.env['FORBEAR_BENCH_ROWS'] ?? 1_000_000);
const MOST_MB = 300;
const NAME = 'bench';

/**
 * The three snapshots of the bench `feed`, dropped one after the other into a watched folder of a whole stack. The worker
 * takes them by itself, beside everything else that it is there for: what a file adds to what it has needed before is
 * measured, by the kernel's high-water mark of its memory.
 */
export async function main({ sample }: Options): Promise<Row[]> {
  const size = sample ?? ROWS;
  const data = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const stack = await startStack({ kind: 'test', data, worker: false });
  const { bookUrl, temporalAddress: address, namespace, taskQueue } = stack;
  const client = await openClient({ bookUrl, temporal: { address, namespace, taskQueue } });
  try {
    const text = readFileSync(join(ROOT, 'strategies', 'standard-card.yaml'), 'utf8');
    await publish(client.book.db, strategyOf(text, 'standard-card.yaml'), text);
    const folder = join(data, 'files');
    mkdirSync(folder);
    await watch(client, folder);
    await stack.startWorker();
    const days = [
      { name: 'all new', day: '2026-04-08', changed: 0 },
      { name: 'all unchanged', day: '2026-04-09', changed: 0 },
      { name: `${CHANGED} in 100 changed`, day: '2026-04-10', changed: 1 },
    ];
    // Once around with a small file: what the worker needs for any file is no matter of its size.
    await take(stack, folder, 'small', 1_000, '2026-04-07', 0);
    const before = peakOf(stack.pidOf('worker') ?? 0);
    const found: Row[] = [
      { what: 'rows of each snapshot', measured: whole(size) },
      { what: "the worker's memory before", measured: `${megabytes(before)} MB` },
    ];
    for (const { name, day, changed } of days)
      found.push(...(await take(stack, folder, name, size, day, changed)));
    const grown = megabytes(peakOf(stack.pidOf('worker') ?? 0) - before);
    found.push({
      ...{ what: 'what the three files add to it at the peak', measured: `${grown} MB` },
      ...{ aim: `under ${MOST_MB} MB`, met: grown < MOST_MB },
    });
    return found;
  } finally {
    await client.close();
    await stack.stop();
    removeElsewhere(data);
    rmSync(data, { recursive: true, force: true });
  }
}

async function watch(client: ForbearClient, folder: string): Promise<void> {
  const document = [
    ...['forbear: feeds/1', `name: ${NAME}`, `lender: ${NAME}`, 'folder: files', 'strategy: standard-card'],
    ...['zone: Asia/Shanghai', 'every_seconds: 10', 'feeds:'],
    // The small file is another source than nothing: nearly all of it leaves with the next one, and that is meant.
    '  cards: { kind: snapshot, files: "cards-{date}.csv", ready: "cards-{date}.ok", leave_share: 100 }',
  ].join('\n');
  await watchFolder(client.desk, { name: NAME, lender: NAME, folder, document, mappings: {} }, 10);
}

const megabytes = (kilobytes: number): number => Math.round(kilobytes / 1024);

/** Drops a file, and waits until the worker has put it away. */
async function take(
  stack: Stack,
  folder: string,
  name: string,
  size: number,
  day: string,
  changed: number,
): Promise<Row[]> {
  const called = `cards-${day.replaceAll('-', '')}`;
  const { sum } = await writeSnapshot(join(folder, `${called}.csv.part`), size, day, changed);
  renameSync(join(folder, `${called}.csv.part`), join(folder, `${called}.csv`));
  const pid = stack.pidOf('worker') ?? 0;
  const [cpu, from] = [cpuOf(pid), process.hrtime.bigint()];
  writeFileSync(join(folder, `${called}.ok`), `rows=${size}\nsum=${sum}.00\n`);
  while (!existsSync(join(folder, 'done', `${called}.csv`))) {
    if (existsSync(join(folder, 'refused', `${called}.csv`)))
      throw new Error(readFileSync(join(folder, 'refused', `${called}.csv.reason.txt`), 'utf8'));
    if (stack.pidOf('worker') !== pid) throw new Error('The worker died.');
    await new Promise((done) => setTimeout(done, 100));
  }
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  rmSync(join(folder, 'done', `${called}.csv`));
  return [
    { what: `${name}: from ready to put away`, measured: `${seconds.toFixed(1)} s` },
    { what: `${name}: processor time of the worker`, measured: `${(cpuOf(pid) - cpu).toFixed(1)} s` },
    { what: `${name}: the worker's peak memory so far`, measured: `${megabytes(peakOf(pid))} MB` },
  ];
}
