import { sql, type Selectable, type Transaction } from 'kysely';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate } from '../domain/units';
import { carrierKey, possibleKeys } from './carrier-key';
import { compiledOnce } from './compiled-once';
import { keepEvidence, lockChain, nextLink, type Kept } from './evidence/chain';
import { linkReceipts } from './receipts';
import { inTransaction, type Db } from './open-book';
import type { AttemptStatus, Tables } from './tables';

export type AttemptRow = Selectable<Tables['attempts']>;

/** How a send ended: the carrier took it, refused it before taking it, nobody knows, or it was never tried. */
export type Outcome = Exclude<AttemptStatus, 'reserved'>;

/** These used up one of the person's attempts; what was certainly not sent did not. */
export const COUNTED: readonly AttemptStatus[] = ['reserved', 'accepted', 'unknown'];

/** Every try of an occurrence to reach the person, the latest first. */
export function triesOf(
  db: Db,
  of: {
    readonly account: string;
    readonly person: string;
    readonly step: string;
    readonly anchor: IsoDate;
    readonly n: number;
  },
) {
  return db
    .selectFrom('attempts')
    .selectAll()
    .where('account', '=', of.account)
    .where('person', '=', of.person)
    .where('step', '=', of.step)
    .where('anchor', '=', of.anchor)
    .where('n', '=', of.n)
    .orderBy('try', 'desc');
}

/**
 * Of them the attempt that stands in the way of another for this occurrence, and how many tries the channel has had.
 * One that a carrier took, or that may still be on its way, answers for every channel; an unknown one for its own,
 * so that the fall-back may go on.
 */
export function latestOf(
  rows: readonly AttemptRow[],
  channel: string,
): { readonly standing: AttemptRow | null; readonly tries: number } {
  const own = rows.filter((row) => row.channel === channel);
  const standing =
    rows.find((row) => row.status === 'accepted') ??
    own.find((row) => row.status === 'reserved' || row.status === 'unknown') ??
    rows.find((row) => row.status === 'reserved') ??
    null;
  return { standing, tries: own[0]?.try ?? 0 };
}

/** When each counted attempt of a step was made whose number lies in that range (`to` not included), in order. */
export async function madeAttempts(
  db: Db,
  of: {
    readonly account: string;
    readonly person: string;
    readonly step: string;
    readonly anchor: IsoDate;
    readonly channel: string;
  },
  range: { readonly from: number; readonly to: number },
): Promise<readonly Instant[]> {
  const rows = await db
    .selectFrom('attempts')
    .select('at')
    .where('account', '=', of.account)
    .where('person', '=', of.person)
    .where('step', '=', of.step)
    .where('anchor', '=', of.anchor)
    .where('channel', '=', of.channel)
    .where('n', '>=', range.from)
    .where('n', '<', range.to)
    .where('status', 'in', [...COUNTED])
    .orderBy('n')
    .execute();
  return rows.map(({ at }) => at);
}

/** So many days back a strategy's caps look. */
export function longestCap({ contact }: Pick<Strategy, 'contact'>): number {
  return Math.max(1, ...contact.caps.map((cap) => cap.days));
}

/** From when on attempts count towards caps that look so many days back. */
export function countedFrom(around: Instant, days: number): Instant {
  return new Date(Date.parse(around) - (days + 2) * 86_400_000).toISOString();
}

/** Attempts of all the person's accounts that count towards caps, from a moment on. */
export function countedAttempts(db: Db, person: string, from: Instant) {
  return db
    .selectFrom('attempts')
    .select(['at', 'channel'])
    .where('person', '=', person)
    .where('at', '>=', from)
    .where('status', 'in', COUNTED);
}

/**
 * Settles an attempt, by the one that reserved it. Unknown may still become known; anything else stays.
 * `carrierId` is the carrier's own id of the message. Throws PERMIT_UNKNOWN, PERMIT_SETTLED.
 */
export function settle(
  db: Db,
  permit: { readonly id: string; readonly token: string },
  outcome: Outcome,
  carrierId: string | null = null,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const [row] = (await lockToSettle(tx, { id: permit.id, token: permit.token })).rows;
    if (row === undefined) throw new ForbearError('PERMIT_UNKNOWN', { id: permit.id });
    if (row.status === outcome) return;
    if (row.status !== 'reserved' && row.status !== 'unknown')
      throw new ForbearError('PERMIT_SETTLED', { id: permit.id, status: row.status });
    const { chain: id, length, head, now, person, account, channel } = row;
    const end = id === null || length === null || head === null ? null : { id, length, head, now };
    const { link, hash } = nextLink(
      end ?? (await lockChain(tx, person)),
      outcomeKept(permit.id, account, outcome),
    );
    const { chain, n, at, recordedAt, prev, body } = link;
    const { rows: waiting } = await writeOutcome(tx, {
      ...{ id: permit.id, outcome, carrierId, carrierKey: carrierId === null ? null : carrierKey(carrierId) },
      ...{ chain, n, account, at, recordedAt, prev, hash, body: JSON.stringify(body), channel },
      keys: carrierId === null ? [] : possibleKeys(carrierId),
    });
    // A receipt may have been faster than the answer of the carrier.
    await linkReceipts(tx, permit.id, waiting);
  });
}

