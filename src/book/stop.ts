import { sql, type Selectable, type Transaction } from 'kysely';
import { ForbearError } from '../domain/errors/forbear-error';
import { ACTIVITY_TIMEOUT_MS } from '../domain/policy/permit-life';
import type { Scope, Stop } from '../domain/policy/switches';
import type { Instant } from '../domain/units';
import { isCode } from './book-error';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import { SWITCH_LOCK } from './switch-lock';
import type { Tables } from './tables';

export type SwitchRow = Selectable<Tables['switches']>;
export type SwitchAct = Selectable<Tables['switchActs']>;

/** What is to be stopped, by whom and why. */
export interface StopRequest {
  readonly scope: Scope;
  readonly value: string | null;
  readonly lender?: string | null;
  readonly notices?: boolean;
  readonly cause?: Stop['cause'];
  readonly why: string;
  readonly by: string;
  /** As the staff of the book has it; null for whom it does not know. */
  readonly role: string | null;
  /** Figures for the evidence. */
  readonly detail?: unknown;
}

/**
 * Stops: from the commit on nothing new is let out that the stop is for, on any worker. What is out already is waited
 * for with `permitsOut`. The same stop again is the one that stands; who asked again stands in the evidence as well.
 */
export function stop(db: Db, request: StopRequest): Promise<SwitchRow> {
  const { scope, value, lender = null, notices = false, cause = 'person', why, by, role, detail } = request;
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('switches')
      .values({ id: newRef(), cause, scope, value, lender, notices })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await tx
      .selectFrom('switches')
      .selectAll()
      .where('openedAt', 'is', null)
      .where('cause', '=', cause)
      .where('scope', '=', scope)
      .where('notices', '=', notices)
      .where('value', value === null ? 'is' : '=', value)
      .where('lender', lender === null ? 'is' : '=', lender)
      .executeTakeFirstOrThrow();
    if (cause === 'volume' && (await isSaid(tx, row.id, detail))) return row;
    const figures = detail === undefined ? {} : { detail: JSON.stringify(detail) };
    await tx
      .insertInto('switchActs')
      .values({ switch: row.id, act: 'stop', by, role, why, ...figures })
      .execute();
    return row;
  });
}

/** Many reservations find the same day's volume in one moment: the engine says so once of a day. */
async function isSaid(tx: Transaction<Tables>, id: string, detail: unknown): Promise<boolean> {
  const { day } = (detail ?? {}) as { readonly day?: string };
  if (day === undefined) return false;
  const said = await tx
    .selectFrom('switchActs')
    .select('id')
    .where('switch', '=', id)
    .where('act', '=', 'stop')
    .where(sql<string>`detail->>'day'`, '=', day)
    .limit(1)
    .executeTakeFirst();
  return said !== undefined;
}

/** What was let out before a stop: it is over when each of them is settled, or its time has ended. */
export interface Out {
  readonly attempts: readonly string[];
  readonly hostActions: readonly string[];
}

/**
 * Everything that was let out before the stop and may still be on its way. Takes the lock that every reservation
 * shares, so that no reservation is half done meanwhile; null when one was for a second, and then the lock is left to
 * the others before it is asked for again.
 */
export async function letOut(db: Db, of: Pick<SwitchRow, 'scope' | 'value'>): Promise<Out | null> {
  try {
    return await inTransaction(db, async (tx) => {
      await sql`set local lock_timeout = '1s'`.execute(tx);
      await sql`select pg_advisory_xact_lock(${sql.lit(SWITCH_LOCK)})`.execute(tx);
      return { attempts: await attemptsOut(tx, of), hostActions: await hostActionsOut(tx, of) };
    });
  } catch (error) {
    const isBusy = isCode(error, 'BOOK_FAILED') && (error as ForbearError).args['sqlstate'] === '55P03';
    if (isBusy) return null;
    throw error;
  }
}

