import type { Selectable, Transaction } from 'kysely';
import type { Instant } from '../domain/units';
import { possibleKeys } from './carrier-key';
import { keepEvidence } from './evidence/chain';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

/** Which contact a receipt speaks of, so that the account can be told. */
export interface Receipted {
  readonly attempt: string;
  readonly account: string;
  readonly step: string;
  readonly endpoint: string | null;
  /** The same receipt had come before. */
  readonly duplicate: boolean;
}

/**
 * A delivery receipt of a carrier. Kept also when nobody is known for it yet: the answer to the submission may come
 * later than the receipt. Null then.
 */
export function receipt(
  db: Db,
  channel: string,
  carrierId: string,
  status: string,
  at: Instant,
): Promise<Receipted | null> {
  return inTransaction(db, async (tx) => {
    const keys = possibleKeys(carrierId);
    const rows = await tx
      .selectFrom('attempts')
      .select(['id as attempt', 'account', 'step', 'endpoint', 'carrierKey'])
      .where('channel', '=', channel)
      .where('carrierKey', 'in', [...keys])
      .orderBy('reservedAt', 'desc')
      .execute();
    const found = keys.flatMap((key) => rows.filter((row) => row.carrierKey === key))[0] ?? null;
    const made = await tx
      .insertInto('receipts')
      .values({ channel, carrierId, status, at, attempt: found?.attempt ?? null })
      .onConflict((conflict) => conflict.columns(['channel', 'carrierId', 'status']).doNothing())
      .executeTakeFirst();
    if (found === null) return null;
    const isNew = made.numInsertedOrUpdatedRows !== 0n;
    if (isNew) await markDelivery(tx, found.attempt, status, at);
    const { attempt, account, step, endpoint } = found;
    return { attempt, account, step, endpoint, duplicate: !isNew };
  });
}

/** Joins receipts that came before the attempt knew its carrier's id. */
export async function linkReceipts(
  tx: Transaction<Tables>,
  attempt: string,
  waiting: readonly Pick<Selectable<Tables['receipts']>, 'id' | 'status' | 'at'>[],
): Promise<void> {
  for (const { id, status, at } of waiting) {
    await tx.updateTable('receipts').set({ attempt }).where('id', '=', id).execute();
    await markDelivery(tx, attempt, status, at);
  }
}

async function markDelivery(
  tx: Transaction<Tables>,
  attempt: string,
  delivery: string,
  at: Instant,
): Promise<void> {
  const { person, account } = await tx
    .updateTable('attempts')
    .set({ delivery, deliveryAt: at })
    .where('id', '=', attempt)
    .returning(['person', 'account'])
    .executeTakeFirstOrThrow();
  const body = { attempt, delivery };
  await keepEvidence(tx, person, { kind: 'delivered', account, at, body });
}
