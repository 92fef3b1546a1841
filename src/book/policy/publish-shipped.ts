import { readFileSync } from 'node:fs';
import type { Pack } from '../../domain/policy/pack/pack';
import { inTransaction, type Db } from '../open-book';
import { listPacks, packByHash, packHash, publishPack, type PublishedPack } from './packs';
import { loadPacks, packFile, packNames } from './shipped';

export interface ShippedPack {
  readonly name: string;
  /** `differs`: the book has another version, a lender's own or an older one; it stays until somebody publishes. */
  readonly became: 'published' | 'known' | 'differs';
}

/**
 * Publishes the packs that ship where the book has none of their name, and a new calendar to rules that it has. A
 * version that the lender published is never replaced by itself.
 */
export function publishShipped(db: Db): Promise<readonly ShippedPack[]> {
  return inTransaction(db, async (tx) => {
    const known = await listPacks(tx);
    const done: ShippedPack[] = [];
    for (const pack of loadPacks(packNames())) {
      const { name } = pack;
      const versions = known.filter((one) => one.name === name);
      if (versions.some(({ hash }) => hash === packHash(pack))) done.push({ name, became: 'known' });
      else if (versions.length === 0 || (await hasSameRules(tx, versions, pack))) {
        await publishPack(tx, pack, readFileSync(packFile(name), 'utf8'));
        done.push({ name, became: 'published' });
      } else done.push({ name, became: 'differs' });
    }
    return done;
  });
}

/** The newest version has these rules and counts by an older calendar. */
async function hasSameRules(db: Db, versions: readonly PublishedPack[], pack: Pack): Promise<boolean> {
  const last = versions.at(-1);
  return last !== undefined && (await packByHash(db, last.hash)).version === pack.version;
}
