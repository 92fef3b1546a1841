import type { Happening } from '../../domain/policy/pack/ledger';
import type { HappeningName } from '../../domain/policy/pack/happenings';
import type { Pack } from '../../domain/policy/pack/pack';
import type { Instant, IsoDate } from '../../domain/units';
import type { Json, Made } from './columns';

// Packs of rules, and what happened to people that only packs ask for.

export interface PolicyPacks {
  /** Of its rules and its calendar. */
  hash: string;
  name: string;
  version: number;
  /** Its first day, in the zone that the jurisdiction's offices keep. */
  effective: IsoDate;
  document: string;
  compiled: Json<Pack>;
  publishedAt: Made<Instant>;
}

/** What a happening says besides its name, its moment and whose it is. References and words only: nothing personal. */
export type HappeningSaid = Partial<Pick<Happening, 'channel' | 'about' | 'says' | 'form' | 'scope' | 'not'>>;

export interface Happenings {
  id: Made<number>;
  person: string;
  account: string | null;
  endpoint: string | null;
  event: HappeningName;
  at: Instant;
  until: Instant | null;
  said: Json<HappeningSaid>;
  saidBy: string | null;
  recordedAt: Made<Instant>;
}
