import { sql, type Selectable, type Transaction } from 'kysely';
import { PERMIT_LIFE_MS } from '../domain/policy/permit-life';
import { compiledOnce } from './compiled-once';
import { lockChain, nextLink, type Locked } from './evidence/chain';
import { answerKept, type Answered } from './evidence/gate-answer';
import type { Db } from './open-book';
import { volumeDay, type Going } from './switches';
import type { Tables } from './tables';
import { oneMore, shardOf } from './volume';

/** What of an attempt is known when it is let go. */
export type LetGo = Pick<
  Selectable<Tables['attempts']>,
  | ('id' | 'token' | 'person' | 'account' | 'strategy' | 'step' | 'anchor' | 'n' | 'channel' | 'try')
  | ('endpoint' | 'at' | 'purpose' | 'party' | 'place' | 'tone' | 'askedBy')
>;

type Written = LetGo & {
  readonly chain: string;
  readonly length: number;
  readonly recordedAt: string;
  readonly prev: string;
  readonly body: string;
  readonly hash: string;
  readonly lender: string;
  readonly day: string;
  readonly shard: number;
};

/** All of it in one statement: it stands together or not at all, and costs one answer. The day's count is locked last. */
const write = compiledOnce((db: Db, of: Written) => {
  const { account, person, strategy, step, anchor, n, channel, at } = of;
  const asked = { account, person, strategy, step, anchor, n, channel, at };
  const { id, token, endpoint, purpose, party, place, tone, askedBy } = of;
  return db
    .with('made', (q) =>
      q.insertInto('attempts').values({
        ...{ ...asked, id, token, try: of.try, endpoint, purpose, party, place, tone, askedBy },
        reservedAt: sql<string>`clock_timestamp()`,
        expiresAt: sql<string>`clock_timestamp() + make_interval(secs => ${sql.lit(PERMIT_LIFE_MS / 1000)})`,
        status: 'reserved',
      }),
    )
    .with('said', (q) => q.insertInto('gateAnswers').values({ ...asked, attempt: id, answer: 'allow' }))
    .with('linked', (q) =>
      q.insertInto('evidence').values({
        ...{ chain: of.chain, n: of.length, kind: 'gate', account, at, recordedAt: of.recordedAt },
        ...{ prev: of.prev, body: of.body, hash: of.hash },
      }),
    )
    .with('counted', (q) => oneMore(q, { lender: of.lender, channel, day: of.day, shard: of.shard }))
    .updateTable('chains')
    .set({ length: of.length, head: of.hash })
    .where('id', '=', of.chain);
});

/**
 * Lets an attempt go: writes it with the gate's answer, the evidence and the day's count. Under the locks of
 * `lockFamily`, last in its transaction.
 */
export async function letGo(
  tx: Transaction<Tables>,
  attempt: LetGo,
  of: {
    readonly answered: Answered;
    readonly chain: Locked | null;
    readonly going: Pick<Going, 'row' | 'channel' | 'now'>;
  },
): Promise<void> {
  const end = of.chain ?? (await lockChain(tx, attempt.person));
  const { link, hash } = nextLink(end, answerKept(of.answered));
  const { chain, n: length, recordedAt, prev, body } = link;
  const { lender, day } = volumeDay(of.going);
  await write(tx, {
    ...attempt,
    ...{ chain, length, recordedAt, prev, hash, body: JSON.stringify(body) },
    ...{ lender, day, shard: shardOf(attempt.account) },
  });
}
