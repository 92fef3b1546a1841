import { createHash, type Hash } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { IsoDate } from '../../domain/units';
import { databaseNow } from '../clock';
import { contentHash } from '../ids';
import { inTransaction, type Db } from '../open-book';
import type { Tables } from '../tables';

export type Seal = Selectable<Tables['seals']>;

const PAGE = 10_000;

/**
 * Seals the ends of all chains that have grown since the last seal under one hash that goes back to the seal before.
 * Once a day: for a day that is sealed, or one before the last, null. Chains go on growing meanwhile.
 */
export function seal(db: Db, day: IsoDate): Promise<Seal | null> {
  return inTransaction(db, async (tx) => {
    await sql`lock table seals in share row exclusive mode`.execute(tx);
    const last = await lastSeal(tx);
    if (last !== undefined && last.day >= day) return null;
    const no = (last?.no ?? 0) + 1;
    const sealedAt = await databaseNow(tx);
    // The seal that the heads refer to is written last, with their hash.
    await takeHeads(tx, no);
    const { root, heads } = await rootOf(tx, no);
    const body = { no, day, sealedAt, heads, root, prev: last?.hash ?? '' };
    const made = { ...body, hash: sealHash(body) };
    await tx.insertInto('seals').values(made).execute();
    return made;
  });
}

export function lastSeal(db: Db): Promise<Seal | undefined> {
  return db.selectFrom('seals').selectAll().orderBy('no', 'desc').limit(1).executeTakeFirst();
}

/** sha-256 of everything in the seal: whoever changes one must change all that follow. */
export function sealHash({ no, day, sealedAt, heads, root, prev }: Omit<Seal, 'hash'>): string {
  return contentHash({ no, day, sealedAt, heads, root, prev });
}

/** One statement sees one moment of all chains. */
async function takeHeads(tx: Transaction<Tables>, no: number): Promise<void> {
  await tx
    .insertInto('sealedHeads')
    .columns(['seal', 'chain', 'n', 'head'])
    .expression((eb) =>
      eb
        .selectFrom('chains')
        .select([eb.val(no).as('seal'), 'id', 'length', 'head'])
        .where('length', '>', 0)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('sealedHeads')
                .select('sealedHeads.seal')
                .whereRef('sealedHeads.chain', '=', 'chains.id')
                .whereRef('sealedHeads.n', '=', 'chains.length'),
            ),
          ),
        ),
    )
    .execute();
}

/** sha-256 over the sealed heads, a line each in the order of the chains. Reads them page by page. */
export async function rootOf(db: Db, no: number): Promise<{ readonly root: string; readonly heads: number }> {
  const hash: Hash = createHash('sha256');
  let heads = 0;
  let after = '';
  for (;;) {
    const page = await db
      .selectFrom('sealedHeads')
      .select(['chain', 'n', 'head'])
      .where('seal', '=', no)
      .where('chain', '>', after)
      .orderBy('chain')
      .limit(PAGE)
      .execute();
    for (const { chain, n, head } of page) hash.update(`${chain} ${n} ${head}\n`);
    heads += page.length;
    after = page.at(-1)?.chain ?? after;
    if (page.length < PAGE) return { root: hash.digest('hex'), heads };
  }
}
