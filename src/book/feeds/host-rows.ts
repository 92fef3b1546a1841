import { sql } from 'kysely';
import type { IsoDate } from '../../domain/units';
import type { Db } from '../open-book';

/** What the book knows of a number that a file names. */
export interface KnownRow {
  /** Null: no file had it before. */
  readonly hash: string | null;
  readonly told: string | null;
  readonly product: string | null;
  readonly currency: string | null;
  readonly oldestDue: IsoDate | null;
  readonly nextDue: IsoDate | null;
  /** Business date of the file that last changed it. */
  readonly changedOn: IsoDate | null;
  readonly left: boolean;
  /** The account of that number, where one is treated or was. */
  readonly account: string | null;
  readonly status: 'open' | 'closed' | null;
  readonly outcome: string | null;
  /** The lender's number of the person who owes. Personal. */
  readonly lenderPerson: string | null;
  readonly books: 'host' | 'obligations' | null;
  /** Names of the facts that an open account was ever told, by whichever file; null for any other. */
  readonly facts: readonly string[] | null;
}

/** One row of a file as it is held against the book. */
export interface Comparing {
  readonly n: number;
  readonly number: string;
  /** Of its content; empty for one that is to be looked at in any case. */
  readonly hash: string;
}

/**
 * Stages the rows that stand in the book as they are, and gives the others, each by its place in the file with what is
 * known of its number, or null. One statement for many rows: of an unchanged one nothing comes back.
 */
export async function stageUnchanged(
  connection: Db,
  lender: string,
  rows: readonly Comparing[],
): Promise<ReadonlyMap<number, KnownRow | null>> {
  const found = await sql<{ n: number; known: KnownRow | null }>`
    with wanted as materialized (
      select * from unnest(${rows.map(({ n }) => n)}::bigint[], ${rows.map(({ number }) => number)}::text[],
        ${rows.map(({ hash }) => hash)}::text[]) as wanted (n, number, hash)
    ), compared as materialized (
      select wanted.n, wanted.number, wanted.hash = h.hash as same, h as row, h.number is not null as kept
      from wanted left join host_rows h on h.lender = ${lender} and h.number = wanted.number
    ), unchanged as (
      insert into feed_stage (n, number, state) select n, number, 'same' from compared where same
    )
    select c.n, case when c.kept or a.ref is not null then json_build_object(
      'hash', (c.row).hash, 'told', (c.row).told, 'product', coalesce((c.row).product, a.product),
      'currency', coalesce((c.row).currency, a.currency), 'oldestDue', (c.row).oldest_due,
      'nextDue', (c.row).next_due, 'changedOn', (c.row).changed_on, 'left', (c.row).left_on is not null,
      'account', a.ref, 'status', a.status, 'outcome', a.outcome, 'lenderPerson', p.lender_person,
      'books', a.enrolment -> 'terms' ->> 'books', 'facts', case when a.status = 'open' then array(
        select jsonb_object_keys(a.enrolment -> 'facts')
        union select jsonb_object_keys(j.body -> 'facts') from journal j
          where j.account = a.ref and jsonb_typeof(j.body -> 'facts') = 'object') end) end as known
    from compared c
    left join accounts a on a.lender = ${lender} and a.lender_number = c.number
    left join people p on p.ref = a.person
    where c.same is not true`.execute(connection);
  return new Map(found.rows.map(({ n, known }) => [n, known]));
}

/** One row of a file as it waits for the whole file to be judged. */
export interface StagedRow {
  readonly n: number;
  readonly number: string;
  /** `same`: in the file, with nothing to be written. `gone`: the file itself says that it left. */
  readonly state: 'same' | 'fresh' | 'gone';
  readonly hash?: string;
  readonly told?: string;
  readonly product?: string;
  readonly currency?: string;
  readonly past_due?: number;
  readonly cycles?: number;
  readonly balance?: number;
  readonly oldest_due?: IsoDate | null;
  readonly next_due?: IsoDate | null;
  readonly wanted_on?: IsoDate | null;
  /** Why it left. */
  readonly reason?: string;
  readonly body?: unknown;
  readonly what?: 'enrol' | 'update' | null;
  readonly work?: unknown;
}

const STAGE = `n bigint, number text, state text, hash text, told text, product text, currency text,
  past_due bigint, cycles integer, balance bigint, oldest_due date, next_due date, wanted_on date,
  reason text, body jsonb, what text, work jsonb`;

/** An empty staging table of this connection: gone with it, so that a file that was broken off leaves nothing. */
export async function openStage(connection: Db): Promise<void> {
  await sql`drop table if exists pg_temp.feed_stage`.execute(connection);
  await sql.raw(`create temporary table feed_stage (${STAGE})`).execute(connection);
}

/** Puts rows into the staging table, many in one statement. */
export async function stageRows(connection: Db, rows: readonly StagedRow[]): Promise<void> {
  const same = rows.filter((row) => row.state === 'same');
  if (same.length > 0)
    await sql`insert into feed_stage (n, number, state)
      select n, number, 'same' from unnest(${same.map(({ n }) => n)}::bigint[], ${same.map(({ number }) => number)}::text[])
        as rows (n, number)`.execute(connection);
  const others = rows.filter((row) => row.state !== 'same');
  if (others.length > 0)
    await sql`insert into feed_stage select * from json_to_recordset(${JSON.stringify(others)}::json)
      as rows (${sql.raw(STAGE)})`.execute(connection);
}

/** Makes the staged rows quick to be looked up. */
export async function closeStage(connection: Db): Promise<void> {
  await sql`create index on feed_stage (number)`.execute(connection);
  await sql`analyze feed_stage`.execute(connection);
}

export interface Share {
  /** Rows of the source that have not left. */
  readonly known: number;
  /** Of these, those that the file does not have. */
  readonly missing: number;
}

/** How much of the source's rows a snapshot would make leave. */
export async function wouldLeave(connection: Db, lender: string, source: string): Promise<Share> {
  const { rows } = await sql<Share>`
    select count(*) as known, count(*) filter (where s.number is null) as missing
    from host_rows h left join (select distinct number from feed_stage where state <> 'gone') s on s.number = h.number
    where h.lender = ${lender} and h.source = ${source} and h.left_on is null`.execute(connection);
  return rows[0] ?? { known: 0, missing: 0 };
}
