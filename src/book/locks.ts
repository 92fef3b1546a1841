import type { Transaction } from 'kysely';
import type { Tables } from './tables';

/**
 * People first, then accounts, each in the order of their references: reservations, facts about a person and changes of
 * parties all take them so, and never wait for each other in a circle.
 */
export async function lockPeople(tx: Transaction<Tables>, refs: readonly string[]): Promise<void> {
  const once = [...new Set(refs)];
  if (once.length === 0) return;
  await tx
    .selectFrom('people')
    .select('ref')
    .where('ref', 'in', once)
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
}

/** The same for whoever only needs them to stay as they are: several may at a time. */
export async function sharePeople(tx: Transaction<Tables>, refs: readonly string[]): Promise<void> {
  const once = [...new Set(refs)];
  if (once.length === 0) return;
  await tx.selectFrom('people').select('ref').where('ref', 'in', once).orderBy('ref').forShare().execute();
}
