import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { virtual } from '../domain/clock';
import {
  isUnusual,
  isVolumeWatched,
  mostAllowed,
  VOLUME_DAYS,
  VOLUME_RULE,
  type Volume,
  type VolumeRule,
} from '../domain/policy/volume';
import type { IsoDate } from '../domain/units';
import { readClock } from './clock';
import { inTransaction, type Db } from './open-book';
import { stop, type SwitchRow } from './stop';
import type { Tables } from './tables';
import { volumeRule } from './volume-rules';

type Of = Pick<Volume, 'lender' | 'channel' | 'day'>;

/** Two reservations at once seldom meet in one row; a day's count is read from all of them. */
const SHARDS = 64;

/** In which of the rows the permits of that account are counted. */
export const shardOf = (of: string): number => createHash('md5').update(of).digest().readUInt8(0) % SHARDS;

/** One more permit of that day. Last in its transaction: the row is locked until the end of it. */
export function oneMore(db: Pick<Db, 'insertInto'>, row: Of & { readonly shard: number }) {
  const { lender, channel, day, shard } = row;
  return db
    .insertInto('volumeCounts')
    .values({ lender, channel, day, shard, n: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['lender', 'channel', 'day', 'shard'])
        .doUpdateSet((eb) => ({ n: eb('volumeCounts.n', '+', 1) })),
    );
}

/** The volume of a day as it stands. */
export async function volumeOf(db: Db, of: Of): Promise<Volume> {
  const [counts, days, rules] = [
    await sumOf(db, of).execute(),
    await dayRow(db, of).execute(),
    await volumeRule(db, of).execute(),
  ];
  return volumeFrom(db, of, { counts, days, rules });
}

/** What is read of a day's volume. */
export interface VolumeRead {
  readonly counts: readonly { readonly count: number }[];
  readonly days: readonly Day[];
  readonly rules: readonly VolumeRule[];
}

async function volumeFrom(db: Db, of: Of, { counts, days, rules }: VolumeRead): Promise<Volume> {
  const { lender, channel, day } = of;
  const { most, planned, released } = days[0] ?? (await begin(db, of));
  const [count, rule] = [counts[0]?.count ?? 0, rules[0] ?? VOLUME_RULE];
  return { lender, channel, day, count, most, planned, released, rule };
}

export function sumOf(db: Db, { lender, channel, day }: Of) {
  return db
    .selectFrom('volumeCounts')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('n'), eb.lit(0)).as('count'))
    .where('lender', '=', lender)
    .where('channel', '=', channel)
    .where('day', '=', day);
}

/**
 * Holds a channel of a lender when one more would be beyond the usual: it stands like a stop until two people open it.
 * Answers whether it does. Asked at the gate, where no stop stands. `read`: what is read of it already.
 */
export async function holdsForVolume(tx: Transaction<Tables>, of: Of, read?: VolumeRead): Promise<boolean> {
  if (!isVolumeWatched(of.channel)) return false;
  const volume = read === undefined ? await volumeOf(tx, of) : await volumeFrom(tx, of, read);
  if (!isUnusual(volume)) return false;
  await hold(tx, volume);
  return true;
}

/**
 * What is planned against what is usual, for the plan of a day: each volume that it gives, by channel. It is noted, so
 * that the gate counts what is planned and not only what went out.
 */
export function plannedVolumeAgainst(
  db: Db,
  lender: string,
  day: IsoDate,
  planned: Readonly<Record<string, number>>,
): Promise<Volume[]> {
  return inTransaction(db, async (tx) => {
    const found: Volume[] = [];
    for (const [channel, count] of Object.entries(planned)) {
      const of = { lender, channel, day };
      if ((await dayOf(tx, of)) === undefined) await begin(tx, of);
      await tx
        .updateTable('volumeDays')
        .set({ planned: count })
        .where('lender', '=', lender)
        .where('channel', '=', channel)
        .where('day', '=', day)
        .execute();
      found.push(await volumeOf(tx, of));
    }
    return found;
  });
}

