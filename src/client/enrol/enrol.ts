import { enrolAccounts } from '../../book/accounts';
import type { Db } from '../../book/open-book';
import type { Published } from '../../book/strategies';
import type { Instant } from '../../domain/units';
import type { Desk } from '../start';
import { readPortfolio, type ReadOptions, type ReadRow } from './read-portfolio';
import { mustTakeRejects, openRejects } from '../../intake/file/rejects';
import { rowHash, toAccount } from '../../intake/row/to-account';
import { Starter } from './starter';
import { mustBeReadable } from '../../intake/file/read-records';
import type { EnrolRow } from '../../intake/row/row';

export interface EnrolOptions extends Omit<ReadOptions, 'onRead'> {
  /** Where rejected rows go; the file is only made when there are any. */
  readonly rejects: string;
  /** Most workflows started a second. */
  readonly rate?: number;
  readonly onProgress?: (sofar: EnrolResult) => void;
  /** Raised to stop between two batches; running it again goes on. */
  readonly signal?: AbortSignal;
}

/** Where rows go: nowhere (they are checked only), into a book to be compared with, or into the book and Temporal. */
export type EnrolInto =
  | { readonly kind: 'check'; readonly db?: Db }
  | { readonly kind: 'enrol'; readonly desk: Desk; readonly strategy: Published; readonly now: Instant };

export interface EnrolResult {
  readonly rows: number;
  /** Rows that can be (`--dry-run`) or were enrolled, new in the book. */
  readonly good: number;
  /** Accounts with the same content that stood further up or in the book. */
  readonly again: number;
  readonly rejected: number;
  readonly started: number;
  readonly byCode: Readonly<Record<string, number>>;
}

const BATCH = 200;

type Good = Extract<ReadRow, { kind: 'good' }>;

/**
 * Enrols a portfolio: checks each row, writes people and accounts to the book in batches and starts their workflows.
 * Killed anywhere and run again, it does nothing twice and forgets nothing: the book knows each account by the
 * lender's number, and which of them were started.
 */
export async function enrolPortfolio(
  file: string,
  into: EnrolInto,
  options: EnrolOptions,
): Promise<EnrolResult> {
  await mustBeReadable(file);
  await mustTakeRejects(options.rejects, file);
  const rejects = openRejects(options.rejects);
  const starter = into.kind === 'enrol' ? new Starter(into.desk, options.rate) : null;
  const count = { rows: 0, good: 0, again: 0 };
  const result = (): EnrolResult => ({
    ...count,
    rejected: rejects.count,
    started: starter?.started ?? 0,
    byCode: rejects.byCode,
  });

  const settle = async (batch: readonly Good[]): Promise<void> => {
    const outcomes = await write(batch, into);
    for (const [i, { record }] of batch.entries()) {
      const outcome = outcomes[i];
      if (outcome === undefined || outcome.what === 'created') count.good += 1;
      else if (outcome.what === 'same') count.again += 1;
      else await rejects.add(record, [{ code: 'ROW_IN_BOOK_DIFFERENT', args: {} }]);
      if (outcome?.start === true && outcome.ref !== null) await starter?.add(outcome.ref);
    }
    options.onProgress?.(result());
  };

  try {
    let batch: Good[] = [];
    for await (const row of readPortfolio(file, options)) {
      count.rows += 1;
      if (row.kind === 'reject') await rejects.add(row.record, row.issues);
      else if (row.kind === 'again') count.again += 1;
      else batch.push(row);
      if (batch.length < BATCH) continue;
      await settle(batch);
      batch = [];
      if (options.signal?.aborted === true) break;
    }
    await settle(batch);
    await starter?.end(options.signal);
    options.onProgress?.(result());
    return result();
  } finally {
    await rejects.close();
  }
}

interface Outcome {
  readonly what: 'created' | 'same' | 'different';
  readonly ref: string | null;
  readonly start: boolean;
}

async function write(batch: readonly Good[], into: EnrolInto): Promise<readonly Outcome[]> {
  const rows = batch.map(({ row }) => row);
  if (into.kind === 'check') return into.db === undefined ? [] : compare(into.db, rows);
  const { desk, strategy, now } = into;
  const accounts = rows.map((row) => toAccount(row, strategy.hash, now));
  const enrolled = await enrolAccounts(desk.db, accounts);
  const waiting = await notStartedOf(
    desk.db,
    enrolled.flatMap(({ ref, outcome }) => (outcome === 'different' ? [] : [ref])),
  );
  return enrolled.map(({ ref, outcome }) => ({ ref, what: outcome, start: waiting.has(ref) }));
}

/** What enrolling would find in the book, without writing anything. */
async function compare(db: Db, rows: readonly EnrolRow[]): Promise<readonly Outcome[]> {
  if (rows.length === 0) return [];
  const known = await db
    .selectFrom('accounts')
    .select(['lender', 'lenderNumber', 'contentHash'])
    .where(
      'lenderNumber',
      'in',
      rows.map((row) => row.account),
    )
    .execute();
  const hashes = new Map(known.map((row) => [`${row.lender} ${row.lenderNumber}`, row.contentHash]));
  return rows.map((row) => {
    const hash = hashes.get(`${row.lender} ${row.account}`);
    const what = hash === undefined ? 'created' : hash === rowHash(row) ? 'same' : 'different';
    return { what, ref: null, start: false };
  });
}

async function notStartedOf(db: Db, refs: readonly string[]): Promise<ReadonlySet<string>> {
  if (refs.length === 0) return new Set();
  const rows = await db
    .selectFrom('accounts')
    .select('ref')
    .where('ref', 'in', refs)
    .where('startedAt', 'is', null)
    .where('status', '=', 'open')
    .execute();
  return new Set(rows.map((row) => row.ref));
}
