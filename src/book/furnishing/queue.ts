import { sql, type Selectable, type Transaction } from 'kysely';
import type { AccountEvent } from '../../domain/account/events';
import { localDate } from '../../domain/calendar/zone';
import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { Tables } from '../tables';
import type { BureauQueueKind } from '../tables/bureau';
import { endObjection, openObjection } from './tasks';

export type QueueRow = Selectable<Tables['bureauQueue']>;

const MONEY: ReadonlySet<string> = new Set([
  'payment',
  'refund',
  'adjustment',
  'reversal',
  'write-off',
  'close',
]);

/**
 * Notes, after facts were written and in the same transaction, what may make something wrong that a bureau was told:
 * a dispute that opened or ended, money that counts from before. A dispute of somebody of whom a bureau was told becomes
 * a task with the last day for its answer. Costs one look where nobody reports anything.
 */
export async function noteForBureaus(
  tx: Transaction<Tables>,
  facts: readonly { readonly account: string; readonly event: AccountEvent }[],
): Promise<void> {
  const wanted = facts.filter(({ event }) => isDispute(event) || MONEY.has(event.kind));
  if (wanted.length === 0) return;
  const rows = await tx
    .selectFrom('accounts')
    .innerJoin('bureauReportings as r', 'r.lender', 'accounts.lender')
    .select(['accounts.ref', 'accounts.person', 'accounts.zone', 'r.name', 'r.settings', 'r.rules'])
    .select((eb) =>
      eb
        .selectFrom('bureauTold as t')
        .innerJoin('bureauFiles as f', 'f.id', 't.file')
        .select((inner) => inner.fn.max('f.onDate').as('on'))
        .whereRef('t.account', '=', 'accounts.ref')
        .whereRef('f.reporting', '=', 'r.name')
        .as('toldOn'),
    )
    .where('r.stoppedAt', 'is', null)
    .where('accounts.ref', 'in', [...new Set(wanted.map(({ account }) => account))])
    .execute();
  for (const { ref, person, zone, name, settings, rules, toldOn } of rows) {
    if (settings.furnisher === 'nobody') continue;
    for (const { account, event } of wanted) {
      if (account !== ref) continue;
      const kind = await kindOf(tx, { ref, toldOn, host: settings.furnisher === 'lender' }, event, zone);
      if (kind === null) continue;
      await enqueue(tx, { reporting: name, account: ref, kind, reason: event.id, at: event.at });
      if (event.kind === 'dispute-raised')
        await openObjection(
          tx,
          { ref, person, zone },
          {
            ...{ reporting: name, dispute: event.dispute, raisedOn: localDate(event.at, zone) },
            ...{ answerDays: rules.answerDays, rules: rules.by },
          },
        );
      if (event.kind === 'dispute-resolved')
        await endObjection(tx, ref, event.dispute, event.outcome, event.at);
    }
  }
}

function isDispute({ kind }: AccountEvent): boolean {
  return kind === 'dispute-raised' || kind === 'dispute-resolved';
}

async function kindOf(
  tx: Transaction<Tables>,
  account: { readonly ref: string; readonly toldOn: IsoDate | null; readonly host: boolean },
  event: AccountEvent,
  zone: string,
): Promise<BureauQueueKind | null> {
  if (account.host) {
    if (event.kind === 'dispute-raised') return 'dispute';
    if (event.kind === 'dispute-resolved') return 'resolved';
    // The lender's system knows its own money; that a month's record was wrong is the engine's finding.
    const corrected = await tx
      .selectFrom('bureauCorrections')
      .select('n')
      .where('account', '=', account.ref)
      .where('reason', '=', event.id)
      .limit(1)
      .executeTakeFirst();
    return corrected === undefined ? null : 'figures';
  }
  if (account.toldOn === null) return null;
  if (event.kind === 'dispute-raised') return 'dispute';
  if (event.kind === 'dispute-resolved') return 'resolved';
  const from = await countsFrom(tx, account.ref, event, zone);
  return from !== null && from <= account.toldOn ? 'figures' : null;
}

/** The day from which a fact counts; null where it changes no day that is over. */
async function countsFrom(
  tx: Transaction<Tables>,
  account: string,
  event: AccountEvent,
  zone: string,
): Promise<IsoDate | null> {
  if (event.kind === 'payment') return event.pending === true ? null : event.valueDate;
  if (event.kind === 'refund' || event.kind === 'adjustment') return event.valueDate;
  if (event.kind !== 'reversal') return localDate(event.at, zone);
  const row = await tx
    .selectFrom('journal')
    .select('body')
    .where('account', '=', account)
    .where('eventId', '=', event.of)
    .executeTakeFirst();
  return row !== undefined && 'valueDate' in row.body ? row.body.valueDate : null;
}

export interface NewEntry {
  readonly reporting: string;
  readonly account: string;
  readonly kind: BureauQueueKind;
  readonly reason: string;
  readonly at: Instant;
}

/** Once for each reason. Answers whether it is new. */
export async function enqueue(db: Db, entry: NewEntry): Promise<boolean> {
  const done = await db
    .insertInto('bureauQueue')
    .values({ ...entry, handledBy: null })
    .onConflict((conflict) => conflict.columns(['reporting', 'account', 'kind', 'reason']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A notice before adverse data went out: where the lender's own system reports, it hears of it. */
export async function enqueueNotice(db: Db, account: string, reason: string, at: Instant): Promise<void> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('bureauReportings as r', 'r.lender', 'accounts.lender')
    .select('r.name')
    .where('accounts.ref', '=', account)
    .where('r.stoppedAt', 'is', null)
    .where(sql`r.settings->>'furnisher'`, '=', 'lender')
    .execute();
  for (const { name } of rows) await enqueue(db, { reporting: name, account, kind: 'notice', reason, at });
}

export interface QueueFilter {
  readonly accounts?: readonly string[];
  readonly kinds?: readonly BureauQueueKind[];
  readonly after?: number;
  readonly limit?: number;
}

/** What no file and no system has yet, in its order. */
export function waiting(db: Db, reporting: string, filter: QueueFilter = {}): Promise<QueueRow[]> {
  let query = db
    .selectFrom('bureauQueue')
    .selectAll()
    .where('reporting', '=', reporting)
    .where('handledBy', 'is', null)
    .orderBy('id')
    .limit(filter.limit ?? 100_000);
  if (filter.accounts !== undefined) {
    if (filter.accounts.length === 0) return Promise.resolve([]);
    query = query.where('account', 'in', [...filter.accounts]);
  }
  if (filter.kinds !== undefined) query = query.where('kind', 'in', [...filter.kinds]);
  if (filter.after !== undefined) query = query.where('id', '>', filter.after);
  return query.execute();
}

/** Disputes that began or ended of accounts in that file, and that it does not say yet. */
export async function disputesFor(db: Db, reporting: string, file: string): Promise<QueueRow[]> {
  return db
    .selectFrom('bureauQueue as q')
    .innerJoin('bureauTold as t', (join) =>
      join.onRef('t.account', '=', 'q.account').on('t.file', '=', file).on('t.state', '=', 'in'),
    )
    .selectAll('q')
    .where('q.reporting', '=', reporting)
    .where('q.handledBy', 'is', null)
    .where('q.kind', 'in', ['dispute', 'resolved'])
    .orderBy('q.id')
    .execute();
}

/** @param by the file that tells it, `host`, or `nothing` */
export async function markHandled(db: Db, ids: readonly number[], by: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('bureauQueue')
    .set({ handledBy: by })
    .where('id', 'in', [...ids])
    .where('handledBy', 'is', null)
    .execute();
}
