import type { Instant, IsoDate } from '../../domain/units';
import type { Visitor } from '../../domain/visit/leave';
import type { PlaceKind } from '../../domain/visit/limits';
import type { Json, Made } from './columns';

// Visits: where addresses lie, and who went there.

export interface Places {
  endpoint: string;
  kind: PlaceKind | null;
  /** Degrees. Personal, as the address is. */
  latitude: number | null;
  longitude: number | null;
  verifiedOn: IsoDate | null;
  /** Why nobody goes there; null: one may. */
  offLimits: string | null;
  saidBy: string | null;
  saidAt: Made<Instant>;
}

export interface Visits {
  task: string;
  /** Times that a team set out for the task, from 1. */
  n: number;
  account: string;
  person: string;
  place: string | null;
  party: Json<readonly Visitor[]>;
  purpose: string;
  setOutAt: Instant;
  result: string | null;
  endedAt: Instant | null;
  /** When and where the team was by its own device. Personal, as the address is. */
  seenAt: Instant | null;
  latitude: number | null;
  longitude: number | null;
  /** References into the store of recordings, never the recordings. */
  recordings: Made<readonly string[]>;
}
