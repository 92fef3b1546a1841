import type { Db } from '../../book/open-book';
import { promisesFor, promisesIn } from '../../book/morning/flow';
import { plansInForce } from '../../book/bound-plans';
import { bodyOf, lastPlan, type PlanBody } from '../../book/morning/plans';
import type { Of } from '../../book/morning/stock';
import { appointmentsOn, tasksDue } from '../../book/morning/work';
import { addDays } from '../../domain/calendar/day';
import type { Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { line, percent } from './lines';

/** What is to be done on the day of the report. The plan is the last one that was made for the day. */
export async function todaySection(db: Db, today: IsoDate, lender: Of): Promise<Section> {
  const before = addDays(today, -1);
  const lines: Line[] = [];
  for (const row of await promisesFor(db, today, lender)) {
    lines.push(line('promises-due', Number(row.n), row.currency));
    lines.push(line('promises-due-amount', Number(row.amount), row.currency, row.currency));
  }
  for (const row of await promisesIn(db, { from: before, to: before }, lender))
    if (row.what === 'judged' && BROKEN.includes(row.status))
      lines.push(line('promises-broken-before', Number(row.n), row.currency));
  for (const { part, n } of await appointmentsOn(db, today, lender))
    lines.push(line('appointments', Number(n), part));
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
  for (const { day, of, limit, asked } of plan.loads)
    if (day === today) lines.push(line('seats-used', limit === 0 ? null : percent(asked, limit), of));
  return { id: 'today', title: '5 Today', lines, notes: plan.notes };
}

/** Money that came back breaks what was kept. */
const BROKEN: readonly string[] = ['broken', 'invalidated'];

interface Shown extends PlanBody {
  readonly notes: readonly string[];
}

/** What binds on the day, else the last forecast for it. */
async function planOf(db: Db, day: IsoDate, lender: Of): Promise<Shown | null> {
  const bound = await plansInForce(db, day, lender);
  if (bound.length > 0)
    return {
      rows: bound.flatMap(({ body }) => bodyOf(body).rows),
      loads: bound.flatMap(({ body }) => bodyOf(body).loads),
      notes: bound.map(
        ({ lender: of, decidedBy, madeAt, why }) =>
          `The plan of ${of} binds: decided by ${decidedBy} at ${madeAt}, because: ${why}.`,
      ),
    };
  const last = await lastPlan(db, day, lender);
  return last && { ...last.body, notes: [`The plan was made at ${last.madeAt}. It binds nobody.`] };
}
