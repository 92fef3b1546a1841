import { sql } from 'kysely';
import { HOST_DATA_HOURS, HOST_DATA_OLD } from '../domain/policy/host-data';
import { ruleOf, type Stop } from '../domain/policy/switches';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';
import { standingStops } from './switches';

/** Whether what the engine does today can be trusted: what every report says at its foot. */
export interface Health {
  /** Stops that people made, the oldest first. */
  readonly stops: readonly Stop[];
  /** Channels held for their volume. */
  readonly volumeHolds: readonly Stop[];
  /** The newest file of each lender that sends files. */
  readonly hostData: readonly HostData[];
  /** Accounts of which a contact was put off in the last day because the host's data was old. */
  readonly onOldData: number;
  /** Facts that were accepted more than a minute ago and that their accounts have not been told. */
  readonly untold: number;
  /** Attempts of the last day of which nobody knows whether they went out. */
  readonly unknown: number;
}
export interface HostData {
  readonly lender: string;
  readonly asOf: Instant;
  readonly hours: number;
  readonly old: boolean;
}

/** Of one lender, or of all where it is null; a stop of all lenders is one of each. `now` is the book's. */
export async function health(db: Db, lender: string | null, now: Instant): Promise<Health> {
  const of = lender === null ? sql`true` : sql`accounts.lender = ${lender}`;
  const [stops, hostData, counts] = await Promise.all([
    standingStops(db),
    db
      .selectFrom('hostData')
      .select(['lender', 'asOf'])
      .$if(lender !== null, (query) => query.where('lender', '=', lender ?? ''))
      .orderBy('lender')
      .execute(),
    sql<Counts>`select
      (select count(*) from journal join accounts on accounts.ref = journal.account where told_at is null
        and status = 'open' and received_at < clock_timestamp() - interval '1 minute' and ${of}) as untold,
      (select count(*) from attempts join accounts on accounts.ref = attempts.account where attempts.status = 'unknown'
        and reserved_at > clock_timestamp() - interval '1 day' and ${of}) as unknown,
      (select count(distinct account) from gate_answers join accounts on accounts.ref = gate_answers.account
        where rule = ${sql.lit(HOST_DATA_OLD)} and recorded_at > clock_timestamp() - interval '1 day'
        and ${of}) as on_old_data`.execute(db),
  ]);
  const [{ untold, unknown, onOldData } = NONE] = counts.rows;
  const ours = stops.filter((stop) => lender === null || stop.lender === null || stop.lender === lender);
  return {
    stops: ours.filter(({ cause }) => cause === 'person'),
    volumeHolds: ours.filter(({ cause }) => cause === 'volume'),
    hostData: hostData.map(({ lender: name, asOf }) => {
      // In a rehearsal accounts may be ahead of the book's clock, and so are their files.
      const hours = Math.max(0, (Date.parse(now) - Date.parse(asOf)) / 3_600_000);
      return { lender: name, asOf, hours: Math.round(hours), old: hours > HOST_DATA_HOURS };
    }),
    onOldData,
    untold,
    unknown,
  };
}

interface Counts {
  readonly untold: number;
  readonly unknown: number;
  readonly onOldData: number;
}
const NONE: Counts = { untold: 0, unknown: 0, onOldData: 0 };

/** The line for people: what stands in the way of contacts first. `files` are sentences about files that did not come. */
export function sayHealth(at: Health, files: readonly string[] = []): string {
  const old = at.hostData.filter((file) => file.old);
  const parts = [
    at.stops.length === 0 ? 'nothing is stopped' : `stopped: ${at.stops.map(named).join(', ')}`,
    ...(at.volumeHolds.length === 0 ? [] : [`held for volume: ${at.volumeHolds.map(named).join(', ')}`]),
    ...old.map(({ lender, hours }) => `host data of ${lender} is ${hours} hours old`),
    ...files,
    ...(at.onOldData === 0 ? [] : [`${at.onOldData} accounts wait for host data`]),
    `${at.untold} facts untold`,
    `${at.unknown} attempts unknown`,
  ];
  return `Health: ${parts.join('; ')}.`;
}

function named(stop: Stop): string {
  const what = ruleOf({ ...stop, cause: 'person' })
    .slice('stop:'.length)
    .replace(':', ' ');
  return `${what}${stop.lender === null ? '' : ` of ${stop.lender}`}${stop.notices ? ' but notices' : ''}`;
}
