import { sql } from 'kysely';
import { fail } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { Feed, FeedName } from './feeds';

/** Who answers for a file: that more may leave with it than else, that it is that of another day as well. */
export interface Answer {
  readonly letLeaveBy: string | null;
  readonly sameBy: string | null;
}

/** A refused file of a watched folder that is to be fetched and taken again. */
export interface ToFetch {
  readonly id: number;
  readonly file: string;
  /** Of the file that was refused; empty where it was refused before it was read. */
  readonly fileHash: string;
}

/**
 * The file of that day that was refused last; of that content, where a hash is given. Throws FEED_NOT_REFUSED.
 */
export async function refusedFeed(
  db: Db,
  { lender, source, kind, businessDate }: Omit<FeedName, 'fileHash' | 'asOf'>,
  {
    file,
    watch,
    moment,
    fileHash,
  }: {
    readonly file: string;
    readonly watch: string;
    readonly moment: Instant | null;
    readonly fileHash: string | null;
  },
): Promise<Feed> {
  let query = db
    .selectFrom('feeds')
    .selectAll()
    .where('lender', '=', lender)
    .where('source', '=', source)
    .where('kind', '=', kind)
    .where('businessDate', '=', businessDate)
    .where('status', '=', 'refused');
  if (moment !== null) query = query.where('asOf', '=', moment);
  if (fileHash !== null) query = query.where('fileHash', '=', fileHash);
  const found = await query.orderBy('receivedAt', 'desc').limit(1).executeTakeFirst();
  return found ?? fail('FEED_NOT_REFUSED', { file, name: watch });
}

/** Keeps what somebody said of a refused file. It holds for that file alone, byte by byte, on its day. */
export async function keepAnswer(
  db: Db,
  answer: Answer & { readonly watch: string; readonly feed: string; readonly file: string },
): Promise<void> {
  await db.insertInto('feedAnswers').values(answer).execute();
}

/** Who answers for this file of this day; of several people the last one. */
export async function answerFor(
  db: Db,
  { lender, source, kind, businessDate, fileHash }: FeedName,
): Promise<Answer> {
  const rows = await db
    .selectFrom('feedAnswers')
    .innerJoin('feeds', 'feeds.id', 'feedAnswers.feed')
    .select(['feedAnswers.letLeaveBy', 'feedAnswers.sameBy'])
    .where('feeds.lender', '=', lender)
    .where('feeds.source', '=', source)
    .where('feeds.kind', '=', kind)
    .where('feeds.businessDate', '=', businessDate as IsoDate)
    .where('feeds.fileHash', '=', fileHash)
    .orderBy('feedAnswers.id', 'desc')
    .execute();
  const last = (of: keyof Answer): string | null => rows.find((row) => row[of] !== null)?.[of] ?? null;
  return { letLeaveBy: last('letLeaveBy'), sameBy: last('sameBy') };
}

/** Files of the folder that are to be fetched from where refused ones lie, as they were asked for. */
export function toFetch(db: Db, watch: string): Promise<ToFetch[]> {
  return db
    .selectFrom('feedAnswers')
    .innerJoin('feeds', 'feeds.id', 'feedAnswers.feed')
    .select(['feedAnswers.id', 'feedAnswers.file', 'feeds.fileHash'])
    .where('feedAnswers.watch', '=', watch)
    .where('feedAnswers.fetchedAt', 'is', null)
    .orderBy('feedAnswers.id')
    .execute();
}

/** It lies where it is taken from: once for each answer, so that a file that is refused again stays refused. */
export async function noteFetched(db: Db, id: number): Promise<void> {
  await db
    .updateTable('feedAnswers')
    .set({ fetchedAt: sql<string>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}
