import type { Selectable } from 'kysely';
import type { Db } from '../open-book';
import type { Tables } from '../tables';
import { beginning, linkHash, subjectOf } from './link';
import { rootOf, sealHash, type Seal } from './seal';

/** A place where the evidence is not what was written. */
export interface Break {
  /** The chain, or null where a seal itself is broken. */
  readonly chain: string | null;
  /** The link's place in its chain, or the seal's number. */
  readonly n: number;
  readonly what:
    | 'link-changed'
    | 'link-missing'
    | 'end-differs'
    | 'subject-differs'
    | 'seal-changed'
    | 'seal-missing'
    | 'sealed-heads-changed'
    | 'sealed-link-differs';
}

export interface Verified {
  readonly chains: number;
  readonly links: number;
  readonly seals: number;
  /** Of the newest seal; whoever wrote it down outside the book can compare. Null: nothing is sealed yet. */
  readonly lastSeal: Seal | null;
  readonly breaks: readonly Break[];
}

interface Options {
  /** Only that person's chain, and no seals. */
  readonly person?: string;
  readonly onProgress?: (links: number) => void;
}

const PAGE = 2_000;
/** So many places are named; more than that is one fault with many traces. */
const MOST_BREAKS = 100;

type ChainRow = Selectable<Tables['chains']>;

/** Reads every chain and every seal again and compares the hashes. Memory does not grow with the book. */
export async function verify(db: Db, { person, onProgress }: Options = {}): Promise<Verified> {
  const breaks: Break[] = [];
  const say = (found: Break): void => {
    if (breaks.length < MOST_BREAKS) breaks.push(found);
  };
  let [chains, links, after] = [0, 0, ''];
  for (;;) {
    const page = await chainsAfter(db, after, person);
    for (const chain of page) {
      links += await verifyChain(db, chain, say);
      onProgress?.(links);
    }
    chains += page.length;
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
  const seals = person === undefined ? await verifySeals(db, say) : [];
  return { chains, links, seals: seals.length, lastSeal: seals.at(-1) ?? null, breaks };
}

function chainsAfter(db: Db, after: string, person: string | undefined): Promise<ChainRow[]> {
  let query = db.selectFrom('chains').selectAll().where('id', '>', after).orderBy('id').limit(PAGE);
  if (person !== undefined) query = query.where('person', '=', person);
  return query.execute();
}

async function verifyChain(db: Db, chain: ChainRow, say: (found: Break) => void): Promise<number> {
  const { id, person, salt, subject } = chain;
  if (person !== null && salt !== null && subjectOf(person, salt) !== subject)
    say({ chain: id, n: 0, what: 'subject-differs' });
  let [n, prev, read] = [0, beginning(id, subject), 0];
  for (;;) {
    const page = await db
      .selectFrom('evidence')
      .selectAll()
      .where('chain', '=', id)
      .where('n', '>', n)
      // What came after the chain's row was read is the next time's.
      .where('n', '<=', chain.length)
      .orderBy('n')
      .limit(PAGE)
      .execute();
    for (const link of page) {
      if (link.n !== n + 1) say({ chain: id, n: n + 1, what: 'link-missing' });
      else if (link.prev !== prev || linkHash(link) !== link.hash)
        say({ chain: id, n: link.n, what: 'link-changed' });
      n = link.n;
      prev = link.hash;
    }
    read += page.length;
    if (page.length < PAGE) break;
  }
  if (n !== chain.length || prev !== chain.head) say({ chain: id, n: chain.length, what: 'end-differs' });
  return read;
}

async function verifySeals(db: Db, say: (found: Break) => void): Promise<Seal[]> {
  const seals = await db.selectFrom('seals').selectAll().orderBy('no').execute();
  let prev = '';
  for (const [index, seal] of seals.entries()) {
    if (seal.no !== index + 1) say({ chain: null, n: index + 1, what: 'seal-missing' });
    if (seal.prev !== prev || sealHash(seal) !== seal.hash)
      say({ chain: null, n: seal.no, what: 'seal-changed' });
    const { root, heads } = await rootOf(db, seal.no);
    if (root !== seal.root || heads !== seal.heads)
      say({ chain: null, n: seal.no, what: 'sealed-heads-changed' });
    prev = seal.hash;
  }
  for (const { chain, n } of await unlikeSealed(db)) say({ chain, n, what: 'sealed-link-differs' });
  return seals;
}

/** A chain that was written anew from the beginning fits itself, but not what was sealed. */
function unlikeSealed(db: Db): Promise<{ readonly chain: string; readonly n: number }[]> {
  return db
    .selectFrom('sealedHeads')
    .leftJoin('evidence', (join) =>
      join.onRef('evidence.chain', '=', 'sealedHeads.chain').onRef('evidence.n', '=', 'sealedHeads.n'),
    )
    .select(['sealedHeads.chain', 'sealedHeads.n'])
    .where((eb) => eb('evidence.hash', 'is distinct from', eb.ref('sealedHeads.head')))
    .orderBy('sealedHeads.chain')
    .orderBy('sealedHeads.n')
    .limit(MOST_BREAKS)
    .execute();
}
