import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { Of } from './stock';

/** What is planned for a day on a channel, for a queue and a segment. */
export interface PlanRow {
  readonly day: IsoDate;
  readonly channel: string;
  readonly queue: string | null;
  readonly segment: string | null;
  readonly planned: number;
  /** What capacity lets be done on the day as planned. */
  readonly done: number;
  /** Minutes of people that the planned work takes. */
  readonly minutes: number;
}

export interface KeptPlan {
  readonly madeAt: Instant;
  readonly rows: readonly PlanRow[];
}

/** Keeps a plan under every day that it is for. */
export async function keepPlan(db: Db, lender: Of, rows: readonly PlanRow[]): Promise<void> {
  const days = [...new Set(rows.map(({ day }) => day))];
  if (days.length === 0) return;
  await db
    .insertInto('reportPlans')
    .values(
      days.map((day) => ({
        day,
        lender: lender ?? '',
        body: JSON.stringify(rows.filter((row) => row.day === day)),
      })),
    )
    .execute();
}

/** The last plan that was made for the day; null when none was. */
export async function lastPlan(db: Db, day: IsoDate, lender: Of): Promise<KeptPlan | null> {
  const row = await db
    .selectFrom('reportPlans')
    .select(['madeAt', 'body'])
    .where('day', '=', day)
    .where('lender', '=', lender ?? '')
    .orderBy('madeAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { madeAt: row.madeAt, rows: row.body as PlanRow[] };
}
