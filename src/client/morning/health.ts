import { sql } from 'kysely';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';

/** Whether anything is stopped, old or untold: the line that stands on every report, and what it is made of. */
export async function healthLines(db: Db, lender: Of, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ stops: number; untold: number; unknown: number; reserved: number }>`select
    (select count(*) from switches where opened_at is null) as stops,
    (select count(*) from journal where told_at is null and received_at < clock_timestamp() - interval '1 minute') as untold,
    (select count(*) from attempts where status = 'unknown' and reserved_at > clock_timestamp() - interval '1 day') as unknown,
    (select count(*) from attempts where status = 'reserved' and expires_at < clock_timestamp()) as reserved`.execute(
    db,
  );
  const { rows: host } = await sql<{ lender: string; asOf: Instant }>`select lender, as_of from host_data
    where ${lender === null ? sql`true` : sql`lender = ${lender}`} order by lender`.execute(db);
  const [one] = rows;
  const parts = [
    `${Number(one?.stops ?? 0)} stops stand`,
    `${Number(one?.untold ?? 0)} facts wait to be told`,
    `${Number(one?.unknown ?? 0)} attempts of the last day have an unknown end`,
  ];
  const old = host.map(({ lender: of, asOf }) => {
    const hours = Math.round((Date.parse(now) - Date.parse(asOf)) / 3_600_000);
    return `Host data of ${of} is as of ${asOf}, ${hours} hours old.`;
  });
  return [`Health: ${parts.join('; ')}.`, ...(old.length > 0 ? old : ['No host file was taken in yet.'])];
}
