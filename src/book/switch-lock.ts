import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables';

/** The lock that every reservation shares and that a stop takes alone. */
export const SWITCH_LOCK = 7_261_009;

/**
 * Taken first in every transaction that lets something go out. A stop that was made before is seen by whatever is read
 * after this; one that is made later waits until this transaction has ended (stop.ts).
 */
export async function shareSwitches(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(SWITCH_LOCK)})`.execute(tx);
}
