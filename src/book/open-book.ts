import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool, types } from 'pg';
import { ForbearError } from '../domain/errors/forbear-error';
import { GatheringSocket } from './gathering-socket';
import { guarded } from './guarded-pool';
import { checkVersion, migrate } from './version';
import type { Tables } from './tables';

/** The book's connection, or a transaction on it: every function of the book takes one. */
export type Db = Kysely<Tables> | Transaction<Tables>;

/** An open book. `close` ends its connections. */
export interface Book {
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Most connections at a time. */
  readonly max?: number;
  /** Bring the book forward to this program's version first. */
  readonly migrate?: boolean;
}

const IDLE_MS = 60_000;

/**
 * Opens the book at a `postgres://` address and checks its version.
 * Throws BOOK_UNREACHABLE, BOOK_VERSION_OLD or BOOK_VERSION_NEW.
 */
export async function openBook(url: string, options: OpenOptions = {}): Promise<Book> {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    // A process that hangs in the middle of a transaction must not hold its locks, and a stop, for ever.
    idle_in_transaction_session_timeout: IDLE_MS,
    // Statements that are given together leave together, and none waits for the answer of the one before it.
    pipeline: true,
    stream: () => new GatheringSocket(),
    types: { getTypeParser: readAs },
  });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: guarded(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  try {
    if (options.migrate === true) await migrate(db);
    else await checkVersion(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, close: () => db.destroy() };
}

/** Runs `work` in a transaction: the one given, or a new one. */
export function inTransaction<T>(db: Db, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return isTransaction(db) ? work(db) : db.transaction().execute(work);
}

function isTransaction(db: Db): db is Transaction<Tables> {
  return db.isTransaction;
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: exact,
  [NUMERIC]: Number,
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
};

function exact(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new ForbearError('BOOK_NUMBER_TOO_LARGE');
  return value;
}

function readAs(oid: number, format?: 'text' | 'binary') {
  const own = format === 'binary' ? undefined : parsers[oid];
  return own ?? types.getTypeParser(oid, format);
}
