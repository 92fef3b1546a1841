import type { Instant } from '../domain/units';
import { inTransaction, type Db } from './open-book';
import { keepEvidence } from './evidence/chain';
import { lockPeople } from './locks';

export interface Consent {
  /** A channel of the strategies, such as `sms` or `call`. */
  readonly channel: string;
  readonly says: 'given' | 'refused';
  readonly saidAt: Instant;
  readonly saidBy: string | null;
}

/**
 * Keeps what a person says of a channel. The last word stands, binds the gate of every account in this transaction, and
 * outlives accounts. Everything that was ever said stays for the evidence.
 */
export function sayConsent(
  db: Db,
  person: string,
  said: {
    readonly channel: string;
    readonly says: 'given' | 'refused';
    readonly at: Instant;
    readonly by?: string;
  },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const [last] = await consentsOf(tx, person, said.channel);
    if (last?.says === said.says) return;
    const { channel, says, at, by } = said;
    await tx
      .insertInto('consents')
      .values({ person, channel, says, saidAt: at, saidBy: by ?? null })
      .execute();
    const body = { channel, says, by: by ?? null };
    await keepEvidence(tx, person, { kind: 'consent', account: null, at, body });
  });
}

/** What stands: the last word for each channel. */
export function consentsOf(db: Db, person: string, channel?: string): Promise<Consent[]> {
  let query = db
    .selectFrom('consents')
    .distinctOn('channel')
    .select(['channel', 'says', 'saidAt', 'saidBy'])
    .where('person', '=', person)
    .orderBy('channel')
    .orderBy('id', 'desc');
  if (channel !== undefined) query = query.where('channel', '=', channel);
  return query.execute();
}

/** Whether the person has refused to be reached on the channel. */
export async function hasRefused(db: Db, person: string, channel: string): Promise<boolean> {
  return (await consentsOf(db, person, channel))[0]?.says === 'refused';
}
