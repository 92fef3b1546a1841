import { answerHost, hostActionOf, type HostActionRow } from '../book/host-actions';
import { fail } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import type { ForbearClient, Sent } from './client';

export const HOST_RESULTS = ['done', 'failed', 'refused'] as const;
export type HostResultCode = (typeof HOST_RESULTS)[number];

/**
 * The lender's system has answered what it was asked: noted with the request and told to the account, both or neither.
 * The same answer again changes nothing. HOST_ACTION_UNKNOWN, HOST_ANSWERED.
 */
export async function answerHostAction(
  client: ForbearClient,
  id: string,
  result: HostResultCode,
  at: Instant = client.now(),
): Promise<{ readonly action: HostActionRow; readonly sent: Sent }> {
  const { db } = client.book;
  const { account, step, result: before } = await hostActionOf(db, id);
  if (before !== null && before !== result) fail('HOST_ANSWERED', { id, result: before });
  // The same id as where the system answers at once (activities/host).
  const fact = { kind: 'host-result', id: `host:${id}`, at, step, result } as const;
  const sent = await client.tell(account, fact, (tx) => answerHost(tx, id, result, at));
  return { action: await hostActionOf(db, id), sent };
}
