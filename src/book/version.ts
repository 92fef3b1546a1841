import { Migrator, type Kysely } from 'kysely';
import { ForbearError } from '../domain/errors/forbear-error';
import { bookError, isCode } from './book-error';
import { MIGRATIONS } from './migrations/all';
import type { Tables } from './tables';

const STEPS = Object.keys(MIGRATIONS).sort();

/**
 * Brings the book forward to this program's version; a newer book is refused (BOOK_VERSION_NEW), and one that has a step
 * without those before it (BOOK_STEPS_ORDER).
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const known = await stepsInBook(db);
  refuseNewer(known);
  refuseGaps(known);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw bookError(error);
}

/** Throws BOOK_VERSION_OLD or BOOK_VERSION_NEW unless the book is exactly at this program's version. */
export async function checkVersion(db: Kysely<Tables>): Promise<void> {
  const known = await stepsInBook(db);
  refuseNewer(known);
  const missing = STEPS.find((name) => !known.includes(name));
  if (missing !== undefined) throw new ForbearError('BOOK_VERSION_OLD', { missing });
}

function refuseNewer(known: readonly string[]): void {
  const unknown = known.find((name) => !STEPS.includes(name));
  if (unknown !== undefined) throw new ForbearError('BOOK_VERSION_NEW', { unknown });
}

function refuseGaps(known: readonly string[]): void {
  const missing = STEPS.find((name) => !known.includes(name));
  const after = known.find((name) => missing !== undefined && name > missing);
  if (missing !== undefined && after !== undefined)
    throw new ForbearError('BOOK_STEPS_ORDER', { missing, after });
}

type MigrationTable = { kysely_migration: { name: string } };

const UNDEFINED_TABLE = '42P01';

async function stepsInBook(db: Kysely<Tables>): Promise<readonly string[]> {
  const plain = db.withoutPlugins().withTables<MigrationTable>();
  try {
    const rows = await plain.selectFrom('kysely_migration').select('name').orderBy('name').execute();
    return rows.map((row) => row.name);
  } catch (error) {
    if (
      isCode(error, 'BOOK_FAILED') &&
      error instanceof ForbearError &&
      error.args['sqlstate'] === UNDEFINED_TABLE
    )
      return [];
    throw error;
  }
}
