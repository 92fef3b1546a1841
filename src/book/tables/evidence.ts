import type { Instant, IsoDate } from '../../domain/units';
import type { Json, Made } from './columns';

// What was decided and what came of it, chained by hash.

/** One person's chain. The person and the salt are gone once the person is erased; the chain stays. */
export interface Chains {
  id: string;
  person: string | null;
  salt: string | null;
  /** Salted hash of the person's reference. */
  subject: string;
  length: Made<number>;
  head: string;
}

export type EvidenceKind = 'gate' | 'settled' | 'delivered' | 'consent' | 'told' | 'erased' | 'action';

export interface Evidence {
  chain: string;
  /** Its place in the chain, from 1. */
  n: number;
  kind: EvidenceKind;
  account: string | null;
  /** When it happened, by the book's clock: virtual in a rehearsal. */
  at: Instant;
  /** When it was written, by the database's clock. */
  recordedAt: Instant;
  body: Json<Readonly<Record<string, unknown>>>;
  prev: string;
  hash: string;
}

/** The ends of all chains that had grown since the last one, under one hash. */
export interface Seals {
  no: number;
  day: IsoDate;
  sealedAt: Instant;
  heads: number;
  root: string;
  prev: string;
  hash: string;
}

export interface SealedHeads {
  seal: number;
  chain: string;
  n: number;
  head: string;
}
