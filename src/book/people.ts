import type { EndpointKind } from '../domain/policy/channels';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant, Zone } from '../domain/units';
import { digitOf, newRef } from './ids';
import { inTransaction, type Db } from './open-book';

/** A person as the lender describes one. Personal: stays in the book. */
export interface NewPerson {
  readonly lender: string;
  /** The lender's own number for the person; the same number is the same person. */
  readonly lenderPerson?: string;
  readonly name?: string;
  /** BCP 47, such as `zh-CN`. */
  readonly language: string;
  /** Null where it is not known: then a human decides before anything is sent. */
  readonly zone: Zone | null;
  readonly endpoints: readonly NewEndpoint[];
}
export interface NewEndpoint {
  readonly kind: EndpointKind;
  /** Normalised: E.164 for a mobile, lower case domain for e-mail, one line for an address. */
  readonly value: string;
  readonly verified?: boolean;
  readonly preferred?: boolean;
  /** Where it is known from, such as `left-by-customer`; left out: as the lender says of all its files. */
  readonly source?: string;
  /** Whether it is reached at work; left out: not said, and taken as the person's own. */
  readonly place?: 'home' | 'work';
}
export interface PersonRef {
  readonly ref: string;
  readonly digit: number;
  /** The book did not know the person before. */
  readonly made: boolean;
}
export interface Endpoint {
  readonly ref: string;
  readonly kind: EndpointKind;
  readonly value: string;
  readonly verified: boolean;
  readonly preferred: boolean;
  readonly source: string | null;
  readonly place: 'home' | 'work' | null;
}

/** The person, made or found by the lender's number; endpoints not yet known are added. Names are not overwritten. */
export function putPerson(db: Db, person: NewPerson): Promise<PersonRef> {
  return inTransaction(db, async (tx) => {
    const ref = newRef();
    const digit = digitOf(person.lender, person.lenderPerson ?? ref);
    const made = await tx
      .insertInto('people')
      .values({
        ref,
        digit,
        lender: person.lender,
        lenderPerson: person.lenderPerson ?? null,
        name: person.name ?? null,
        language: person.language,
        zone: person.zone,
      })
      .onConflict((conflict) => conflict.columns(['lender', 'lenderPerson']).doNothing())
      .returning(['ref', 'digit'])
      .executeTakeFirst();
    const found =
      made ??
      (await tx
        .selectFrom('people')
        .select(['ref', 'digit'])
        .where('lender', '=', person.lender)
        .where('lenderPerson', '=', person.lenderPerson ?? null)
        .executeTakeFirstOrThrow());
    await addEndpoints(tx, found.ref, person.endpoints);
    return { ...found, made: made !== undefined };
  });
}

/** Adds endpoints that the person does not have yet; a retired one stays retired. */
export async function addEndpoints(db: Db, person: string, endpoints: readonly NewEndpoint[]): Promise<void> {
  if (endpoints.length === 0) return;
  await db
    .insertInto('endpoints')
    .values(
      // In one order, so that two descriptions of the same person do not wait for each other.
      [...endpoints].sort(byValue).map((endpoint) => ({
        ref: newRef(),
        person,
        kind: endpoint.kind,
        value: endpoint.value,
        verified: endpoint.verified ?? false,
        preferred: endpoint.preferred ?? false,
        source: endpoint.source ?? null,
        place: endpoint.place ?? null,
        retiredReason: null,
        retiredAt: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['person', 'kind', 'value']).doNothing())
    .execute();
  for (const endpoint of endpoints) await sayAnew(db, person, endpoint);
}

/** Where a number that was known before is known from, and whose it is, is what was said last. */
async function sayAnew(db: Db, person: string, { kind, value, source, place }: NewEndpoint): Promise<void> {
  if (source === undefined && place === undefined) return;
  await db
    .updateTable('endpoints')
    .set({ ...(source === undefined ? {} : { source }), ...(place === undefined ? {} : { place }) })
    .where('person', '=', person)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .execute();
}

function byValue(one: NewEndpoint, other: NewEndpoint): number {
  const [a, b] = [`${one.kind} ${one.value}`, `${other.kind} ${other.value}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Takes an endpoint out of use: a wrong or invalid number, an opt-out. It stays for the evidence. */
export async function retireEndpoint(db: Db, ref: string, reason: string, at: Instant): Promise<void> {
  await db
    .updateTable('endpoints')
    .set({ usable: false, retiredReason: reason, retiredAt: at })
    .where('ref', '=', ref)
    .where('usable', '=', true)
    .execute();
}

/** Usable endpoints of a person, the preferred and verified first. */
export function usableEndpoints(db: Db, person: string): Promise<Endpoint[]> {
  return endpointsInUse(db, person).execute();
}

export function endpointsInUse(db: Db, person: string) {
  return db
    .selectFrom('endpoints')
    .select(['ref', 'kind', 'value', 'verified', 'preferred', 'source', 'place'])
    .where('person', '=', person)
    .where('usable', '=', true)
    .orderBy('preferred', 'desc')
    .orderBy('verified', 'desc')
    .orderBy('createdAt')
    .orderBy('ref');
}

/** What a template needs of a person. Personal: never into a history, a log or an error. */
export async function personOf(db: Db, ref: string) {
  const row = await db.selectFrom('people').selectAll().where('ref', '=', ref).executeTakeFirst();
  if (row === undefined) throw new ForbearError('PERSON_UNKNOWN', { ref });
  return row;
}
