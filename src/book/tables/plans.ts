import type { Currency, Instant, IsoDate } from '../../domain/units';
import type { CutTo } from '../../domain/plan/planner';
import type { Json, Made } from './columns';

// Plans that bind, and what they cut.

export interface Plans {
  id: string;
  lender: string;
  day: IsoDate;
  /** The day as moments, in the zone of the capacity document. */
  begins: Instant;
  ends: Instant;
  /** Opaque reference of whoever decided, and the role that the book's staff has for it. */
  decidedBy: string;
  role: string | null;
  why: string;
  madeAt: Made<Instant>;
  /** Its rows, as the morning report shows them. */
  body: Json<unknown>;
  inForce: Made<boolean>;
  /** Another plan of the day took its place. */
  replacedAt: Instant | null;
}

export interface PlanCuts {
  account: string;
  step: string;
  anchor: IsoDate;
  n: number;
  plan: string;
  channel: string;
  queue: string | null;
  became: CutTo;
  /** The cheaper channel of a fall-back. */
  instead: string | null;
  why: string;
  /** Expected gain a minute (or a piece), in minor units. */
  gain: number;
  currency: Currency;
}
