import { sql, type RawBuilder } from 'kysely';
import { LIMITATION_YEARS } from '../../domain/party/limitation';
import type { IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import { ofLender, type Of } from './stock';

/** The last setting of each placement of an open account by the close of a day, not released by then. */
const standing = (day: IsoDate, lender: Of): RawBuilder<unknown> => sql`
  select p.account, p.seq, (p.body->>'from')::date as placed_on, (p.body->>'until')::date as until from (
    select distinct on (j.account, j.body->>'hold') j.account, j.seq, j.body
    from journal j where j.kind = 'hold' and j.body->>'type' = 'placed' and j.day <= ${day}
    order by j.account, j.body->>'hold', j.seq desc) as p
  join accounts a on a.ref = p.account
  where a.status = 'open' and ${ofLender(lender, 'a.')}
    and not exists (select from journal r where r.account = p.account and r.kind = 'release' and r.seq > p.seq
      and r.body->>'hold' = p.body->>'hold' and r.day <= ${day})`;

/** Accounts whose placement ends from `from` on, within so many days. */
export async function placementsEnding(db: Db, from: IsoDate, within: number, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct account) as n from (${standing(from, lender)}) as placed
    where until between ${from} and ${from}::date + ${within}::int`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Accounts placed so many days ago or longer of which nothing was told since: no result, no payment, no promise. */
export async function placementsSilent(db: Db, day: IsoDate, days: number, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct p.account) as n from (${standing(day, lender)}) as p
    where p.placed_on <= ${day}::date - ${days}::int and (p.until is null or p.until >= ${day})
      and not exists (select from journal j where j.account = p.account and j.seq > p.seq and j.day <= ${day}
        and j.kind in ('contact-outcome', 'visit-outcome', 'payment', 'promise'))`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/**
 * Open accounts whose claim against the main party ends within so many days of `day`, by domain/party/limitation.ts in
 * sets: as the lender says, else three years after the day that it runs from or what last interrupted it. Only debts
 * more than 180 days late are looked at one by one.
 */
export async function limitationNear(db: Db, day: IsoDate, within: number, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with candidate as (
      select s.account, a.zone, m.limitation as stated,
        coalesce(case when a.enrolment->'terms'->>'books' = 'obligations' then greatest(
          (select max((o->>'due')::date) from jsonb_array_elements(a.enrolment->'events') as o where o->>'kind' = 'obligation'),
          (select max((j.body->>'due')::date) from journal j where j.account = s.account and j.kind = 'obligation')) end,
          s.from_day - s.dpd) as due
      from report_spans s join accounts a on a.ref = s.account
      left join parties m on m.account = s.account and m.role = 'main'
      where s.to_day is null and s.bucket >= 7 and s.ended is null and a.status = 'open' and ${ofLender(lender, 'a.')}),
    claim as (
      select account, coalesce(stated, (greatest(due,
        (select (max(j.at) at time zone c.zone)::date from journal j where j.account = c.account and j.day <= ${day}
          and (j.kind in ('payment', 'promise') or (j.kind = 'delivery' and j.body->>'status' = 'arrived'))),
        (select (max(t.at) at time zone c.zone)::date from attempts t where t.account = c.account
          and t.delivery = 'delivered' and t.day <= ${day}))
        + make_interval(years => ${LIMITATION_YEARS}::int))::date) as ends
      from candidate c where stated is not null or due <= ${day}::date - interval '2 years')
    select count(*) as n from claim where ends between ${day} and ${day}::date + ${within}::int`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