/** On one channel only what goes out there; else all, for it costs no more than the slowest carrier. */
async function attemptsOut(db: Db, { scope, value }: Pick<SwitchRow, 'scope' | 'value'>): Promise<string[]> {
  let query = db
    .selectFrom('attempts')
    .select('id')
    .where('status', '=', 'reserved')
    .where('expiresAt', '>', sql<Instant>`clock_timestamp()`);
  if (scope === 'channel' && value !== null) query = query.where('channel', '=', value);
  return (await query.execute()).map(({ id }) => id);
}

async function hostActionsOut(
  db: Db,
  { scope, value }: Pick<SwitchRow, 'scope' | 'value'>,
): Promise<string[]> {
  if (scope === 'channel' && value !== 'host') return [];
  const rows = await db
    .selectFrom('hostActions')
    .select('id')
    .where(sql<boolean>`asked_at > clock_timestamp() - make_interval(secs => ${ACTIVITY_TIMEOUT_MS / 1000})`)
    .where('handedAt', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** What of it is still on its way, and the moment at which the last of it ends at the latest. */
export async function stillOut(
  db: Db,
  out: Out,
): Promise<{ readonly out: Out; readonly until: Instant | null }> {
  const [attempts, hostActions] = await Promise.all([
    out.attempts.length === 0
      ? []
      : db
          .selectFrom('attempts')
          .select(['id', 'expiresAt as until'])
          .where('id', 'in', out.attempts)
          .where('status', '=', 'reserved')
          .where('expiresAt', '>', sql<Instant>`clock_timestamp()`)
          .execute(),
    out.hostActions.length === 0
      ? []
      : db
          .selectFrom('hostActions')
          .select([
            'id',
            sql<Instant>`asked_at + make_interval(secs => ${ACTIVITY_TIMEOUT_MS / 1000})`.as('until'),
          ])
          .where('id', 'in', out.hostActions)
          .where('handedAt', 'is', null)
          .where(
            sql<boolean>`asked_at > clock_timestamp() - make_interval(secs => ${ACTIVITY_TIMEOUT_MS / 1000})`,
          )
          .execute(),
  ]);
  const until = [...attempts, ...hostActions].map((one) => one.until).sort();
  return {
    out: { attempts: attempts.map(({ id }) => id), hostActions: hostActions.map(({ id }) => id) },
    until: until.at(-1) ?? null,
  };
}

/** Nothing that the stop is for is on its way any more: said once, with what was waited for. */
export function acknowledge(
  db: Db,
  id: string,
  detail: Readonly<Record<string, number>>,
): Promise<SwitchRow> {
  return inTransaction(db, async (tx) => {
    const done = await tx
      .updateTable('switches')
      .set((eb) => ({ acknowledgedAt: eb.fn('clock_timestamp') }))
      .where('id', '=', id)
      .where('acknowledgedAt', 'is', null)
      .executeTakeFirst();
    if (done.numUpdatedRows > 0n) {
      const act = { switch: id, act: 'acknowledge' as const, by: 'forbear', detail: JSON.stringify(detail) };
      await tx.insertInto('switchActs').values(act).execute();
    }
    return switchOf(tx, id);
  });
}

/** The switch of that id, or of the beginning of one. Throws SWITCH_UNKNOWN. */
export async function switchOf(db: Db, id: string): Promise<SwitchRow> {
  const rows = await db
    .selectFrom('switches')
    .selectAll()
    .where(sql<boolean>`starts_with(id, ${id})`)
    .limit(2)
    .execute();
  const exact =
    rows.find((row) => row.id === id) ?? (rows.length === 1 && id.length >= 4 ? rows[0] : undefined);
  if (exact === undefined) throw new ForbearError('SWITCH_UNKNOWN', { id });
  return exact;
}

/** Stops, the latest first: those that stand, or all there ever were. */
export function listSwitches(db: Db, all = false, limit = 1000): Promise<SwitchRow[]> {
  const query = db.selectFrom('switches').selectAll().orderBy('stoppedAt', 'desc').limit(limit);
  return (all ? query : query.where('openedAt', 'is', null)).execute();
}

/** The evidence of these switches, in the order in which it came about. */
export async function actsOf(db: Db, ids: readonly string[]): Promise<SwitchAct[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('switchActs').selectAll().where('switch', 'in', ids).orderBy('id').execute();
}
