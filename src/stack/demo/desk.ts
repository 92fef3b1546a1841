import { addStaff, changeKey, listStaff, type Claim } from '../../book/staff';
import type { ForbearClient } from '../../client/client';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';

/** Two of the demo's staff: one asks, the other lets it happen. */
export interface Desk {
  readonly asks: Claim;
  readonly lets: Claim;
}

/** Takes them on, once a book. Null where the book has staff of its own: whoever that is acts for itself. */
export async function openDesk(db: Db): Promise<Desk | null> {
  if ((await listStaff(db)).length > 0) return null;
  const first = await addStaff(db, 'demo-head', ['head'], null);
  const lets = { ref: first.ref, key: first.key };
  const second = await addStaff(db, 'demo-compliance', ['compliance'], lets);
  const asks = { ref: second.ref, key: second.key };
  return { asks: await changeKey(db, asks), lets };
}

/** A hold of weight is lifted as everywhere: one asks, another lets it go. */
export async function liftHold(
  client: ForbearClient,
  desk: Desk,
  account: string,
  said: { readonly id: string; readonly hold: string; readonly at: Instant },
): Promise<void> {
  const released = await client.releaseHold({ account }, said, desk.asks);
  if (!released.done) await client.decideRelease(said.id, 'approve', desk.lets);
}
