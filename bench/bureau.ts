import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createBureauActivities } from '../src/activities/bureau/cycle-activities';
import { OutboxFolder } from '../src/activities/host/outbox-folder';
import { putReporting } from '../src/book/furnishing/reportings';
import { openBook, type Db } from '../src/book/open-book';
import { publish } from '../src/book/strategies';
import { checkBureauFile } from '../src/client/bureau/check-bureau-file';
import { cardReporting, enrolCards } from '../src/lab/card-bureau';
import { cardStrategy, sampleCards } from '../src/lab/card-feeds';
import { readCardFile, type CardRow } from '../src/lab/card-file';
import { Keeper } from '../src/stack/keeper';
import { createDatabase, startPostgres } from '../src/stack/postgres';
import type { Options } from './support/options';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

/** `--sample` or FORBEAR_BENCH_ROWS makes it shorter. Up to 30,000 they are the real accounts themselves. */
const ROWS = Number(process.env['FORBEAR_BENCH_ROWS'] ?? 1_000_000);
const REAL = 30_000;
/** Of a larger book so many are real, and the others copies of them. */
const COPIED = 5_000;
const MOST_MB = 400;
const MONTH = '2005-09';

/**
 * One month of a bureau from the real card file, with people who are made up, and of copies of it where more is asked
 * for. The activities run in this process, without a workflow; the book is a PostgreSQL whose memory is not counted.
 * FORBEAR_BUREAU_OUT names a folder where the file is to stay, for another program to look at.
 */
export async function main({ sample, seed }: Options): Promise<Row[]> {
  const size = sample ?? ROWS;
  const file = join(
    process.env['FORBEAR_SHARED'] ?? join(ROOT, '..', 'shared'),
    'data/uci-taiwan/UCI_Credit_Card.csv',
  );
  if (!existsSync(file)) return [{ what: 'skipped', measured: 'the card file is not here' }];
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  try {
    const server = await startPostgres(keeper, false);
    await createDatabase(server, 'bureau');
    const book = await openBook(server.url('bureau'), { migrate: true });
    const { db } = book;
    const { hash } = await publish(db, cardStrategy(), 'card-file');
    const all: CardRow[] = [];
    for await (const row of readCardFile(file)) all.push(row);
    const real = Math.min(size, size <= REAL ? size : COPIED);
    await enrolCards(db, real === REAL ? all : sampleCards(all, real, seed), hash);
    for (let copy = 1; copy * real < size; copy += 1)
      await copied(db, copy, Math.min(real, size - copy * real));
    const send = process.env['FORBEAR_BUREAU_OUT'] ?? join(folder, 'out');
    mkdirSync(send, { recursive: true });
    const reporting = cardReporting(join(folder, 'kept'), send);
    await putReporting(
      db,
      reporting,
      { pack: null, version: null, answerDays: 30, retention: null, by: [] },
      'sample',
    );
    const found = await month(db, reporting.name, folder, size);
    const checked = await checkBureauFile(join(send, found.name), { most: 5, today: '2099-12-31' });
    await book.close();
    return [
      { what: 'accounts', measured: whole(size) },
      ...found.rows,
      {
        what: 'errors of our own check',
        measured: whole(checked.errors),
        aim: '0',
        met: checked.errors === 0,
      },
    ];
  } finally {
    await keeper.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function month(db: Db, reporting: string, folder: string, size: number) {
  const act = createBureauActivities({ db, host: new OutboxFolder(join(folder, 'host')) });
  const opened = await act.openBureauFile({ reporting, month: MONTH, now: new Date().toISOString() });
  if (opened.how !== 'file') throw new Error(`There is nothing to make: ${opened.how}`);
  const file = { reporting, file: opened.file };
  const rows: Row[] = [];
  const before = memory();
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const from = process.hrtime.bigint();
    const done = await work();
    const seconds = Number(process.hrtime.bigint() - from) / 1e9;
    rows.push({ what, measured: `${seconds.toFixed(1)} s, ${whole(size / seconds)} a second` });
    return done;
  };
  await timed('how each stood, kept', () => act.takeBureauSnapshots(file));
  const { aside } = await timed('fields, checked', () => act.furnishBureauFile(file));
  await act.settleBureauDisputes(file);
  const made = await timed('the file, on the disk', () => act.writeBureauFile(file));
  await timed('sent', () => act.sendBureauFile(file));
  const peak = memory();
  rows.push(
    { what: 'records', measured: whole(made.records) },
    { what: 'put aside', measured: whole(aside) },
    { what: 'bytes', measured: whole(made.bytes) },
    { what: 'peak memory before the month began', measured: `${before} MB` },
    { what: 'peak memory', measured: `${peak} MB`, aim: `under ${MOST_MB} MB`, met: peak < MOST_MB },
  );
  return { rows, name: made.name };
}

/** Accounts and people once more under other references. */
async function copied(db: Db, copy: number, count: number): Promise<void> {
  const ref = (column: string) => sql.raw(`'k${copy}-' || ${column}`);
  await sql`insert into people (ref, lender, lender_person, digit, language)
    select ${ref('ref')}, lender, ${ref('lender_person')}, digit, language from people
    where ref not like 'k%-%' order by ref`.execute(db);
  await sql`insert into identities (person, body)
    select ${ref('person')}, body from identities where person not like 'k%-%'`.execute(db);
  await sql`insert into accounts
      (ref, lender, lender_number, person, product, currency, zone, strategy, enrolment, content_hash)
    select ${ref('ref')}, lender, ${ref('lender_number')}, ${ref('person')}, product, currency, zone, strategy,
      enrolment, content_hash from accounts where ref not like 'k%-%' order by ref limit ${count}`.execute(
    db,
  );
  await sql`insert into parties (account, person, role, since)
    select ${ref('account')}, ${ref('person')}, role, since from parties
    where account not like 'k%-%' and ${ref('account')} in (select ref from accounts)`.execute(db);
}

/** The kernel's own high-water mark of this process's memory, in MB. */
function memory(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
