import { sql } from 'kysely';
import type { Product } from '../../domain/account/terms';
import type { Currency, IsoDate, Minor } from '../../domain/units';
import type { Db } from '../open-book';
import type { FigureRow, Period } from './flow';
import { ofLender, type Of } from './stock';

/** Cohorts by the month in which the account was opened, or in which it first stood in the book late. */
export type Cohorts = 'opening' | 'entry';

export interface VintageRow {
  readonly currency: Currency;
  readonly product: Product;
  /** `YYYY-MM` */
  readonly cohort: string;
  /** Whole months since the day it counts from. */
  readonly age: number;
  readonly accounts: number;
  readonly ever30: number;
  readonly ever60: number;
  readonly ever90: number;
}

const AGES = [1, 2, 3, 6, 9, 12, 18, 24];

/** Of each cohort, how many had ever been 30, 60 and 90 days past due by each age that all of it has reached. */
export async function vintages(db: Db, day: IsoDate, by: Cohorts, lender: Of): Promise<VintageRow[]> {
  const start = by === 'opening' ? sql`opened_on` : sql`entered_on`;
  const { rows } = await sql<VintageRow>`
    with cohort as (
      select currency, product, ${start} as start, to_char(${start}, 'YYYY-MM') as cohort, ever30, ever60, ever90
      from report_accounts where ${start} is not null and ${start} <= ${day} and ${ofLender(lender)})
    select currency, product, cohort, age, count(*)::int as accounts,
      (count(*) filter (where ever30 <= (start + make_interval(months => age))::date))::int as ever30,
      (count(*) filter (where ever60 <= (start + make_interval(months => age))::date))::int as ever60,
      (count(*) filter (where ever90 <= (start + make_interval(months => age))::date))::int as ever90
    from cohort cross join unnest(${AGES}::int[]) as age
    group by currency, product, cohort, age
    having max((start + make_interval(months => age))::date) <= ${day}
    order by currency, product, cohort, age`.execute(db);
  return rows;
}

export interface LiquidationRow {
  readonly currency: Currency;
  readonly cohort: string;
  readonly days: number;
  readonly balance: Minor;
  readonly paid: Minor;
}

/** The ages at which liquidation is stated, in days. */
export const LIQUIDATION_DAYS = [7, 30, 60, 90, 180];

/** Payments by value date within so many days of entry, without those taken back by the day, against the balance then. */
export async function liquidationOf(db: Db, day: IsoDate, lender: Of): Promise<LiquidationRow[]> {
  const { rows } = await sql<LiquidationRow>`
    with entered as (
      select account, currency, entered_on, entered_balance, to_char(entered_on, 'YYYY-MM') as cohort
      from report_accounts where entered_on <= ${day} and ${ofLender(lender)}),
    undone as (
      select distinct on (account, body->>'of') account, body->>'of' as payment,
        coalesce((body->>'undone')::boolean, false) as stands
      from journal where kind = 'reversal' and day <= ${day} order by account, body->>'of', seq desc),
    paid as (
      select e.currency, e.cohort, (j.body->>'valueDate')::date - e.entered_on as age, (j.body->>'amount')::bigint as amount
      from journal j join entered e on e.account = j.account
      left join undone u on u.account = j.account and u.payment = j.event_id
      where j.kind = 'payment' and j.day <= ${day} and coalesce((j.body->>'pending')::boolean, false) = false
        and coalesce(u.stands, true) and (j.body->>'valueDate')::date >= e.entered_on),
    batches as (
      select currency, cohort, sum(entered_balance) as balance, max(entered_on) as last from entered group by 1, 2)
    select b.currency, b.cohort, d.days, b.balance, coalesce(sum(p.amount) filter (where p.age <= d.days), 0) as paid
    from batches b cross join unnest(${LIQUIDATION_DAYS}::int[]) as d(days)
    left join paid p on p.currency = b.currency and p.cohort = b.cohort
    where b.last + d.days <= ${day}
    group by b.currency, b.cohort, d.days, b.balance order by b.currency, b.cohort, d.days`.execute(db);
  return rows;
}

export interface KeptRow {
  readonly currency: Currency;
  /** What the row is of: empty for all, else a segment, a channel or whoever took the promise. */
  readonly by: string;
  readonly judged: number;
  readonly kept: number;
  readonly promised: Minor;
  readonly paid: Minor;
}

/** Promises judged in a period; what nothing was left to keep of, and what another promise took the place of, is none. */
export async function promisesOver(db: Db, { from, to }: Period, lender: Of): Promise<KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    select currency, part as by, count(*)::int as judged,
      (count(*) filter (where status in ('kept', 'kept-late', 'overpaid')))::int as kept,
      sum(amount) as promised,
      -- Money that came back was not paid in the end.
      coalesce(sum(least(paid, amount)) filter (where status <> 'invalidated'), 0) as paid
    from report_promises cross join lateral (values
      (''), ('segment ' || coalesce(segment, 'none')), ('by ' || channel), ('taken by ' || taken_by)) as v(part)
    where judged_on between ${from} and ${to} and part is not null and ${ofLender(lender)}
      and status in ('kept', 'kept-late', 'overpaid', 'partial', 'broken', 'invalidated')
    group by currency, part order by currency, part`.execute(db);
  return rows;
}

/** Sums of events over a period, whatever the day, the step and the version. */
export async function figuresOver(
  db: Db,
  { from, to }: Period,
  lender: Of,
): Promise<Omit<FigureRow, 'day'>[]> {
  const { rows } = await sql<Omit<FigureRow, 'day'>>`
    select currency, figure, part, '' as step, '' as strategy, sum(n) as n, sum(amount) as amount
    from report_figures where day between ${from} and ${to} and ${ofLender(lender)}
    group by currency, figure, part`.execute(db);
  return rows;
}
