import { accountOf } from '../../book/accounts';
import { answerHost, hostCallBegins, hostCallEnds, type HostActionRow } from '../../book/host-actions';
import type { Db } from '../../book/open-book';
import { isTakenBack, unhandedPayouts } from '../../book/payouts';
import type { HostSystem } from './host-system';

const AT_ONCE = 50;

/**
 * Hands the lender's system what it is to pay back. An account may be closed by then, so that no step of it asks. What
 * could not be handed over stays, and is asked again by the same id in the next turn.
 */
export async function handOverPayouts(db: Db, host: HostSystem): Promise<number> {
  const waiting = await unhandedPayouts(db, AT_ONCE);
  const failed: unknown[] = [];
  // One that cannot be handed over keeps no other one waiting.
  for (const row of waiting) await handOver(db, host, row).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
  return waiting.length;
}

async function handOver(db: Db, host: HostSystem, row: HostActionRow): Promise<void> {
  const { id, account: ref, step, action, amount, requestedAt } = row;
  // Reversed before the lender's system heard of it: it hears nothing.
  if (await isTakenBack(db, row)) {
    await answerHost(db, id, 'taken-back', requestedAt);
    return;
  }
  const { lender, lenderNumber, currency } = await accountOf(db, ref);
  await hostCallBegins(db, id);
  const answer = await host.ask({
    ...{ id, lender, account: lenderNumber, ref, step, action, requestedAt },
    ...(amount === null ? {} : { amount, currency }),
  });
  await hostCallEnds(db, id);
  if (answer.answer === 'now') await answerHost(db, id, answer.result, requestedAt);
}
