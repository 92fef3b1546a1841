import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import { ForbearError, type ErrorArgs } from '../../domain/errors/forbear-error';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { FeedKind, FeedStatus, Tables } from '../tables';

export type Feed = Selectable<Tables['feeds']>;

/** What names a feed: whose it is, of which source, and the moment that it is of. */
export interface FeedName {
  readonly lender: string;
  readonly source: string;
  readonly kind: FeedKind;
  readonly businessDate: IsoDate;
  readonly asOf: Instant;
  readonly fileHash: string;
}

/**
 * Does the work on one connection while nobody else takes a feed of that lender; whoever comes second is refused
 * (FEED_BUSY). The lock goes with the connection, so that a process that was killed leaves none behind: PostgreSQL is
 * asked to look every second whether it is still there, also in the middle of a long statement, and a lock that is
 * about to go is waited for.
 */
export function alone<T>(
  db: Kysely<Tables>,
  lender: string,
  work: (connection: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const key = sql`hashtextextended(${`feed ${lender}`}, 0)`;
  return db.connection().execute(async (connection) => {
    if (!(await locked(connection, key))) throw new ForbearError('FEED_BUSY', { lender });
    try {
      // Not to be had on every system that PostgreSQL runs on; without it a dead client is found out later.
      await sql`set client_connection_check_interval = '1s'`.execute(connection).catch(() => undefined);
      return await work(connection);
    } finally {
      // Where the connection broke the lock is gone with it.
      await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => undefined);
    }
  });
}

/** A process that was killed is found out within a second or so: that long the lock is asked for. */
const LOCK_WAIT_MS = 3_000;

async function locked(connection: Kysely<Tables>, key: RawBuilder<unknown>): Promise<boolean> {
  for (const until = Date.now() + LOCK_WAIT_MS; ;) {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${key}) as mine`.execute(
      connection,
    );
    if (rows[0]?.mine === true) return true;
    if (Date.now() >= until) return false;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The two kinds that tell of accounts follow one another in one order, as payments and debits do by themselves. */
function orderOf(kind: FeedKind): readonly FeedKind[] {
  return kind === 'snapshot' || kind === 'delta' ? ['snapshot', 'delta'] : [kind];
}

/** The newest feed of the same order that was taken; undefined before the first. */
export function newestFeed(
  db: Db,
  { lender, source, kind }: Pick<FeedName, 'lender' | 'source' | 'kind'>,
): Promise<Feed | undefined> {
  return db
    .selectFrom('feeds')
    .selectAll()
    .where('lender', '=', lender)
    .where('source', '=', source)
    .where('kind', 'in', orderOf(kind))
    .where('status', '!=', 'refused')
    .orderBy('asOf', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A feed of exactly this file and kind that was taken before: of the same day, else the newest of the other days. */
export function feedOfFile(
  db: Db,
  { lender, source, kind, fileHash, businessDate }: FeedName,
): Promise<Feed | undefined> {
  return db
    .selectFrom('feeds')
    .selectAll()
    .where('lender', '=', lender)
    .where('source', '=', source)
    .where('kind', '=', kind)
    .where('fileHash', '=', fileHash)
    .where('status', '!=', 'refused')
    .orderBy((eb) => eb('businessDate', '=', businessDate), 'desc')
    .orderBy('asOf', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Feeds whose work somebody has broken off, the oldest first. */
export function unbookedFeeds(db: Db, lender: string): Promise<Feed[]> {
  return db
    .selectFrom('feeds')
    .selectAll()
    .where('lender', '=', lender)
    .where('status', '=', 'taken')
    .orderBy('receivedAt')
    .execute();
}

/** The days from one on of which a feed was taken, and the day of the first one of all; null before it. */
export async function takenDays(
  db: Db,
  { lender, source, kind, from }: Pick<FeedName, 'lender' | 'source' | 'kind'> & { readonly from: IsoDate },
): Promise<{ readonly first: IsoDate | null; readonly days: readonly IsoDate[] }> {
  const taken = db
    .selectFrom('feeds')
    .where('lender', '=', lender)
    .where('source', '=', source)
    .where('kind', '=', kind)
    .where('status', '!=', 'refused');
  const first = await taken.select('businessDate').orderBy('businessDate').limit(1).executeTakeFirst();
  const rows = await taken.select('businessDate').distinct().where('businessDate', '>=', from).execute();
  return { first: first?.businessDate ?? null, days: rows.map(({ businessDate }) => businessDate) };
}

/** Feeds of which accounts are still to be told, the oldest first: somebody was killed while he told them. */
export async function undeliveredFeeds(db: Db, lender: string): Promise<string[]> {
  const rows = await db
    .selectFrom('feeds')
    .select('id')
    .where('lender', '=', lender)
    .where('status', '=', 'booked')
    .orderBy('receivedAt')
    .execute();
  return rows.map(({ id }) => id);
}

export interface TakenFeed extends FeedName {
  readonly id: string;
  readonly strategy: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** Who let more leave than may. */
  readonly overriddenBy?: string;
  /** The feed of another day whose file it is byte for byte, and who answers for it. */
  readonly sameAs?: string;
  readonly sameBy?: string;
}

/** Writes down that the feed was taken. In the transaction that its rows are written in. */
export async function writeFeed(
  tx: Db,
  { counts, overriddenBy, sameAs, sameBy, ...feed }: TakenFeed,
): Promise<void> {
  await tx
    .insertInto('feeds')
    .values({
      ...feed,
      status: 'taken',
      counts: JSON.stringify(counts),
      overriddenBy: overriddenBy ?? null,
      sameAs: sameAs ?? null,
      sameBy: sameBy ?? null,
      code: null,
      doneAt: null,
    })
    .execute();
}

/** Writes down that a file was refused whole, and why: nothing else of it stands in the book. */
export async function writeRefused(
  db: Db,
  feed: FeedName & { readonly id: string },
  code: ErrorCode,
  args: ErrorArgs,
): Promise<void> {
  await db
    .insertInto('feeds')
    .values({
      ...feed,
      status: 'refused',
      code,
      args: JSON.stringify(args),
      counts: '{}',
      strategy: null,
      overriddenBy: null,
      sameAs: null,
      sameBy: null,
      doneAt: null,
    })
    .execute();
}

/** Raises the feed's state, with figures that are known only now added to the others. */
export async function advanceFeed(
  db: Db,
  id: string,
  status: FeedStatus,
  counts: Readonly<Record<string, number>> = {},
): Promise<void> {
  await db
    .updateTable('feeds')
    .set({
      status,
      counts: sql<string>`counts || ${JSON.stringify(counts)}::jsonb`,
      ...(status === 'done' ? { doneAt: sql<string>`clock_timestamp()` } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** The latest feeds, the newest first. */
export function listFeeds(db: Db, limit: number, lender?: string): Promise<Feed[]> {
  let query = db.selectFrom('feeds').selectAll().orderBy('receivedAt', 'desc').limit(limit);
  if (lender !== undefined) query = query.where('lender', '=', lender);
  return query.execute();
}

export function findFeed(db: Db, id: string): Promise<Feed | undefined> {
  return db.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function feedById(db: Db, id: string): Promise<Feed> {
  return db.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** How many accounts a feed that was taken begins or tells at most, by its counts. */
export function toDeliver(counts: Readonly<Record<string, number>>): number {
  const { enrol = 0, update = 0, left = 0, back = 0, fresh = 0, kept } = counts;
  return kept === undefined ? enrol + update + left + back : fresh - kept;
}
