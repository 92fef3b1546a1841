import type { Enrolment } from '../account/enrolment';
import type { AccountEvent } from '../account/events';
import type { Counting } from '../strategy/strategy';
import type { Instant, IsoDate, Scalar } from '../units';

/**
 * Local time of the account at which the day before is closed. A fact or a decision told before it counts for the day
 * on which it happened, as the host's file of the evening does that arrives in the night.
 */
export const CLOSES_AT = '08:30';

/** A fact of the journal, with the day from which it counts in figures. */
export interface KnownFact {
  readonly day: IsoDate;
  readonly event: AccountEvent;
}

/** Something decided, with the day from which it counts. `close` is the reason of a closing. */
export interface KnownDecision {
  readonly day: IsoDate;
  readonly at: Instant;
  readonly code: string;
  readonly args: Readonly<Record<string, Scalar>>;
  readonly close: string | null;
  /** Hash of the strategy that decided. */
  readonly strategy: string;
}

/** Everything that the figures of one account are made of. Each list in its own order. */
export interface History {
  readonly enrolment: Enrolment;
  /** The first day at whose close the account stood in the book. */
  readonly since: IsoDate;
  readonly facts: readonly KnownFact[];
  readonly decisions: readonly KnownDecision[];
  /** Strategy that the account has now: counts for days on which nothing was decided yet. */
  readonly strategy: string;
  /** How each strategy counts, by its hash. */
  readonly counting: ReadonlyMap<string, Counting>;
}
