import type { Transaction } from 'kysely';
import { addDays } from '../../domain/calendar/day';
import { localDate } from '../../domain/calendar/zone';
import { virtual } from '../../domain/clock';
import { fail } from '../../domain/errors/forbear-error';
import type { Pack } from '../../domain/policy/pack/pack';
import { datesOfVersions, within, type PackVersionDates } from '../../domain/policy/pack/versions';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import { readClock } from '../clock';
import { contentHash } from '../ids';
import { inTransaction, type Db } from '../open-book';
import type { Tables } from '../tables';

export interface PublishedPack extends PackVersionDates {
  readonly publishedAt: Instant;
}

const LIST = ['hash', 'name', 'version', 'effective', 'publishedAt'] as const;
const PUBLISH_LOCK = 7_261_026;

/** The name of a published version: of its rules and of the calendar that it counts by. */
export function packHash({ version, holidays }: Pick<Pack, 'version' | 'holidays'>): string {
  return contentHash({ version, holidays: holidays.version });
}

/**
 * Publishes a pack with the document it was compiled from. Content that is published already stays as it is; anything
 * else is the next version of its name, in force for every running account from its first day on: the day given, else
 * today by the book's clock. Without a day the first version of a name holds from the pack's own first day.
 * Throws POLICY_BASE_UNPUBLISHED where it stands on a pack that the book does not have, POLICY_RULE_IN_BOOK.
 */
export function publishPack(
  db: Db,
  pack: Pack,
  document: string,
  effective: IsoDate | null = null,
): Promise<PublishedPack> {
  return inTransaction(db, async (tx) => {
    await tx.selectNoFrom((eb) => eb.fn('pg_advisory_xact_lock', [eb.lit(PUBLISH_LOCK)]).as('l')).execute();
    const hash = packHash(pack);
    const all = await listPacks(tx);
    const known = all.find((one) => one.hash === hash);
    if (known !== undefined && (effective === null || effective === known.effective)) return known;
    if (known !== undefined)
      return fail('POLICY_PUBLISHED', {
        pack: pack.name,
        version: known.version,
        effective: known.effective,
      });
    for (const base of pack.on)
      if (!all.some(({ name }) => name === base)) fail('POLICY_BASE_UNPUBLISHED', { pack: pack.name, base });
    await mustAddRules(tx, all, pack);
    const version =
      1 + Math.max(0, ...all.filter(({ name }) => name === pack.name).map((one) => one.version));
    const first = version === 1 ? pack.from : await today(tx, pack.zones[0] ?? 'UTC');
    return tx
      .insertInto('policyPacks')
      .values({
        ...{ hash, name: pack.name, version, document, compiled: JSON.stringify(pack) },
        effective: effective ?? first,
      })
      .returning(LIST)
      .executeTakeFirstOrThrow();
  });
}

async function today(tx: Transaction<Tables>, zone: Zone): Promise<IsoDate> {
  return localDate(virtual(await readClock(tx), Date.now()), zone);
}

/** A rule of the same name in another pack: whoever wrote it may think that it replaces that one. */
async function mustAddRules(
  tx: Transaction<Tables>,
  all: readonly PublishedPack[],
  pack: Pack,
): Promise<void> {
  for (const other of await newest(tx, all)) {
    if (other.name === pack.name) continue;
    const same = pack.rules.find(({ id }) => other.rules.some((rule) => rule.id === id));
    if (same !== undefined) fail('POLICY_RULE_TAKEN', { id: same.id, other: other.name });
  }
}

async function newest(tx: Transaction<Tables>, all: readonly PublishedPack[]): Promise<readonly Pack[]> {
  const last = new Map([...all].sort((a, b) => a.version - b.version).map((one) => [one.name, one.hash]));
  return Promise.all([...last.values()].map((hash) => packByHash(tx, hash)));
}

/** Every published version, by name, the oldest first. */
export function listPacks(db: Db): Promise<PublishedPack[]> {
  return db.selectFrom('policyPacks').select(LIST).orderBy('name').orderBy('version').execute();
}

/**
 * The packs that the book has, each of its versions that is in force yesterday, today or later with the days on which it
 * is. Days before are left out: whoever asks, asks of now, wherever the person is, and of what comes.
 */
export async function packsFrom(db: Db, day: IsoDate): Promise<readonly Pack[]> {
  return packsOf(db, await listPacks(db), day);
}

/**
 * The same where the list was read with the locks (`lockForContact`), as text: what a list makes on a day is made once,
 * and a version that was published since is another list.
 */
export async function packsListed(db: Db, listed: string, day: IsoDate): Promise<readonly Pack[]> {
  const key = `${day} ${listed}`;
  const known = listCache.get(key);
  if (known !== undefined) return known;
  const rows = JSON.parse(listed) as readonly [string, string, number, IsoDate, Instant][];
  const all = rows.map(([hash, name, version, effective, publishedAt]) => {
    return { hash, name, version, effective, publishedAt };
  });
  const made = await packsOf(db, all, day);
  if (listCache.size >= 20) listCache.clear();
  listCache.set(key, made);
  return made;
}

async function packsOf(db: Db, all: readonly PublishedPack[], day: IsoDate): Promise<readonly Pack[]> {
  const packs: Pack[] = [];
  for (const name of new Set(all.map((one) => one.name))) {
    for (const dated of datesOfVersions(all.filter((one) => one.name === name))) {
      // Where the person is it may be a day earlier: rules are asked by the days of the person's own zones.
      if (dated.until !== null && dated.until < addDays(day, -1)) continue;
      packs.push(await datedPack(db, dated));
    }
  }
  return packs;
}

type Dated = ReturnType<typeof datesOfVersions>[number];

/** The same object for the same days: what rules work out of a pack once is kept by it. */
async function datedPack(db: Db, { hash, from, until }: Dated): Promise<Pack> {
  const key = `${hash} ${from} ${until ?? ''}`;
  const known = datedCache.get(key);
  if (known !== undefined) return known;
  const made = within(await packByHash(db, hash), { from, until });
  if (datedCache.size >= 200) datedCache.clear();
  datedCache.set(key, made);
  return made;
}

/** The pack of that hash, checked against it. Throws POLICY_UNKNOWN, POLICY_HASH_DIFFERS. */
export async function packByHash(db: Db, hash: string): Promise<Pack> {
  const known = cache.get(hash);
  if (known !== undefined) return known;
  const row = await db
    .selectFrom('policyPacks')
    .select('compiled')
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined) return fail('POLICY_UNKNOWN', { name: hash });
  const pack = row.compiled;
  if (
    packHash(pack) !== hash ||
    versionOf(pack) !== pack.version ||
    calendarOf(pack) !== pack.holidays.version
  )
    return fail('POLICY_HASH_DIFFERS', { hash });
  if (cache.size >= 100) cache.clear();
  cache.set(hash, pack);
  return pack;
}

/** As a pack is named where it is compiled (domain/policy/pack/document). */
function versionOf({ version: _version, holidays, ...plain }: Pack): string {
  return contentHash({ ...plain, holidays: holidays.name });
}
const calendarOf = ({ holidays }: Pack): string => contentHash(holidays.years);

// What a hash names never changes, so that one cache serves every book that this process opens.
const cache = new Map<string, Pack>();
const datedCache = new Map<string, Pack>();
const listCache = new Map<string, readonly Pack[]>();
