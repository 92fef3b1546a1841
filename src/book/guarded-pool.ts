import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { ForbearError } from '../domain/errors/forbear-error';
import { bookError } from './book-error';
import { statementName } from './statement-name';

/**
 * The pool as Kysely uses it, with every error turned into a coded one before anything can log it. Statements that come
 * again are prepared once a connection, and the beginning of a transaction goes with its first statement.
 */
export function guarded(pool: Pool): PostgresPool {
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

const NOTHING = { command: 'SELECT' as const, rowCount: 0, rows: [] };

function guardedClient(client: PoolClient): PostgresPoolClient {
  // A `begin` that waits for the first statement.
  let begins = false;
  // A prepared statement whose tables have changed can be used no more on this connection.
  let isStale = false;

  async function ask<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    const name = statementName(text);
    try {
      const { command, rowCount, rows } = await client.query<R & QueryResultRow>({
        ...{ text, values },
        ...(name === null ? {} : { name }),
      });
      return { command: command as 'SELECT', rowCount: rowCount ?? 0, rows };
    } catch (error) {
      if ((error as { code?: unknown }).code === CHANGED_RESULT) isStale = true;
      throw bookError(error);
    }
  }

  async function one<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    if (text === 'begin') {
      begins = true;
      return NOTHING;
    }
    if (!begins) return ask<R>(text, values);
    begins = false;
    // Nothing was said in it: there is nothing to end.
    if (text === 'commit' || text === 'rollback') return NOTHING;
    const [, answer] = await Promise.all([ask<never>('begin', []), ask<R>(text, values)]);
    return answer;
  }

  function query<R>(sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(what: unknown, parameters: ReadonlyArray<unknown> = []): unknown {
    if (typeof what !== 'string') throw new ForbearError('BOOK_CURSOR');
    return one(what, [...parameters]);
  }
  return {
    query,
    release: () => {
      begins = false;
      client.release(isStale);
    },
  };
}

/** PostgreSQL's feature_not_supported, as of a cached plan whose result would have other columns. */
const CHANGED_RESULT = '0A000';
