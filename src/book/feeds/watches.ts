import { sql, type Selectable } from 'kysely';
import { fail } from '../../domain/errors/forbear-error';
import type { Db } from '../open-book';
import type { FolderSeen, Tables } from '../tables';

export type Watch = Selectable<Tables['feedWatches']>;

/** The settings of a watched folder and its mappings, as texts: whoever uses them reads them, and checks them again. */
export type WatchGiven = Pick<Watch, 'name' | 'lender' | 'folder' | 'document' | 'mappings'>;

/** Keeps the settings, new or changed; a watch that was stopped goes on. Throws WATCH_FOLDER_TAKEN. */
export async function putWatch(db: Db, given: WatchGiven): Promise<void> {
  const other = await db
    .selectFrom('feedWatches')
    .select('name')
    .where('folder', '=', given.folder)
    .where('name', '!=', given.name)
    .where('stoppedAt', 'is', null)
    .executeTakeFirst();
  if (other !== undefined) fail('WATCH_FOLDER_TAKEN', { folder: given.folder, name: other.name });
  const values = { ...given, mappings: JSON.stringify(given.mappings), stoppedAt: null };
  await db
    .insertInto('feedWatches')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ ...values, changedAt: sql<string>`clock_timestamp()` }),
    )
    .execute();
}

/** Throws WATCH_UNKNOWN. */
export async function findWatch(db: Db, name: string): Promise<Watch> {
  const found = await db.selectFrom('feedWatches').selectAll().where('name', '=', name).executeTakeFirst();
  return found ?? fail('WATCH_UNKNOWN', { name });
}

/** Those that are not stopped, by name. */
export function listWatches(db: Db): Promise<Watch[]> {
  return db.selectFrom('feedWatches').selectAll().where('stoppedAt', 'is', null).orderBy('name').execute();
}

export async function stopWatch(db: Db, name: string): Promise<void> {
  await db
    .updateTable('feedWatches')
    .set({ stoppedAt: sql<string>`clock_timestamp()` })
    .where('name', '=', name)
    .where('stoppedAt', 'is', null)
    .execute();
}

/** What was seen at the last look. */
export async function noteLook(db: Db, name: string, seen: FolderSeen): Promise<void> {
  await db
    .updateTable('feedWatches')
    .set({ lookedAt: sql<string>`clock_timestamp()`, seen: JSON.stringify(seen) })
    .where('name', '=', name)
    .execute();
}
