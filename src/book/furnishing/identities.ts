import { sql } from 'kysely';
import type { Identity } from '../../domain/bureau/identity';
import type { Db } from '../open-book';

/** A person as the lender knows them by its own number. Personal: stays in the book. */
export interface NewIdentity {
  readonly lender: string;
  readonly lenderPerson: string;
  readonly identity: Identity;
}

/** Keeps who people are, new or changed. Answers the numbers that the book has no person for, or an erased one. */
export async function putIdentities(db: Db, given: readonly NewIdentity[]): Promise<readonly string[]> {
  if (given.length === 0) return [];
  const rows = await db
    .selectFrom('people')
    .select(['ref', 'lender', 'lenderPerson'])
    .where('lender', 'in', [...new Set(given.map(({ lender }) => lender))])
    .where('lenderPerson', 'in', [...new Set(given.map(({ lenderPerson }) => lenderPerson))])
    .where('erasedAt', 'is', null)
    .execute();
  const refs = new Map(rows.map(({ ref, lender, lenderPerson }) => [`${lender} ${lenderPerson}`, ref]));
  const found = new Map<string, Identity>();
  const unknown: string[] = [];
  for (const { lender, lenderPerson, identity } of given) {
    const ref = refs.get(`${lender} ${lenderPerson}`);
    if (ref === undefined) unknown.push(lenderPerson);
    else found.set(ref, identity);
  }
  if (found.size === 0) return unknown;
  await db
    .insertInto('identities')
    .values([...found].map(([person, body]) => ({ person, body: JSON.stringify(body) })))
    .onConflict((conflict) =>
      conflict.column('person').doUpdateSet((eb) => ({
        body: eb.ref('excluded.body'),
        changedAt: sql<string>`clock_timestamp()`,
      })),
    )
    .execute();
  return unknown;
}

/** Who these people are, by reference. Personal: never into a history, a log or an error. */
export async function identitiesOf(
  db: Db,
  people: readonly string[],
): Promise<ReadonlyMap<string, Identity>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('identities')
    .select(['person', 'body'])
    .where('person', 'in', [...new Set(people)])
    .execute();
  return new Map(rows.map(({ person, body }) => [person, body]));
}

/** Takes out of the book who somebody is. */
export async function dropIdentity(db: Db, person: string): Promise<void> {
  await db.deleteFrom('identities').where('person', '=', person).execute();
}
