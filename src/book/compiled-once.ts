import { sql, type Compilable, type CompiledQuery, type Expression, type QueryResult } from 'kysely';
import type { Db } from './open-book';

/** A value that stands in a statement until it is asked. */
class Place {
  constructor(readonly name: string) {}
}

/**
 * A statement that is built and compiled once in a process and asked with values ever after: building one of this size
 * costs more than asking it. `make` must build the same statement whatever it is given, and may only hand values on.
 */
export function compiledOnce<P extends object, O>(
  make: (db: Db, given: P) => Compilable<O>,
): (db: Db, given: P) => Promise<QueryResult<O>> {
  let known: CompiledQuery<O> | null = null;
  return (db, given) => {
    known ??= make(db, places<P>()).compile();
    const values = known.parameters.map((one) => (one instanceof Place ? given[one.name as keyof P] : one));
    return db.executeQuery({ ...known, parameters: values });
  };
}

function places<P extends object>(): P {
  return new Proxy({}, { get: (_, name) => new Place(String(name)) }) as P;
}

type Rows<Q> = { readonly [K in keyof Q]: Q[K] extends Expression<infer O> ? readonly O[] : never };

/**
 * Several reads in one statement, which sees one moment of the book: the rows of each, as if it had been asked alone.
 */
export function readAtOnce<P extends object, Q extends Record<string, Expression<unknown>>>(
  make: (db: Db, given: P) => Q,
): (db: Db, given: P) => Promise<Rows<Q>> {
  const ask = compiledOnce<P, { readonly found: Record<string, readonly JsonRow[]> }>((db, given) => {
    const parts = Object.entries(make(db, given)).map(
      ([name, query]) =>
        sql`${sql.lit(name)}, (select coalesce(json_agg(row_to_json(r)), '[]') from (${query}) r)`,
    );
    return { compile: () => sql<never>`select json_build_object(${sql.join(parts)}) as found`.compile(db) };
  });
  return async (db, given) => {
    const { rows } = await ask(db, given);
    const found = Object.entries(rows[0]?.found ?? {});
    return Object.fromEntries(found.map(([name, list]) => [name, list.map(asRow)])) as unknown as Rows<Q>;
  };
}

export type JsonRow = Readonly<Record<string, unknown>>;

/** A row that came as JSON, with the names and the values that it has when it is read alone; T is its columns. */
export function asRow<T>(row: JsonRow): T {
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) made[camel(name)] = plain(value);
  return made as T;
}

/** As PostgreSQL writes a moment in JSON, in whatever zone the connection is. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/;

function plain(value: unknown): unknown {
  return typeof value === 'string' && MOMENT.test(value) ? new Date(value).toISOString() : value;
}

const names = new Map<string, string>();

function camel(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  names.set(name, made);
  return made;
}