/** The same for the day that has come: whatever is unusual in its plan is held before the first of it goes out. */
export function holdVolume(
  db: Db,
  lender: string,
  day: IsoDate,
  planned: Readonly<Record<string, number>>,
): Promise<SwitchRow[]> {
  return inTransaction(db, async (tx) => {
    const held: SwitchRow[] = [];
    for (const volume of await plannedVolumeAgainst(tx, lender, day, planned)) {
      if (isVolumeWatched(volume.channel) && isUnusual(volume)) held.push(await hold(tx, volume));
    }
    return held;
  });
}

async function hold(tx: Transaction<Tables>, volume: Volume): Promise<SwitchRow> {
  const { lender, channel, day, count, planned, most } = volume;
  const allowed = mostAllowed(volume);
  return stop(tx, {
    ...{ scope: 'channel', value: channel, lender, cause: 'volume', by: 'forbear', role: null },
    why:
      planned !== null && planned > allowed
        ? `${planned} are planned on ${channel} for ${day}; more than ${allowed} are unusual (largest day: ${most})`
        : `${count} went out on ${channel} on ${day}; more than ${allowed} are unusual (largest day: ${most})`,
    detail: { day, count, planned, most, allowed },
  });
}

/** People have opened a hold: the day that it was made for and the day that it is may go on, whatever their volume. */
export async function releaseVolume(
  tx: Transaction<Tables>,
  { id, lender, value }: SwitchRow,
): Promise<void> {
  if (lender === null || value === null) return;
  const acts = await tx
    .selectFrom('switchActs')
    .select('detail')
    .where('switch', '=', id)
    .where('act', '=', 'stop')
    .execute();
  const days = acts.flatMap(({ detail }) => (detail as { readonly day?: IsoDate } | null)?.day ?? []);
  for (const day of new Set([...days, await todayOf(tx, lender)])) {
    const of = { lender, channel: value, day };
    if ((await dayOf(tx, of)) === undefined) await begin(tx, of);
    await tx
      .updateTable('volumeDays')
      .set({ released: true })
      .where('lender', '=', lender)
      .where('channel', '=', value)
      .where('day', '=', day)
      .execute();
  }
}

/** The day at the lender's accounts, on the book's own clock. */
export async function todayOf(db: Db, lender: string): Promise<IsoDate> {
  const row = await db
    .selectFrom('accounts')
    .select('zone')
    .where('lender', '=', lender)
    .limit(1)
    .executeTakeFirst();
  return localDate(virtual(await readClock(db), Date.now()), row?.zone ?? 'UTC');
}

type Day = Pick<Volume, 'most' | 'planned' | 'released'>;

function dayOf(db: Db, of: Of): Promise<Day | undefined> {
  return dayRow(db, of).executeTakeFirst();
}

export function dayRow(db: Db, { lender, channel, day }: Of) {
  return db
    .selectFrom('volumeDays')
    .select(['most', 'planned', 'released'])
    .where('lender', '=', lender)
    .where('channel', '=', channel)
    .where('day', '=', day);
}

/** The first to ask on a day looks back over the eight weeks, once for all. */
async function begin(db: Db, of: Of): Promise<Day> {
  const { lender, channel, day } = of;
  const { most } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('volumeCounts')
        .select(sql<number>`sum(n)`.as('total'))
        .where('lender', '=', lender)
        .where('channel', '=', channel)
        .where('day', '>=', addDays(day, -VOLUME_DAYS))
        .where('day', '<', day)
        .groupBy('day')
        .as('days'),
    )
    .select((eb) => eb.fn.coalesce(eb.fn.max<number>('total'), eb.lit(0)).as('most'))
    .executeTakeFirstOrThrow();
  await db
    .insertInto('volumeDays')
    .values({ lender, channel, day, most, planned: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await dayOf(db, of)) ?? { most, planned: null, released: false };
}
