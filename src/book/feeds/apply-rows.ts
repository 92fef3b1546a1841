import { sql } from 'kysely';
import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';

/** Of which feed the staged rows are. */
export interface Applied {
  readonly feed: string;
  readonly lender: string;
  readonly source: string;
  readonly businessDate: IsoDate;
}

/** An account whose row left the file or came back into it. */
export interface Moved {
  readonly number: string;
  /** Null where no workflow treats it. */
  readonly account: string | null;
  /** The day that it left on: names the hold. */
  readonly leftOn: IsoDate;
  readonly reason: string;
}

/** Rows that had left and stand in the file again. Before `writeRows`, which forgets that they had left. */
export async function comeBack(tx: Db, { lender }: Applied): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    select h.number, a.ref as account, h.left_on, h.left_reason as reason
    from host_rows h
    join feed_stage s on s.number = h.number and s.state <> 'gone'
    left join accounts a on a.lender = h.lender and a.lender_number = h.number and a.status = 'open'
    where h.lender = ${lender} and h.left_on is not null`.execute(tx);
  return rows;
}

/** Writes what the file says of its rows, new ones and changed ones, and that those are back which had left. */
export async function writeRows(tx: Db, { lender, source, businessDate }: Applied): Promise<void> {
  await sql`
    insert into host_rows (lender, number, source, hash, told, product, currency, past_due, cycles, balance,
      oldest_due, next_due, changed_on, wanted_on, body)
    select ${lender}, number, ${source}, hash, told, product, currency, past_due, cycles, balance,
      oldest_due, next_due, ${businessDate}::date, wanted_on, body
    from feed_stage where state = 'fresh'
    on conflict (lender, number) do update set source = excluded.source, hash = excluded.hash, told = excluded.told,
      product = excluded.product, currency = excluded.currency, past_due = excluded.past_due,
      cycles = excluded.cycles, balance = excluded.balance, oldest_due = excluded.oldest_due,
      next_due = excluded.next_due, changed_on = excluded.changed_on, wanted_on = excluded.wanted_on,
      body = excluded.body`.execute(tx);
  await sql`
    update host_rows h set left_on = null, left_reason = null
    from feed_stage s
    where h.lender = ${lender} and h.number = s.number and s.state <> 'gone' and h.left_on is not null`.execute(
    tx,
  );
}

/** Rows of the source that a snapshot does not have leave as `not-in-file`; with `gone`, those that say so themselves. */
export async function leave(tx: Db, applied: Applied, which: 'missing' | 'gone'): Promise<Moved[]> {
  const { lender, source, businessDate } = applied;
  const from =
    which === 'missing'
      ? sql`where h.lender = ${lender} and h.source = ${source} and h.left_on is null
          and not exists (select from feed_stage s where s.number = h.number)`
      : sql`from feed_stage s where h.lender = ${lender} and s.number = h.number and s.state = 'gone'
          and h.left_on is null`;
  const reason = which === 'missing' ? sql`'not-in-file'` : sql`s.reason`;
  const { rows } = await sql<Moved>`
    with gone as (
      update host_rows h set left_on = ${businessDate}::date, left_reason = ${reason} ${from}
      returning h.number, h.left_on, h.left_reason
    )
    select gone.number, a.ref as account, gone.left_on, gone.left_reason as reason
    from gone left join accounts a on a.lender = ${lender} and a.lender_number = gone.number and a.status = 'open'
  `.execute(tx);
  return rows;
}

/** Rows whose day has come by the mere passing of days, and that no workflow treats: they wait as work. */
export async function wantedToday(tx: Db, applied: Applied, after: number): Promise<number> {
  const { feed, lender, source, businessDate } = applied;
  const { numAffectedRows } = await sql`
    insert into feed_work (feed, n, what, number, body)
    select ${feed}, ${after} + row_number() over (order by h.number), 'enrol', h.number, h.body
    from host_rows h
    where h.lender = ${lender} and h.source = ${source} and h.left_on is null and h.body is not null
      and h.wanted_on <= ${businessDate}::date
      and not exists (select from feed_stage s where s.number = h.number and s.what is not null)`.execute(tx);
  await sql`
    update host_rows set body = null
    where lender = ${lender} and source = ${source} and body is not null and wanted_on <= ${businessDate}::date`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** A row that has left, for a list. */
export interface LeftRow {
  readonly number: string;
  readonly source: string;
  readonly account: string | null;
  readonly leftOn: IsoDate;
  readonly reason: string;
  readonly pastDue: number;
  readonly currency: string;
  readonly heardAt: Instant | null;
}

/** Rows that have left and are treated by an open account, the longest gone first: somebody is to say what became of them. */
export async function leftAccounts(db: Db, limit: number, lender?: string): Promise<LeftRow[]> {
  const { rows } = await sql<LeftRow>`
    select h.number, h.source, a.ref as account, h.left_on, h.left_reason as reason, h.past_due, h.currency,
      a.viewed_at as heard_at
    from host_rows h
    join accounts a on a.lender = h.lender and a.lender_number = h.number and a.status = 'open'
    where h.left_on is not null and (${lender ?? null}::text is null or h.lender = ${lender ?? null})
    order by h.left_on, h.number limit ${limit}`.execute(db);
  return rows;
}
