import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { Instant } from '../../domain/units';
import { newRef } from '../ids';
import type { Tables } from '../tables';
import type { EvidenceKind } from '../tables/evidence';
import { beginning, linkHash, subjectOf, type Link } from './link';

type Tx = Transaction<Tables>;

/** What is to be kept for good. */
export interface Kept {
  readonly kind: EvidenceKind;
  readonly account: string | null;
  /** By the book's clock; null: the moment of writing. */
  readonly at: Instant | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Adds to the person's chain, in the transaction of what it tells of. The chain's row is locked until that ends, so that
 * links stand in the order of their commits. No transaction may hold two chains: then none waits for another in a ring.
 */
export async function keepEvidence(tx: Tx, person: string, kept: Kept): Promise<void> {
  const { link, hash } = nextLink(await lockChain(tx, person), kept);
  await tx
    .insertInto('evidence')
    .values({ ...link, body: JSON.stringify(link.body), hash })
    .execute();
  await tx.updateTable('chains').set({ length: link.n, head: hash }).where('id', '=', link.chain).execute();
}

/** A chain under its lock, and the database's moment then. */
export type Locked = Pick<Selectable<Tables['chains']>, 'id' | 'length' | 'head'> & { readonly now: Instant };

/** What is to be written behind the end of the chain, and its hash, which is the new end. */
export function nextLink(
  { id, length, head, now }: Locked,
  { kind, account, at, body }: Kept,
): { readonly link: Link; readonly hash: string } {
  const link = {
    ...{ chain: id, n: length + 1, kind, account, at: at ?? now, recordedAt: now, prev: head },
    body: plain(body),
  };
  return { link, hash: linkHash(link) };
}

/** The person's chain, made where there is none. */
export async function lockChain(tx: Tx, person: string): Promise<Locked> {
  const found = await find(tx, person);
  if (found !== undefined) return found;
  const [id, salt] = [newRef(), randomBytes(24).toString('base64url')];
  const subject = subjectOf(person, salt);
  await tx
    .insertInto('chains')
    .values({ id, person, salt, subject, head: beginning(id, subject) })
    .onConflict((conflict) => conflict.column('person').doNothing())
    .execute();
  const made = await find(tx, person);
  if (made === undefined) throw new Error('a chain is not there after it was made');
  return made;
}

function find(tx: Tx, person: string): Promise<Locked | undefined> {
  return tx
    .selectFrom('chains')
    .select(['id', 'length', 'head'])
    .select(sql<Instant>`clock_timestamp()`.as('now'))
    .where('person', '=', person)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** As it reads back: what is undefined is left out. */
function plain(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
}
