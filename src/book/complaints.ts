import { sql } from 'kysely';
import type { Db } from './open-book';

export type CountedBy = 'cause' | 'collector' | 'agency';

export interface ComplaintCount {
  readonly of: string;
  readonly told: number;
  readonly open: number;
  readonly upheld: number;
  readonly partly: number;
  readonly rejected: number;
}

/** Complaints of the journal by what they are counted by, the most first; those about nobody are `nobody`. */
export async function complaintCounts(
  db: Db,
  by: CountedBy,
  since: string | null,
): Promise<ComplaintCount[]> {
  const { rows } = await sql<ComplaintCount>`
    with told as (
      select coalesce(j.body->>${sql.lit(by)}, 'nobody') as of, (
        select a.body->>'outcome' from journal a where a.account = j.account and a.kind = 'complaint-answered'
          and a.body->>'complaint' = j.body->>'complaint' order by a.seq desc limit 1) as outcome
      from journal j where j.kind = 'complaint' and (${since}::text is null or j.at >= ${since}::date)
    )
    select of, count(*)::int as told, (count(*) filter (where outcome is null))::int as open,
      (count(*) filter (where outcome = 'upheld'))::int as upheld,
      (count(*) filter (where outcome = 'partly'))::int as partly,
      (count(*) filter (where outcome = 'rejected'))::int as rejected
    from told group by of order by told desc, of`.execute(db);
  return rows;
}

/**
 * Whether a complaint of the person about this collector is open or was found right: then he works on none of the
 * person's accounts. Rejected, he may again.
 */
export function isTakenOff(db: Db, person: string, collector: string): Promise<boolean> {
  return complainedOf(db, person, 'collector', collector);
}

/** The same of an agency: none of the person's accounts is handed to it. */
export function isAgencyTakenOff(db: Db, person: string, agency: string): Promise<boolean> {
  return complainedOf(db, person, 'agency', agency);
}

async function complainedOf(
  db: Db,
  person: string,
  about: 'collector' | 'agency',
  name: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from journal j join accounts a on a.ref = j.account
    where a.person = ${person} and j.kind = 'complaint' and j.body->>${sql.lit(about)} = ${name}
      and not exists (select from journal r where r.account = j.account and r.kind = 'complaint-answered'
        and r.body->>'complaint' = j.body->>'complaint' and r.body->>'outcome' = 'rejected')
    limit 1`.execute(db);
  return rows.length > 0;
}
