import type { AccountEvent } from '../domain/account/events';
import type { Instant } from '../domain/units';
import type { Aside } from './inbox';

/** What a run hands to the next one beside the account's state, so that continuing as new loses nothing. */
export interface Carried {
  readonly v: 1;
  /** The account's now in rehearsal. */
  readonly now: Instant;
  /** Arrived, not yet looked at. */
  readonly events: readonly AccountEvent[];
  readonly aside: readonly Aside[];
  /** Applied, and to be journalled with the next activity, because they did not come through the journal. */
  readonly told: readonly AccountEvent[];
}

const NOTHING: Carried = { v: 1, now: '', events: [], aside: [], told: [] };

/** Whole again from whatever an earlier version carried. */
export function readCarried(given: unknown): Carried {
  if (typeof given !== 'object' || given === null) return NOTHING;
  return { ...NOTHING, ...(given as Partial<Carried>) };
}
