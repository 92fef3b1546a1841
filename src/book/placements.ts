import { sql } from 'kysely';
import { AGENCY_STOP } from '../domain/policy/agency-stop';
import type { Instant, IsoDate } from '../domain/units';
import { newRef } from './ids';
import type { Db } from './open-book';
import type { SwitchRow } from './stop';

/** What a step asks for when an account is to be handed to an agency. */
export const PLACE = 'place';
/** The question that a stop of an agency asks of every account that is placed with it. */
export const RECALL_OR_KEEP = 'recall-or-keep';
const AT_ONCE = 1000;

/**
 * Asks a person, for every open account that is placed with a stopped agency, whether it is recalled or kept: one task
 * each, in the queue `agency`, once for a stop. An account whose agency nobody named is asked about with the rest.
 * Repeated it asks of those that were placed meanwhile. Answers how many were asked now.
 */
export async function askRecalls(db: Db, stop: SwitchRow, now: Instant): Promise<number> {
  if (stop.scope !== 'agency' || stop.openedAt !== null) return 0;
  for (let asked = 0; ;) {
    const placed = await placedUnasked(db, stop, now);
    if (placed.length === 0) return asked;
    const made = await db
      .insertInto('tasks')
      .values(
        placed.map(({ account, person, agency, asOf, onDate }) => ({
          ...{ id: newRef(), kind: 'task' as const, account, person, step: AGENCY_STOP, anchor: asOf, n: 1 },
          ...{ action: RECALL_OR_KEEP, queue: 'agency', onDate, due: now },
          ...{
            windowFrom: null,
            windowTo: null,
            place: null,
            dailyAttempts: null,
            days: null,
            chaseAt: null,
          },
          inputs: JSON.stringify({ title: 'The agency is stopped: recall or keep', agency, stop: stop.id }),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    asked += Number(made.numInsertedOrUpdatedRows ?? 0);
    if (placed.length < AT_ONCE) return asked;
  }
}

/** The same for every stop of an agency that stands. */
export async function askRecallsOfAll(db: Db, now: Instant): Promise<number> {
  const stops = await db
    .selectFrom('switches')
    .selectAll()
    .where('scope', '=', 'agency')
    .where('openedAt', 'is', null)
    .execute();
  let asked = 0;
  for (const stop of stops) asked += await askRecalls(db, stop, now);
  return asked;
}

/** The stop was opened: what nobody has answered is no question any more. */
export async function endQuestions(db: Db, stop: string): Promise<void> {
  await db
    .updateTable('tasks')
    .set((eb) => ({ status: 'cancelled', result: 'opened', closedAt: eb.fn('clock_timestamp') }))
    .where('action', '=', RECALL_OR_KEEP)
    .where('status', '=', 'open')
    .where(sql<string>`inputs->>'stop'`, '=', stop)
    .execute();
}

interface Placed {
  readonly account: string;
  readonly person: string;
  readonly agency: string | null;
  /** The day of the stop where the account is. */
  readonly asOf: IsoDate;
  readonly onDate: IsoDate;
}

/**
 * Placements stand as holds: of each the last setting, in the journal or else in the enrolment, in force on the day and
 * not released. The agency is the fact `agency` as last told. An account that came placed is found once its workflow
 * has said so.
 */
async function placedUnasked(db: Db, stop: SwitchRow, now: Instant): Promise<Placed[]> {
  const { rows } = await sql<Placed>`
    with setting as (
      select j.account, j.seq, j.body from journal j where j.kind = 'hold' and j.body->>'type' = 'placed'
      union all
      select a.ref, 0, e from accounts a cross join lateral jsonb_array_elements(a.enrolment->'events') as e
      where a.status = 'open' and a.holds @> '["placed"]' and e->>'kind' = 'hold' and e->>'type' = 'placed'),
    last as (
      select distinct on (account, body->>'hold') * from setting order by account, body->>'hold', seq desc),
    placed as (
      select distinct a.ref as account, a.person, a.zone, a.enrolment->'facts'->>'agency' as came_with,
        (${stop.stoppedAt}::timestamptz at time zone a.zone)::date as as_of,
        (${now}::timestamptz at time zone a.zone)::date as on_date
      from last l join accounts a on a.ref = l.account
      where a.status = 'open' and (${stop.lender}::text is null or a.lender = ${stop.lender})
        and (l.body->>'from')::date <= (${now}::timestamptz at time zone a.zone)::date
        and coalesce((l.body->>'until')::date >= (${now}::timestamptz at time zone a.zone)::date, true)
        and not exists (select from journal r where r.account = l.account and r.kind = 'release' and r.seq > l.seq
          and r.body->>'hold' = l.body->>'hold')),
    named as (
      select p.account, p.person, p.as_of, p.on_date, coalesce((select j.body->'facts'->>'agency' from journal j
        where j.account = p.account and j.kind in ('facts', 'host-update') and j.body->'facts'->>'agency' is not null
        order by j.seq desc limit 1), p.came_with) as agency
      from placed p)
    select account, person, agency, as_of, on_date from named n
    where (agency is null or agency = ${stop.value})
      and not exists (select from tasks t where t.account = n.account and t.person = n.person and t.kind = 'task'
        and t.step = ${AGENCY_STOP} and t.anchor = n.as_of and t.n = 1)
    order by account limit ${AT_ONCE}`.execute(db);
  return rows;
}
