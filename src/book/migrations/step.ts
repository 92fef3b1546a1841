import { sql, type Kysely, type Migration } from 'kysely';

/** A step of the book's schema: its statements, in order. Steps are added, never changed; there is no way back. */
export function step(...statements: readonly string[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
