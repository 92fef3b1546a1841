import type { Instant, IsoDate } from '../domain/units';
import type { VisitKnown, Visitor } from '../domain/visit/leave';
import { placeRank, type PlaceKind } from '../domain/visit/limits';
import type { Db } from './open-book';
import { usableEndpoints, type Endpoint } from './people';

/** An address with what is known of the place. Personal. */
export interface VisitPlace extends Endpoint {
  readonly placeKind: PlaceKind | null;
  readonly verifiedOn: IsoDate | null;
  readonly offLimits: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/**
 * Addresses of a person in the order in which a team goes to them: those that are off limits last, so that they are
 * gone to by nobody but said why; then by kind, the preferred and verified first.
 */
export async function visitPlaces(db: Db, person: string): Promise<VisitPlace[]> {
  const addresses = (await usableEndpoints(db, person)).filter(({ kind }) => kind === 'address');
  if (addresses.length === 0) return [];
  const rows = await db
    .selectFrom('places')
    .selectAll()
    .where(
      'endpoint',
      'in',
      addresses.map(({ ref }) => ref),
    )
    .execute();
  const known = new Map(rows.map((row) => [row.endpoint, row]));
  return addresses
    .map((address): VisitPlace => {
      const { kind, latitude, longitude, verifiedOn, offLimits } = known.get(address.ref) ?? NOTHING;
      return { ...address, ...{ latitude, longitude, verifiedOn, offLimits }, placeKind: kind };
    })
    .sort((a, b) => order(a) - order(b));
}

const NOTHING = { kind: null, latitude: null, longitude: null, verifiedOn: null, offLimits: null };

/** One that is off limits after all others; the sort keeps the rest of the order. */
const order = ({ offLimits, placeKind }: VisitPlace): number =>
  (offLimits === null ? 0 : 10) + placeRank(placeKind);

/** What the gate is told of a visit to that endpoint. */
export async function visitKnown(
  db: Db,
  endpoint: Endpoint | null,
  party: readonly Visitor[] = [],
): Promise<VisitKnown> {
  if (endpoint === null) return { party, place: null };
  const row = await db
    .selectFrom('places')
    .selectAll()
    .where('endpoint', '=', endpoint.ref)
    .executeTakeFirst();
  if (row === undefined) return { party, place: null };
  const { kind, verifiedOn, offLimits } = row;
  return { party, place: { kind, verifiedOn, offLimits } };
}

export interface PlaceSaid {
  readonly endpoint: string;
  readonly kind?: PlaceKind;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly verifiedOn?: IsoDate;
  /** A reason; null opens it again. */
  readonly offLimits?: string | null;
  readonly by: string | null;
  readonly at: Instant;
}

/** Keeps what is said of a place; what is not said of it stays as it was. */
export async function putPlace(db: Db, { endpoint, by, at, ...said }: PlaceSaid): Promise<void> {
  const row = { ...said, saidBy: by, saidAt: at };
  await db
    .insertInto('places')
    .values({ ...NOTHING, ...row, endpoint })
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(row))
    .execute();
}
