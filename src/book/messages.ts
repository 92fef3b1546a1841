import type { Instant } from '../domain/units';
import type { Db } from './open-book';

/** What was sent, word for word: evidence. Personal, so that it stands in this table only and can be erased. */
export interface SentMessage {
  readonly attempt: string;
  readonly account: string;
  readonly person: string;
  readonly template: string;
  /** Hash of the template's text: which version it was. */
  readonly templateHash: string;
  readonly language: string;
  readonly tone: number | null;
  readonly channel: string;
  readonly sentTo: string;
  readonly subject: string | null;
  readonly body: string;
  readonly at: Instant;
}

/** Keeps a rendered message, before it goes out: what may have been sent is always there to be read. */
export async function keepMessage(db: Db, message: SentMessage): Promise<void> {
  await db
    .insertInto('messages')
    .values(message)
    .onConflict((conflict) => conflict.column('attempt').doNothing())
    .execute();
}

/** The messages of an account with what became of each, the oldest first. */
export function messagesOf(db: Db, account: string) {
  return db
    .selectFrom('messages')
    .innerJoin('attempts', 'attempts.id', 'messages.attempt')
    .selectAll('messages')
    .select(['attempts.step', 'attempts.status', 'attempts.carrierId', 'attempts.delivery'])
    .where('messages.account', '=', account)
    .orderBy('messages.at')
    .execute();
}
