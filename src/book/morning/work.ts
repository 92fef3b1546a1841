import { sql } from 'kysely';
import type { IsoDate } from '../../domain/units';
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

interface Cap {
  readonly strategy: string;
  readonly paths: readonly string[] | null;
  readonly channels: readonly string[];
  readonly most: number;
  readonly days: number;
}

/** Caps of three and more of the strategies that open accounts live by: below that everybody is near. */
async function capsLive(db: Db): Promise<Cap[]> {
  const { rows } = await sql<Cap>`
    select s.hash as strategy, cap->'paths' as paths, cap->'channels' as channels, (cap->>'max')::int as most,
      (cap->>'days')::int as days
    from strategies s cross join lateral jsonb_array_elements(s.compiled->'contact'->'caps') as cap
    where (cap->>'max')::int >= 3
      and exists (select 1 from accounts a where a.status = 'open' and a.strategy = s.hash)`.execute(db);
  return rows;
}

/** People with at most one attempt left of a cap of three or more, at the close of a day. */
export async function nearCap(db: Db, day: IsoDate, lender: Of): Promise<number> {
  const caps = await capsLive(db);
  if (caps.length === 0) return 0;
  const longest = Math.max(...caps.map(({ days }) => days));
  const least = Math.min(...caps.map(({ most }) => most)) - 1;
  const isNear = sql.join(
    caps.map(
      ({ strategy, paths, channels, most, days }) => sql`count(*) filter (where m.strategy = ${strategy}
        and m.channel = any(${[...channels]}::text[]) and m.day > ${day}::date - ${days}::int
        and ${paths === null ? sql`true` : sql`a.path = any(${[...paths]}::text[])`}) >= ${most - 1}`,
    ),
    sql` or `,
  );
  // Only who was contacted often enough at all is looked at more closely.
  const { rows } = await sql<{ n: number }>`
    with made as materialized (
      select person, account, strategy, channel, day from attempts
      where day <= ${day} and day > ${day}::date - ${longest}::int and status in ('reserved', 'accepted', 'unknown')),
    busy as (select person from made group by person having count(*) >= ${least})
    select count(*) as n from (
      select m.person from busy join made m using (person) join accounts a on a.ref = m.account
      where ${ofLender(lender, 'a.')} group by m.person having ${isNear}) as near`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
