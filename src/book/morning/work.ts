import { sql, type RawBuilder } from 'kysely';
import type { Instant, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import { isThere } from '../owners';
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

/** Call-backs and follow-up visits that were agreed for a day where the account is; a later word takes an earlier's place. */
export async function appointmentsOn(db: Db, day: IsoDate, lender: Of): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select part, count(*) as n from (
      select distinct on (j.account, j.kind) a.status,
        case when j.kind = 'visit-outcome' then 'visit' else 'call' end as part,
        coalesce((j.body->>'followUpOn')::date, ((j.body->>'callBackAt')::timestamptz at time zone a.zone)::date) as on_day
      from journal j join accounts a on a.ref = j.account
      where (j.body ? 'callBackAt' or j.body ? 'followUpOn') and ${ofLender(lender, 'a.')}
      order by j.account, j.kind, j.seq desc) as agreed
    where on_day = ${day} and status = 'open' group by part order by part`.execute(db);
  return rows;
}

/**
 * Complaint holds that end within so many days, and open tasks of accounts under a complaint or an open dispute that
 * fall due by then.
 */
export async function answersDue(db: Db, day: IsoDate, within: number, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with complaint as (
      select distinct on (j.account, j.body->>'hold') j.account, j.seq, j.body->>'hold' as hold,
        (j.body->>'until')::date as until
      from journal j where j.kind = 'hold' and j.body->>'type' = 'complaint'
      order by j.account, j.body->>'hold', j.seq desc),
    standing as (
      select c.* from complaint c join accounts a on a.ref = c.account
      where a.status = 'open' and ${ofLender(lender, 'a.')} and (c.until is null or c.until >= ${day})
        and not exists (select from journal r where r.account = c.account and r.kind = 'release' and r.seq > c.seq
          and r.body->>'hold' = c.hold)),
    disputed as (
      select j.account from journal j join accounts a on a.ref = j.account
      where j.kind in ('dispute-raised', 'dispute-resolved') and a.status = 'open' and ${ofLender(lender, 'a.')}
      group by j.account, j.body->>'dispute' having bool_and(j.kind = 'dispute-raised'))
    select (select count(*) from standing where until <= ${day}::date + ${within}::int)
      + (select count(*) from tasks t where t.status = 'open' and t.account in
          (select account from standing union select account from disputed)
          and t.due < ${day}::date + ${within}::int + 1) as n`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** How what was tried on each channel in the last hour before `now` ended: tried at all, and taken by its carrier. */
export async function carriersSince(
  db: Db,
  now: Instant,
  day: IsoDate,
  lender: Of,
): Promise<{ readonly channel: string; readonly tried: number; readonly taken: number }[]> {
  const { rows } = await sql<{ channel: string; tried: number; taken: number }>`
    select t.channel, count(*)::int as tried, (count(*) filter (where t.status = 'accepted'))::int as taken
    from attempts t join accounts a on a.ref = t.account
    where t.day in (${day}::date, ${day}::date - 1) and t.at > ${now}::timestamptz - interval '1 hour'
      and t.at <= ${now}::timestamptz and t.status <> 'reserved' and t.agency is null and ${ofLender(lender, 'a.')}
    group by 1 order by 1`.execute(db);
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

/** Accounts that need an owner and whose person nobody owns who is there on that day. As they last reported. */
export async function ownerless(db: Db, day: IsoDate, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from accounts a left join owners o on o.person = a.person
    where a.status = 'open' and a.stage in ('negotiation', 'field-visit') and ${ofLender(lender, 'a.')}
      and (o.owner is null or not ${isThere(sql`o.owner`, sql`${day}::date`)})`.execute(db);
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

/**
 * People with at most one attempt left of a cap of three or more, at the close of a day. As at the gate: the attempts of
 * the person count, whichever account they were for, against the caps of each strategy that an open account lives by.
 */
export async function nearCap(db: Db, day: IsoDate, lender: Of): Promise<number> {
  const caps = await capsLive(db);
  if (caps.length === 0) return 0;
  const longest = Math.max(...caps.map(({ days }) => days));
  const reached = ({ channels, most, days }: Cap): RawBuilder<unknown> => sql`count(*) filter (where
    m.channel = any(${[...channels]}::text[]) and m.day > ${day}::date - ${days}::int) >= ${most - 1}`;
  const applies = ({ strategy, paths }: Cap): RawBuilder<unknown> => sql`a.strategy = ${strategy}
    and ${paths === null ? sql`true` : sql`a.path = any(${[...paths]}::text[])`}`;
  const or = sql` or `;
  // Only who was contacted often enough at all is looked up.
  const { rows } = await sql<{ n: number }>`
    with made as materialized (
      select person, channel, day from attempts
      where day <= ${day} and day > ${day}::date - ${longest}::int and status in ('reserved', 'accepted', 'unknown')),
    busy as materialized (select person from made m group by person having ${sql.join(caps.map(reached), or)})
    select count(distinct person) as n from (
      select m.person from busy join accounts a on a.person = busy.person join made m on m.person = busy.person
      where a.status = 'open' and ${ofLender(lender, 'a.')}
      group by m.person, a.ref, a.strategy, a.path
      having ${sql.join(
        caps.map((cap) => sql`(${applies(cap)} and ${reached(cap)})`),
        or,
      )}) as near`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
