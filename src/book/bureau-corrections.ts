import type { Transaction } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import { everyMovement } from '../domain/account/refold';
import { statusAsKnown, type MonthStatus } from '../domain/bureau/month-status';
import type { Instant, IsoDate } from '../domain/units';
import { accountOf } from './accounts';
import { factsOf } from './facts-of';
import { foldRow } from './fold';
import type { Db } from './open-book';
import { strategyByHash } from './strategies';
import type { Tables } from './tables';

/** A month's record as it should have been; `n` counts the corrections of one record, the last one stands. */
export interface BureauCorrection {
  readonly account: string;
  readonly month: string;
  readonly n: number;
  readonly body: MonthStatus;
  /** Id of the fact that showed it. */
  readonly reason: string;
  readonly at: Instant;
}

const COLUMNS = ['account', 'month', 'n', 'body', 'reason', 'at'] as const;

/**
 * Corrects months that were reported already, after facts were written and in the same transaction: money that was
 * posted late and counts from before, money that came back. A record that said more than was owed is corrected at once;
 * one that said less only where the notice before adverse data had gone out. What was withheld stays so.
 */
export async function correctMonths(
  tx: Transaction<Tables>,
  facts: readonly { readonly account: string; readonly event: AccountEvent }[],
): Promise<void> {
  for (const { account, event } of facts) {
    const from = await reachesMonth(tx, account, event);
    if (from === null) continue;
    const records = await tx
      .selectFrom('bureauRecords')
      .select(['month', 'body'])
      .where('account', '=', account)
      .where('month', '>=', from)
      .orderBy('month')
      .execute();
    if (records.length === 0) continue;
    const row = await accountOf(tx, account);
    const folded = await foldRow(tx, row);
    const all = [...row.enrolment.events, ...(await factsOf(tx, account))];
    const known = { ...folded, owed: { ...folded.owed, movements: everyMovement(folded, all) } };
    const { counting } = await strategyByHash(tx, row.strategy);
    for (const { month, body } of records) {
      const record = body as Recorded;
      if (record.withheld === true) continue;
      const now = statusAsKnown(known, counting, record, record.on);
      if (now.status > record.status && !wasNoticed(record, now)) continue;
      await correct(tx, { account, month, body: now, reason: event.id, at: event.at }, record);
    }
  }
}

/** Every correction of an account, by month. */
export async function correctionsOf(db: Db, account: string): Promise<BureauCorrection[]> {
  const rows = await db
    .selectFrom('bureauCorrections')
    .select(COLUMNS)
    .where('account', '=', account)
    .orderBy('month')
    .orderBy('n')
    .execute();
  return rows.map((row) => ({ ...row, body: row.body as MonthStatus }));
}

type Recorded = MonthStatus & {
  readonly on: IsoDate;
  readonly withheld?: boolean;
  readonly noticedOn: IsoDate | null;
};

function wasNoticed({ noticedOn }: Recorded, { oldestDue }: MonthStatus): boolean {
  return noticedOn !== null && (oldestDue === null || noticedOn >= oldestDue);
}

/** The first month that the fact can change, where that lies before the one it was told in. */
async function reachesMonth(
  tx: Transaction<Tables>,
  account: string,
  event: AccountEvent,
): Promise<string | null> {
  if (event.kind === 'reversal') {
    const row = await tx
      .selectFrom('journal')
      .select('body')
      .where('account', '=', account)
      .where('eventId', '=', event.of)
      .executeTakeFirst();
    return row === undefined || !('valueDate' in row.body) ? null : earlier(row.body.valueDate, event.at);
  }
  if (event.kind === 'payment') return event.pending === true ? null : earlier(event.valueDate, event.at);
  return event.kind === 'refund' || event.kind === 'adjustment' ? earlier(event.valueDate, event.at) : null;
}

/** A month's record is made after its last day, so money of the month it is told in changes none. */
function earlier(valueDate: IsoDate, at: Instant): string | null {
  const month = valueDate.slice(0, 7);
  // A day's play for zones: the query finds out whether there is a record.
  return month < new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 7) ? month : null;
}

async function correct(
  tx: Transaction<Tables>,
  correction: Omit<BureauCorrection, 'n'>,
  recorded: MonthStatus,
): Promise<void> {
  const { account, month, body } = correction;
  const last = (await correctionsOf(tx, account)).filter((one) => one.month === month).pop();
  const stands = last?.body ?? recorded;
  if (
    stands.status === body.status &&
    stands.pastDue === body.pastDue &&
    (stands.oldestDue ?? null) === body.oldestDue
  )
    return;
  const { status, pastDue, oldestDue } = body;
  await tx
    .insertInto('bureauCorrections')
    .values({ ...correction, n: (last?.n ?? 0) + 1, body: JSON.stringify({ status, pastDue, oldestDue }) })
    .execute();
}
