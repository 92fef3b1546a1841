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

/** What a skill or a machine can do on a day, and what the plan asks of it before the cut. */
export interface PlanLoad {
  readonly day: IsoDate;
  readonly of: string;
  readonly limit: number;
  readonly asked: number;
}

export interface PlanBody {
  readonly rows: readonly PlanRow[];
  readonly loads: readonly PlanLoad[];
}

export interface KeptPlan {
  readonly madeAt: Instant;
  readonly body: PlanBody;
}

/** As it stands in the book; earlier plans have rows alone. */
export function bodyOf(body: unknown): PlanBody {
  return Array.isArray(body) ? { rows: body as PlanRow[], loads: [] } : (body as PlanBody);
}

/** Keeps a plan under every day that it is for. */
export async function keepPlan(db: Db, lender: Of, { rows, loads }: PlanBody): Promise<void> {
  const days = [...new Set(rows.map(({ day }) => day))];
  if (days.length === 0) return;
  await db
    .insertInto('reportPlans')
    .values(
      days.map((day) => ({
        day,
        lender: lender ?? '',
        body: JSON.stringify({
          rows: rows.filter((row) => row.day === day),
          loads: loads.filter((load) => load.day === day),
        }),
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
  return row === undefined ? null : { madeAt: row.madeAt, body: bodyOf(row.body) };
}
