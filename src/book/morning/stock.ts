import { sql, type RawBuilder } from 'kysely';
import type { Currency, IsoDate, Minor } from '../../domain/units';
import type { Db } from '../open-book';

/** Of one lender, or of all. */
export type Of = string | null;

export const ofLender = (lender: Of, table = ''): RawBuilder<unknown> =>
  lender === null ? sql`true` : sql`${sql.raw(table)}lender = ${lender}`;

/** Accounts and amounts that stood at the close of each asked day, by everything that stock is cut by. */
export interface StockRow {
  readonly currency: Currency;
  readonly bucket: number;
  readonly segment: string;
  readonly stage: string;
  readonly holds: string;
  readonly promised: boolean;
  readonly writtenOff: boolean;
  /** In the order of the asked days. */
  readonly accounts: readonly number[];
  readonly pastDue: readonly Minor[];
  readonly balance: readonly Minor[];
}

/** The sums of all changes up to each day: no account is looked at. */
export async function stockOn(db: Db, days: readonly IsoDate[], lender: Of): Promise<StockRow[]> {
  const last = [...days].sort().pop() ?? '';
  const sums = (column: string): RawBuilder<number[]> =>
    sql<number[]>`array[${sql.join(
      days.map((day) => sql`coalesce(sum(${sql.ref(column)}) filter (where day <= ${day}), 0)::float8`),
    )}]`;
  const { rows } = await sql<StockRow>`
    select currency, bucket, segment, stage, holds, promised, written_off,
      ${sums('accounts')} as accounts, ${sums('past_due')} as past_due, ${sums('balance')} as balance
    from report_stock where day <= ${last} and ${ofLender(lender)}
    group by currency, bucket, segment, stage, holds, promised, written_off`.execute(db);
  return rows;
}

export interface StockDay {
  readonly day: IsoDate;
  readonly currency: Currency;
  readonly bucket: number;
  readonly accounts: number;
  readonly pastDue: Minor;
}

/** Stock by bucket at the close of every day of a period: a running sum over the changes. */
export async function stockCourse(db: Db, from: IsoDate, to: IsoDate, lender: Of): Promise<StockDay[]> {
  const { rows } = await sql<StockDay>`
    with changes as (
      select greatest(day, ${from}::date) as day, currency, bucket, sum(accounts) as accounts, sum(past_due) as past_due
      from report_stock where day <= ${to} and ${ofLender(lender)} group by 1, 2, 3),
    kinds as (select distinct currency, bucket from changes),
    days as (select generate_series(${from}::date, ${to}::date, interval '1 day')::date as day)
    select day, currency, bucket,
      coalesce(sum(accounts) over (partition by currency, bucket order by day), 0) as accounts,
      coalesce(sum(past_due) over (partition by currency, bucket order by day), 0) as past_due
    from days cross join kinds left join changes using (day, currency, bucket)
    order by day, currency, bucket`.execute(db);
  return rows;
}

export interface GapRow {
  readonly currency: Currency;
  readonly within: number;
  readonly accounts: number;
  readonly pastDue: Minor;
}

/** Accounts whose bucket rises within so many days of the close of the day, without an open promise. */
export async function stopRollGap(
  db: Db,
  day: IsoDate,
  within: readonly number[],
  lender: Of,
): Promise<GapRow[]> {
  const last = Math.max(...within);
  const { rows } = await sql<GapRow>`
    select a.currency, w.within, count(*) as accounts, sum(s.past_due) as past_due
    from report_spans s join report_accounts a on a.account = s.account
    join unnest(${[...within]}::int[]) as w(within) on s.rolls_on <= ${day}::date + w.within
    where s.rolls_on > ${day} and s.rolls_on <= ${day}::date + ${last}::int and s.from_day <= ${day} and (s.to_day is null or s.to_day > ${day})
      and not s.promised and s.ended is null and ${ofLender(lender, 'a.')}
    group by a.currency, w.within order by a.currency, w.within`.execute(db);
  return rows;
}

/** Late open accounts that no attempt was made for on the day or the six before it, by currency. */
export async function untouched(
  db: Db,
  day: IsoDate,
  lender: Of,
): Promise<{ readonly currency: Currency; readonly accounts: number }[]> {
  const { rows } = await sql<{ currency: Currency; accounts: number }>`
    with late as (
      select currency, sum(accounts) as accounts from report_stock
      where day <= ${day} and bucket > 0 and ${ofLender(lender)} group by currency),
    stood as (
      select account from report_spans
        where to_day is null and from_day <= ${day} and bucket > 0 and ended is null
      union all select account from report_spans
        where to_day > ${day} and from_day <= ${day} and bucket > 0 and ended is null),
    touched as (
      select a.currency, count(*) as accounts
      from (select distinct account from attempts where day > ${day}::date - 7 and day <= ${day}
        and status in ('reserved', 'accepted', 'unknown')) as t
      join stood on stood.account = t.account
      join report_accounts a on a.account = t.account
      where ${ofLender(lender, 'a.')} group by a.currency)
    select late.currency, late.accounts - coalesce(touched.accounts, 0) as accounts
    from late left join touched using (currency) order by currency`.execute(db);
  return rows;
}
