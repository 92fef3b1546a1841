import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Pool, types, type PoolClient } from 'pg';
import { ForbearError } from '../domain/errors/forbear-error';
import { bookError } from './book-error';
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

/** The pool as Kysely uses it, with every error turned into a coded one before anything can log it. */
function guarded(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw bookError(error);
      });
      const known = wrapped.get(client);
      if (known !== undefined) return known;
      // A checked-out connection that breaks emits an error besides failing its query.
      client.on('error', () => undefined);
      const fresh = guardedClient(client);
      wrapped.set(client, fresh);
      return fresh;
    },
    end: () => pool.end(),
  };
}

function guardedClient(client: PoolClient): PostgresPoolClient {
  function query<R>(sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(what: unknown, parameters: ReadonlyArray<unknown> = []): unknown {
    if (typeof what !== 'string') throw new ForbearError('BOOK_CURSOR');
    return client.query(what, [...parameters]).catch((error: unknown) => {
      throw bookError(error);
    });
  }
  return { query, release: () => client.release() };
}
