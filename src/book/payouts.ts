import { createHash } from 'node:crypto';
import type { Payout } from '../domain/account/events';
import { factsOf } from './facts-of';
import type { HostActionRow } from './host-actions';
import type { Db } from './open-book';

/** How a request of money is called in the book and at the lender's. */
export const PAYOUT = 'pay-back';

/** The lender's system is asked to pay back what was paid too much: once for each such fact, however often it is told. */
export async function requestPayout(
  db: Db,
  account: string,
  { id: fact, at, valueDate: anchor, amount }: Payout,
): Promise<void> {
  const id = idOf(account, fact);
  const known = await db.selectFrom('hostActions').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) return;
  const { n } = await db
    .selectFrom('hostActions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account', '=', account)
    .where('step', '=', PAYOUT)
    .where('anchor', '=', anchor)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('hostActions')
    .values({ id, account, step: PAYOUT, anchor, n: Number(n), action: PAYOUT, requestedAt: at, amount })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const idOf = (account: string, fact: string): string =>
  `payout-${createHash('sha256').update(`${account} ${fact}`).digest('hex').slice(0, 24)}`;

/** Whether the fact that it was asked for was taken back by now: then nothing is to be paid. */
export async function isTakenBack(
  db: Db,
  { id, account }: Pick<HostActionRow, 'id' | 'account'>,
): Promise<boolean> {
  const facts = await factsOf(db, account);
  const fact = facts.find((one) => one.kind === 'payout' && idOf(account, one.id) === id);
  let taken = false;
  for (const one of facts) if (one.kind === 'reversal' && one.of === fact?.id) taken = one.undone !== true;
  return taken;
}

/** Requests of money that nobody has handed to the lender's system yet, the oldest first. */
export function unhandedPayouts(db: Db, limit: number): Promise<HostActionRow[]> {
  return db
    .selectFrom('hostActions')
    .selectAll()
    .where('action', '=', PAYOUT)
    .where('status', '=', 'requested')
    .where('handedAt', 'is', null)
    .orderBy('requestedAt')
    .limit(limit)
    .execute();
}
