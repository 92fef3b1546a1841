import { sql } from 'kysely';
import type { CreditedTo } from '../../domain/credit/credit';
import type { Currency, IsoDate, Minor } from '../../domain/units';

import type { Db } from '../open-book';
import type { Period } from './flow';
import { LIQUIDATION_DAYS } from './cohorts';
import { ofLender, type Of } from './stock';

export interface CreditedRow {
  readonly currency: Currency;
  readonly to: CreditedTo;
  /** The step of a contact or a visit. */
  readonly step: string | null;
  readonly payments: number;
  readonly amount: Minor;
}

/**
 * Money received by value date, whom it is credited to: the one definition of every report. What came back by the end of
 * the period is no money of it; what came back later was money then, so that a month that has ended keeps its figures.
 */
export async function creditedIn(db: Db, { from, to }: Period, lender: Of): Promise<CreditedRow[]> {
  const { rows } = await sql<CreditedRow>`
    select c.currency, c.credited_to as "to", c.step, count(*) as payments, sum(c.amount) as amount
    from payment_credits c
    where c.value_date between ${from} and ${to} and (c.taken_back_on is null or c.taken_back_on > ${to})
      and ${lender === null ? sql`true` : sql`exists (select from accounts a where a.ref = c.account and ${ofLender(lender, 'a.')})`}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

export interface BatchRow {
  readonly currency: Currency;
  /** As the accounts' facts name it; empty where nothing does. */
  readonly agency: string;
  /** Month of placement, `YYYY-MM`. */
  readonly batch: string;
  readonly days: number;
  readonly accounts: number;
  readonly placed: Minor;
  readonly paid: Minor;
}

/**
 * Of each agency's batch, what was credited to it within so many days of placement, against the balance at the close of
 * the day on which it was placed. Only ages that all of the batch has reached.
 */
export async function agencyLiquidation(db: Db, day: IsoDate, lender: Of): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    with placement as (
      select distinct on (j.account, j.body->>'hold') j.account, j.body->>'hold' as hold, j.seq,
        (j.body->>'from')::date as placed_on, a.currency
      from journal j join report_accounts a on a.account = j.account
      where j.kind = 'hold' and j.body->>'type' = 'placed' and j.day <= ${day} and ${ofLender(lender, 'a.')}
      order by j.account, j.body->>'hold', j.seq desc),
    batch as (
      select p.*, to_char(p.placed_on, 'YYYY-MM') as month, coalesce(s.balance, 0) as balance,
        coalesce(told.agency, b.enrolment->'facts'->>'agency', '') as agency
      from placement p join accounts b on b.ref = p.account
      left join lateral (select balance from report_spans s where s.account = p.account
        and s.from_day <= greatest(p.placed_on, (select min(from_day) from report_spans f where f.account = p.account))
        order by s.from_day desc limit 1) as s on true
      left join lateral (select j.body->'facts'->>'agency' as agency from journal j where j.account = p.account
        and j.kind in ('facts', 'host-update') and j.body->'facts'->>'agency' is not null
        and (j.at at time zone b.zone)::date <= p.placed_on order by j.seq desc limit 1) as told on true
      where p.placed_on <= ${day}),
    sums as (
      select currency, agency, month, count(*) as accounts, sum(balance) as placed, max(placed_on) as last
      from batch group by 1, 2, 3),
    paid as (
      select b.currency, b.agency, b.month, c.value_date - b.placed_on as age, sum(c.amount) as amount
      from batch b join payment_credits c on c.source_account = b.account and c.source_event = b.hold
        and c.credited_to = 'agency'
      where c.value_date <= ${day} and (c.taken_back_on is null or c.taken_back_on > ${day})
      group by 1, 2, 3, 4)
    select s.currency, s.agency, s.month as batch, d.days, s.accounts, s.placed,
      coalesce(sum(p.amount) filter (where p.age <= d.days), 0) as paid
    from sums s cross join unnest(${LIQUIDATION_DAYS}::int[]) as d(days)
    left join paid p on p.currency = s.currency and p.agency = s.agency and p.month = s.month
    where s.last + d.days <= ${day}
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4`.execute(db);
  return rows;
}
