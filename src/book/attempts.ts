import type { Selectable, Transaction } from 'kysely';
import type { Occurrence } from '../domain/decide/decision';
import type { PastAttempt } from '../domain/policy/gate';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate } from '../domain/units';
import { carrierKey } from './carrier-key';
import { keepEvidence } from './evidence/chain';
import { linkReceipts } from './receipts';
import { inTransaction, type Db } from './open-book';
import type { AttemptStatus, Tables } from './tables';

export type AttemptRow = Selectable<Tables['attempts']>;

/** How a send ended: the carrier took it, refused it before taking it, nobody knows, or it was never tried. */
export type Outcome = Exclude<AttemptStatus, 'reserved'>;

/** These used up one of the person's attempts; what was certainly not sent did not. */
export const COUNTED: readonly AttemptStatus[] = ['reserved', 'accepted', 'unknown'];

/**
 * The attempt that stands in the way of another for this occurrence, and how many tries the channel has had.
 * One that a carrier took, or that may still be on its way, answers for every channel; an unknown one for its own,
 * so that the fall-back may go on.
 */
export async function latestOf(
  db: Db,
  { account, person }: { readonly account: string; readonly person: string },
  occurrence: Occurrence,
  channel: string,
): Promise<{ readonly standing: AttemptRow | null; readonly tries: number }> {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('account', '=', account)
    .where('person', '=', person)
    .where('step', '=', occurrence.step)
    .where('anchor', '=', occurrence.anchor)
    .where('n', '=', occurrence.n)
    .orderBy('try', 'desc')
    .execute();
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

/** Attempts of all the person's accounts that count towards caps within so many days either side of a moment. */
export function countedAttempts(
  db: Db,
  person: string,
  around: Instant,
  days: number,
): Promise<PastAttempt[]> {
  const from = new Date(Date.parse(around) - (days + 2) * 86_400_000).toISOString();
  return db
    .selectFrom('attempts')
    .select(['at', 'channel'])
    .where('person', '=', person)
    .where('at', '>=', from)
    .where('status', 'in', COUNTED)
    .execute();
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
    const row = await tx
      .selectFrom('attempts')
      .select(['status', 'channel', 'person', 'account'])
      .where('id', '=', permit.id)
      .where('token', '=', permit.token)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new ForbearError('PERMIT_UNKNOWN', { id: permit.id });
    if (row.status === outcome) return;
    if (row.status !== 'reserved' && row.status !== 'unknown')
      throw new ForbearError('PERMIT_SETTLED', { id: permit.id, status: row.status });
    await tx
      .updateTable('attempts')
      .set({ status: outcome, carrierId, carrierKey: carrierId === null ? null : carrierKey(carrierId) })
      .set((eb) => ({ settledAt: eb.fn('clock_timestamp') }))
      .where('id', '=', permit.id)
      .execute();
    await keepOutcome(tx, { ...row, id: permit.id }, outcome);
    // A receipt may have been faster than the answer of the carrier.
    if (carrierId !== null) await linkReceipts(tx, permit.id, row.channel, carrierId);
  });
}

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
  return keepEvidence(tx, person, { kind: 'settled', account, at: null, body: { attempt: id, outcome } });
}

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
