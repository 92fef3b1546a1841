import type { Db } from '../../book/open-book';
import { promisesFor } from '../../book/morning/flow';
import { plansInForce } from '../../book/bound-plans';
import { lastPlan, type PlanRow } from '../../book/morning/plans';
import type { Of } from '../../book/morning/stock';
import { tasksDue } from '../../book/morning/work';
import type { Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { line } from './lines';

/** What is to be done on the day of the report. The plan is the last one that was made for the day. */
export async function todaySection(db: Db, today: IsoDate, lender: Of): Promise<Section> {
  const lines: Line[] = [];
  for (const row of await promisesFor(db, today, lender)) {
    lines.push(line('promises-due', Number(row.n), row.currency));
    lines.push(line('promises-due-amount', Number(row.amount), row.currency, row.currency));
  }
  for (const { part, n } of await tasksDue(db, today, lender)) lines.push(line('tasks-due', Number(n), part));
  const plan = await planOf(db, today, lender);
  if (plan === null)
    return {
      ...{ id: 'today', title: '5 Today', lines },
      notes: [
        'No plan was made for this day: `forbear plan` runs the core over the open accounts and keeps it.',
      ],
    };
  for (const row of plan.rows.filter(({ day }) => day === today)) {
    const part = `${row.channel}, ${row.queue ?? 'no queue'}, segment ${row.segment ?? 'none'}`;
    lines.push(line('planned', row.planned, part));
    if (row.planned > row.done) lines.push(line('planned-cut', row.planned - row.done, part));
  }
  return { id: 'today', title: '5 Today', lines, notes: plan.notes };
}

interface Shown {
  readonly rows: readonly PlanRow[];
  readonly notes: readonly string[];
}

/** What binds on the day, else the last forecast for it. */
async function planOf(db: Db, day: IsoDate, lender: Of): Promise<Shown | null> {
  const bound = await plansInForce(db, day, lender);
  if (bound.length > 0)
    return {
      rows: bound.flatMap(({ body }) => body as readonly PlanRow[]),
      notes: bound.map(
        ({ lender: of, decidedBy, madeAt, why }) =>
          `The plan of ${of} binds: decided by ${decidedBy} at ${madeAt}, because: ${why}.`,
      ),
    };
  const last = await lastPlan(db, day, lender);
  return last && { rows: last.rows, notes: [`The plan was made at ${last.madeAt}. It binds nobody.`] };
}
