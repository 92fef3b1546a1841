import type { Party, Place, Purpose } from '../../domain/policy/pack/words';
import type { Instant, IsoDate } from '../../domain/units';
import type { JsonOrNull, Made } from './columns';

// The contact ledger: what was asked of the gate, what went out, and what came of it.

export type AttemptStatus = 'reserved' | 'accepted' | 'refused-before' | 'unknown' | 'not-sent';

export interface Attempts {
  id: string;
  token: string;
  person: string;
  account: string;
  strategy: string;
  step: string;
  anchor: IsoDate;
  n: number;
  channel: string;
  try: number;
  endpoint: string | null;
  tone: number | null;
  /** The account whose own step made it speak for this one, which it does not lead; null: the account's own step. */
  askedBy: string | null;
  /** The agency that made it and told of it; null: our own. */
  agency: Made<string | null>;
  /** The gate's now: virtual in a rehearsal. The caps count by it. */
  at: Instant;
  reservedAt: Instant;
  expiresAt: Instant;
  status: AttemptStatus;
  settledAt: Instant | null;
  carrierId: string | null;
  carrierKey: string | null;
  delivery: string | null;
  deliveryAt: Instant | null;
  /** What it was for, whom it was to reach and where, as the packs say it; null before packs were asked. */
  purpose: Purpose | null;
  party: Party | null;
  place: Place | null;
  day: Made<IsoDate>;
}

export interface GateAnswers {
  id: Made<number>;
  account: string;
  person: string;
  step: string;
  anchor: IsoDate;
  n: number;
  channel: string;
  at: Instant;
  answer: string;
  rule: string | null;
  until: Instant | null;
  attempt: string | null;
  /** Hash of the one that decided; null before the evidence was chained: then it stands in `known`. */
  strategy: string | null;
  /** Of answers before the evidence was chained; later ones stand there. */
  known: JsonOrNull<unknown>;
  recordedAt: Made<Instant>;
  day: Made<IsoDate>;
}

export interface Receipts {
  id: Made<number>;
  channel: string;
  carrierId: string;
  status: string;
  at: Instant;
  attempt: string | null;
  receivedAt: Made<Instant>;
}

export interface Messages {
  attempt: string;
  account: string;
  person: string;
  template: string;
  templateHash: string;
  language: string;
  tone: number | null;
  channel: string;
  sentTo: string | null;
  subject: string | null;
  body: string | null;
  at: Instant;
}
