import { ForbearError } from '../domain/errors/forbear-error';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import { inTransaction, type Db } from './open-book';
import { strategyHash } from './strategy-hash';

export interface Published {
  readonly hash: string;
  readonly name: string;
  readonly version: number;
  readonly publishedAt: Instant;
}

const LIST = ['hash', 'name', 'version', 'publishedAt'] as const;

/**
 * Publishes a checked strategy with the document it was compiled from. Content that is published already stays as it
 * is and answers with its version; anything else becomes the next version of its name.
 */
export function publish(db: Db, strategy: Strategy, document: string): Promise<Published> {
  const hash = strategyHash(strategy);
  return inTransaction(db, async (tx) => {
    // Two who publish at once take their version numbers one after the other.
    await tx.selectNoFrom((eb) => eb.fn('pg_advisory_xact_lock', [eb.lit(7_261_003)]).as('locked')).execute();
    const known = await tx.selectFrom('strategies').select(LIST).where('hash', '=', hash).executeTakeFirst();
    if (known !== undefined) return known;
    const last = await tx
      .selectFrom('strategies')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('name', '=', strategy.name)
      .executeTakeFirst();
    return tx
      .insertInto('strategies')
      .values({
        hash,
        name: strategy.name,
        version: (last?.version ?? 0) + 1,
        document,
        compiled: JSON.stringify(strategy),
      })
      .returning(LIST)
      .executeTakeFirstOrThrow();
  });
}

/** Every published version, by name, the newest first. */
export function listStrategies(db: Db): Promise<Published[]> {
  return db.selectFrom('strategies').select(LIST).orderBy('name').orderBy('version', 'desc').execute();
}

/** The version that a name means: `standard-card` the newest, `standard-card@2` that one, or a hash or its beginning. */
export async function findStrategy(db: Db, name: string): Promise<Published> {
  const [plain = name, version] = name.split('@');
  const named = db.selectFrom('strategies').select(LIST).where('name', '=', plain);
  const exact =
    version === undefined ? named : named.where('version', '=', Number.parseInt(version, 10) || 0);
  const found = await exact.orderBy('version', 'desc').executeTakeFirst();
  if (found !== undefined) return found;
  if (/^[0-9a-f]{8,64}$/.test(name)) {
    const byHash = await db.selectFrom('strategies').select(LIST).where('hash', 'like', `${name}%`).execute();
    if (byHash.length === 1 && byHash[0] !== undefined) return byHash[0];
  }
  throw new ForbearError('STRATEGY_UNKNOWN', { name });
}

/** The compiled strategy of that hash, checked against it. Throws STRATEGY_UNKNOWN, STRATEGY_HASH_DIFFERS. */
export async function strategyByHash(db: Db, hash: string): Promise<Strategy> {
  const known = cache.get(hash);
  if (known !== undefined) return known;
  const row = await db
    .selectFrom('strategies')
    .select('compiled')
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined) throw new ForbearError('STRATEGY_UNKNOWN', { name: hash });
  if (strategyHash(row.compiled) !== hash) throw new ForbearError('STRATEGY_HASH_DIFFERS', { hash });
  if (cache.size >= 100) cache.clear();
  cache.set(hash, row.compiled);
  return row.compiled;
}

// What a hash names never changes, so that one cache serves every book that this process opens.
const cache = new Map<string, Strategy>();

/** The document that a published version was written as. */
export async function documentOf(db: Db, hash: string): Promise<string> {
  const row = await db
    .selectFrom('strategies')
    .select('document')
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined) throw new ForbearError('STRATEGY_UNKNOWN', { name: hash });
  return row.document;
}
