import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setClock } from '../src/book/clock';
import { openBook, type Book } from '../src/book/open-book';
import { publish } from '../src/book/strategies';
import { behindFile, cyclesSaid, movedBetween } from '../src/lab/card-book';
import { cardMapping, cardStrategy, sampleCards, writeCardFeed } from '../src/lab/card-feeds';
import { cardDay, CARD_MONTHS, readCardFile, type CardRow } from '../src/lab/card-file';
import type { Movements } from '../src/lab/movements';
import { playCardFile } from '../src/lab/play-card-file';
import { built } from '../src/stack/node-service';
import { startStack, type Stack } from '../src/stack/stack';
import { connectTo, type TemporalPlace } from './support/temporal-place';
import { ROOT } from './support/root';
import type { Options } from './support/options';
import { whole, type Row } from './support/row';

const SHARED = process.env['FORBEAR_SHARED'] ?? join(ROOT, '..', 'shared');
const FOLDER = join(SHARED, 'data', 'uci-taiwan');
/** With all the other benches only a sample is taken: the whole file is hours of work for two cores. */
const SAMPLE_AMONG_OTHERS = 1_000;
/** Without any account getting further for so long it is given up. */
const PATIENCE_MS = 600_000;
/** The clock of the show was set going before the first month, so long ago that every moment of the file has passed. */
const EPOCH = '2005-04-01T00:00:00.000Z';
const DAYS_AGO = 240;

/**
 * The real card file through the whole engine: six snapshots by `forbear feed`, PostgreSQL, Temporal's dev server and
 * the worker as a process of its own. What the workflows wrote into the book is held against what the file says.
 */
export async function main({ sample, seed, among }: Options): Promise<Row[]> {
  const file = join(FOLDER, 'UCI_Credit_Card.csv');
  if (!existsSync(file)) return [{ what: 'the real card file', measured: 'left out: it is not here' }];
  const rows: CardRow[] = [];
  for await (const row of readCardFile(file)) rows.push(row);
  const wanted = sample ?? (among ? SAMPLE_AMONG_OTHERS : rows.length);
  const taken = wanted >= rows.length ? rows : sampleCards(rows, wanted, seed);
  // Of the whole file it is known from outside what must come out; of a sample the core reckons it.
  const expected = taken.length === rows.length ? expectedOfFile() : playCardFile(taken).movements;
  const data = mkdtempSync(join(tmpdir(), 'forbear-card-file-'));
  // The sweep looks for what was lost, and here it would only look at the same accounts again and again.
  Object.assign(process.env, { FORBEAR_SWEEP_SECONDS: '600', FORBEAR_FIGURES_SECONDS: '86400' });
  const stack = await startStack({ kind: 'test', data, worker: false });
  const book = await openBook(stack.bookUrl);
  const place = await connectTo(stack.temporalAddress, stack.namespace);
  try {
    const started = new Date(Date.now() - DAYS_AGO * 86_400_000).toISOString();
    // So no account waits for a day to come: its time goes by what it is told.
    await setClock(book.db, { kind: 'rehearsal', epoch: EPOCH, started, factor: 1 });
    await publish(book.db, cardStrategy(), 'card-file');
    await stack.startWorker();
    return await sixMonths(stack, book, place, taken, expected);
  } finally {
    await place.close();
    await book.close();
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function sixMonths(
  stack: Stack,
  book: Book,
  place: TemporalPlace,
  taken: readonly CardRow[],
  expected: readonly Movements[],
): Promise<Row[]> {
  const rows: Row[] = [];
  const movements: Movements[] = [];
  let before: ReadonlyMap<string, number> = new Map();
  let seconds = 0;
  for (const month of CARD_MONTHS.keys()) {
    const name = CARD_MONTHS[month] ?? '';
    const from = Date.now();
    const fed = await feed(stack, taken, month);
    const told = (Date.now() - from) / 1000;
    await untilSaid(book, name);
    const all = (Date.now() - from) / 1000;
    seconds += all;
    const said = await cyclesSaid(book.db);
    if (month > 0) movements.push(movedBetween(before, said));
    before = said;
    const what = `${whole(fed.enrol)} begun, ${whole(fed.told)} told, ${whole(said.size)} late`;
    const when = `told in ${told.toFixed(0)} s, decided and done in ${all.toFixed(0)} s`;
    console.log(`  ${name}: ${what}; ${when}`);
    rows.push({ what: name, measured: `${what}; ${when}` });
  }
  const { count } = await place.client.workflowService.countWorkflowExecutions({
    namespace: stack.namespace,
    query: `WorkflowType = 'account'`,
  });
  const { n } = await book.db
    .selectFrom('accounts')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const equal = JSON.stringify(movements) === JSON.stringify(expected);
  if (!equal) console.log(JSON.stringify({ movements, expected }, null, 1));
  return [
    { what: 'accounts, snapshots', measured: `${whole(taken.length)}, ${CARD_MONTHS.length}` },
    ...rows,
    { what: 'accounts with a workflow', measured: whole(n) },
    { what: 'runs of them, with continue-as-new and reopening', measured: whole(Number(count)) },
    { what: 'all six months', measured: `${seconds.toFixed(0)} s` },
    {
      ...{ what: 'movements between the months, from the book', measured: equal ? 'equal' : 'not equal' },
      ...{ aim: 'equal to those of the file', met: equal },
    },
  ];
}

interface Fed {
  readonly enrol: number;
  readonly told: number;
}

/** One snapshot by the command line itself, in a process of its own. */
async function feed(stack: Stack, taken: readonly CardRow[], month: number): Promise<Fed> {
  const file = join(stack.data, `card-${month}.csv`);
  const mapping = join(stack.data, 'card-file.mapping.yaml');
  writeFileSync(mapping, cardMapping());
  const { rows, sum } = await writeCardFeed(file, taken, month);
  const what = ['--as-of', cardDay(month), '--kind', 'snapshot', '--rows', String(rows), '--sum', sum];
  const how = ['--mapping', mapping, '--strategy', 'card-file', '--rate', '1000', '--json'];
  const args = [built('client/cli/main.js'), 'feed', file, ...what, ...how];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, FORBEAR_DATA: stack.data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The feed of ${cardDay(month)} ended with ${code ?? 'a signal'}`);
  return JSON.parse(out) as Fed;
}

/** Until every account has said what the file told of it. */
async function untilSaid(book: Book, name: string): Promise<void> {
  let least = Infinity;
  let since = Date.now();
  for (let shown = 0; ;) {
    const behind = await behindFile(book.db);
    if (behind === 0) return;
    if (behind < least) [least, since] = [behind, Date.now()];
    if (Date.now() - since > PATIENCE_MS)
      throw new Error(`${name}: ${behind} accounts do not say what they were told`);
    if (Date.now() - shown > 30_000) {
      console.log(`  ${name}: ${whole(behind)} accounts are still at it`);
      shown = Date.now();
    }
    await new Promise((done) => setTimeout(done, 1_000));
  }
}

function expectedOfFile(): Movements[] {
  const { transitions } = JSON.parse(readFileSync(join(FOLDER, 'expected-transitions.json'), 'utf8')) as {
    readonly transitions: readonly Movements[];
  };
  return transitions.map(({ enter, cure, worse, same, better_still_late }) => ({
    ...{ enter, cure, worse, same, better_still_late },
  }));
}
