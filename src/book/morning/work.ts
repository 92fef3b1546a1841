import { sql } from 'kysely';
import type { Currency, Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import { ofLender, type Of } from './stock';

export interface Counted {
  readonly part: string;
  readonly n: number;
}

/** Open tasks whose day has come by then, by kind. */
export async function tasksDue(db: Db, by: IsoDate, lender: Of): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select t.kind as part, count(*) as n from tasks t join accounts a on a.ref = t.account
    where t.status = 'open' and t.on_date <= ${by} and ${ofLender(lender, 'a.')} group by 1 order by 1`.execute(
    db,
  );
  return rows;
}

const AGENCIES_AND_LAW = ['agency', 'legal', 'counsel', 'head'];

export async function workOfAgenciesAndLaw(db: Db, by: IsoDate, lender: Of): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select t.queue as part, count(*) as n from tasks t join accounts a on a.ref = t.account
    where t.status = 'open' and t.queue = any(${AGENCIES_AND_LAW}) and (t.due at time zone a.zone)::date <= ${by}
      and ${ofLender(lender, 'a.')} group by 1 order by 1`.execute(db);
  return rows;
}

export async function casesWaiting(db: Db, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from cases c join accounts a on a.ref = c.account
    where c.status = 'drafted' and ${ofLender(lender, 'a.')}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Disputes raised by the close of a day and not resolved by then. */
export async function disputesOpen(db: Db, day: IsoDate, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select j.account, j.body->>'dispute' from journal j join accounts a on a.ref = j.account
      where j.kind in ('dispute-raised', 'dispute-resolved') and j.day <= ${day} and ${ofLender(lender, 'a.')}
      group by 1, 2 having bool_and(j.kind = 'dispute-raised')) as open`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Accounts that need an owner and whose task to name one is not done. As they last reported. */
export async function ownerless(db: Db, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from accounts a where a.status = 'open' and a.stage in ('negotiation', 'field-visit')
      and ${ofLender(lender, 'a.')}
      and not exists (select 1 from tasks t where t.account = a.ref and t.action = 'assign-owner' and t.status = 'done')`.execute(
    db,
  );
  return Number(rows[0]?.n ?? 0);
}

export interface Live {
  readonly name: string;
  readonly version: number;
  readonly accounts: number;
}

/** Versions of strategies that open accounts live by. */
export async function versionsLive(db: Db, lender: Of): Promise<Live[]> {
  const { rows } = await sql<Live>`
    select s.name, s.version, n.accounts from (
      select strategy, count(*) as accounts from accounts a where a.status = 'open' and ${ofLender(lender, 'a.')}
      group by strategy) as n
    join strategies s on s.hash = n.strategy order by s.name, s.version`.execute(db);
  return rows;
}

/** People with at most one attempt left of a cap of three or more, at the close of a day. */
export async function nearCap(db: Db, day: IsoDate, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with caps as (
      select s.hash, cap->'paths' as paths, cap->'channels' as channels, (cap->>'max')::int as most,
        (cap->>'days')::int as days
      from strategies s cross join lateral jsonb_array_elements(s.compiled->'contact'->'caps') as cap
      where (cap->>'max')::int >= 3 and exists (select 1 from accounts a where a.strategy = s.hash)),
    longest as (select coalesce(max(days), 0) as days from caps),
    made as (
      select t.person, t.channel, t.day, a.strategy, a.path from attempts t join accounts a on a.ref = t.account
      where t.day <= ${day} and t.day > ${day}::date - (select days from longest)::int
        and t.status in ('reserved', 'accepted', 'unknown') and ${ofLender(lender, 'a.')})
    select count(distinct person) as n from (
      select m.person from made m join caps c on c.hash = m.strategy and c.channels ? m.channel
        and m.day > ${day}::date - c.days and (c.paths is null or c.paths ? m.path)
      group by m.person, c.hash, c.paths, c.channels, c.most, c.days having count(*) >= c.most - 1) as near`.execute(
    db,
  );
  return Number(rows[0]?.n ?? 0);
}

export interface Trust {
  readonly lender: string;
  readonly hostAsOf: Instant | null;
}

/** Money that is announced and not posted, as the book has it now, by currency. */
export async function announcedOpen(
  db: Db,
  day: IsoDate,
  lender: Of,
): Promise<{ readonly currency: Currency; readonly n: number; readonly amount: number }[]> {
  const { rows } = await sql<{ currency: Currency; n: number; amount: number }>`
    select a.currency, count(*) as n, sum((j.body->>'amount')::bigint) as amount
    from journal j join accounts a on a.ref = j.account
    where j.kind = 'payment' and (j.body->>'pending')::boolean and j.day between ${day}::date - 3 and ${day}
      and ${ofLender(lender, 'a.')} group by 1 order by 1`.execute(db);
  return rows;
}