/** The attempt under its lock, then the person's chain under its own: the second is looked for by what the first says. */
const lockToSettle = compiledOnce((db: Db, of: { readonly id: string; readonly token: string }) =>
  db
    .with(
      (cte) => cte('its').materialized(),
      (q) =>
        q
          .selectFrom('attempts')
          .select(['status', 'channel', 'person', 'account'])
          .where('id', '=', of.id)
          .where('token', '=', of.token)
          .forNoKeyUpdate(),
    )
    .with(
      (cte) => cte('ends').materialized(),
      (q) =>
        q
          .selectFrom('chains')
          .select(['id', 'length', 'head'])
          .where('person', '=', (eb) => eb.selectFrom('its').select('its.person'))
          .forNoKeyUpdate(),
    )
    .selectFrom('its')
    .leftJoin('ends', (join) => join.onTrue())
    .select(['its.status', 'its.channel', 'its.person', 'its.account'])
    .select(['ends.id as chain', 'ends.length', 'ends.head'])
    .select(sql<Instant>`clock_timestamp()`.as('now')),
);

interface OutcomeWritten {
  readonly id: string;
  readonly outcome: Outcome;
  readonly carrierId: string | null;
  readonly carrierKey: string | null;
  readonly chain: string;
  readonly n: number;
  readonly account: string | null;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly prev: string;
  readonly body: string;
  readonly hash: string;
  readonly channel: string;
  readonly keys: readonly string[];
}

/** The outcome with its evidence in one statement. Answers the receipts that wait for the carrier's id. */
const writeOutcome = compiledOnce((db: Db, of: OutcomeWritten) =>
  db
    .with('settled', (q) =>
      q
        .updateTable('attempts')
        .set({ status: of.outcome, carrierId: of.carrierId, carrierKey: of.carrierKey })
        .set((eb) => ({ settledAt: eb.fn('clock_timestamp') }))
        .where('id', '=', of.id),
    )
    .with('linked', (q) =>
      q.insertInto('evidence').values({
        ...{ chain: of.chain, n: of.n, kind: 'settled', account: of.account, at: of.at },
        ...{ recordedAt: of.recordedAt, prev: of.prev, body: of.body, hash: of.hash },
      }),
    )
    .with('ended', (q) =>
      q.updateTable('chains').set({ length: of.n, head: of.hash }).where('id', '=', of.chain),
    )
    .selectFrom('receipts')
    .select(['id', 'status', 'at'])
    .where('channel', '=', of.channel)
    .where('attempt', 'is', null)
    .where(sql<boolean>`ltrim(lower(carrier_id), '0') = any(${of.keys}::text[])`)
    .orderBy('id'),
);

/** Settles an attempt whose holder is gone: it counts, and is not sent again by itself. Answers whether it was open. */
export function settleUnknown(db: Db, id: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('attempts')
      .set({ status: 'unknown' })
      .set((eb) => ({ settledAt: eb.fn('clock_timestamp') }))
      .where('id', '=', id)
      .where('status', '=', 'reserved')
      .returning(['id', 'person', 'account'])
      .executeTakeFirst();
    if (row === undefined) return false;
    await keepOutcome(tx, row, 'unknown');
    return true;
  });
}

/**
 * Settles every attempt whose permit ended and that nobody settled, as after a crash, each in a transaction of its own.
 * Answers how many.
 */
export async function settleExpired(db: Db): Promise<number> {
  const expired = await db
    .selectFrom('attempts')
    .select('id')
    .where('status', '=', 'reserved')
    .where((eb) => eb('expiresAt', '<', eb.fn<string>('clock_timestamp')))
    .orderBy('expiresAt')
    .execute();
  let settled = 0;
  for (const { id } of expired) if (await settleUnknown(db, id)) settled += 1;
  return settled;
}

function keepOutcome(
  tx: Transaction<Tables>,
  { id, person, account }: Pick<AttemptRow, 'id' | 'person' | 'account'>,
  outcome: Outcome,
): Promise<void> {
  return keepEvidence(tx, person, outcomeKept(id, account, outcome));
}

const outcomeKept = (attempt: string, account: string, outcome: Outcome): Kept => {
  return { kind: 'settled', account, at: null, body: { attempt, outcome } };
};

/** Every attempt of an account, the oldest first. */
export function attemptsOf(db: Db, account: string): Promise<AttemptRow[]> {
  return db
    .selectFrom('attempts')
    .selectAll()
    .where('account', '=', account)
    .orderBy('reservedAt')
    .orderBy('try')
    .execute();
}
