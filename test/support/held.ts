import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../src/book/tables';

/** Where another process is to be held: as it reads a table, or as it writes a row of which the condition is true. */
export type Place =
  | { readonly reads: string }
  | {
      readonly table: string;
      readonly on: 'insert' | 'update' | 'delete';
      /** Of the row, as SQL with `new` and `old`. */
      readonly when: string;
    };

let last = 0;

/**
 * Holds whoever comes to a place, by a lock of the database, until `meanwhile` is over; `reached` waits for somebody to
 * stand there, and fails where `unless` comes first. So a process can be killed at exactly that place, however quick or slow the machine is. The statement
 * that is held is ended then, and nothing of its transaction stands.
 */
export async function heldAt(
  db: Kysely<Tables>,
  place: Place,
  meanwhile: (reached: (unless?: Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const key = (last += 1);
  const held = await ('reads' in place ? atReading(db, place.reads) : atWriting(db, place, key));
  const at = 'reads' in place ? place.reads : key;
  try {
    await meanwhile(async (unless) => {
      let over = false;
      void unless?.finally(() => (over = true));
      while ((await waiting(db, at)).length === 0) {
        if (over) throw new Error('it came to its end and was held nowhere');
        await new Promise((done) => setTimeout(done, 20));
      }
    });
    // As PostgreSQL does itself when it finds that a client is gone.
    for (const pid of await waiting(db, at)) await sql`select pg_terminate_backend(${pid})`.execute(db);
  } finally {
    await held();
  }
}

type Release = () => Promise<void>;

/** A connection that keeps what it has locked until it is let go. */
async function keeping(db: Kysely<Tables>, lock: (tx: Kysely<Tables>) => Promise<unknown>): Promise<Release> {
  const tx = await db.startTransaction().execute();
  // The book ends a connection that does nothing in a transaction for a minute.
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  await lock(tx);
  return async () => void (await tx.rollback().execute());
}

const atReading = (db: Kysely<Tables>, table: string): Promise<Release> =>
  keeping(db, (tx) => sql`lock table ${sql.table(table)} in access exclusive mode`.execute(tx));

async function atWriting(
  db: Kysely<Tables>,
  { table, on, when }: Exclude<Place, { reads: string }>,
  key: number,
): Promise<Release> {
  const name = `held_${key}`;
  await sql
    .raw(
      `create function ${name}() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock_shared(${key}); return coalesce(new, old); end $$`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger ${name} before ${on} on ${table} for each row when (${when}) execute function ${name}()`,
    )
    .execute(db);
  // The trigger stays: nobody waits at it any more, and to drop it would wait for whoever is held at another place.
  return keeping(db, (tx) => sql`select pg_advisory_xact_lock(${key}::bigint)`.execute(tx));
}

/** The processes of PostgreSQL that are held there. */
async function waiting(db: Kysely<Tables>, at: string | number): Promise<readonly number[]> {
  const which =
    typeof at === 'string'
      ? sql`relation = to_regclass(${at})`
      : sql`locktype = 'advisory' and classid = 0 and objid = ${at}`;
  const { rows } = await sql<{ pid: number }>`select pid from pg_locks where not granted and ${which}
    and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows.map(({ pid }) => pid);
}
