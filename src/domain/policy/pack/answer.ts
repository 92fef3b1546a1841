import type { Instant, Zone } from '../../units';
import type { RuleKind, Source } from './rule';

/** What one rule said, so that a person can look it up. */
export interface Spoken {
  readonly rule: string;
  readonly pack: string;
  /** The version of the pack that it stands in. */
  readonly version: string;
  readonly kind: RuleKind;
  readonly says: 'allow' | 'defer' | 'block' | 'review';
  /** The rule's own sentence, and what was found. */
  readonly sentence: string;
  readonly why: string | null;
  /** Until when this rule alone puts off. */
  readonly until: Instant | null;
  /** The moment at which it spoke: the one that was asked about, or a later one that was looked at. */
  readonly at: Instant;
  readonly sources: readonly Source[];
  /** It speaks of some channels only: another may be free. */
  readonly ofChannels: boolean;
}

export interface PackVersion {
  readonly name: string;
  readonly version: string;
  readonly holidays: { readonly name: string; readonly version: string };
}

/** What must still be done because of what has happened, and when it is late. */
export interface OpenDuty {
  readonly rule: string;
  readonly must: readonly string[];
  readonly by: Instant;
}
/** A limitation clock that speaks of the request, and when it runs out; null: its start is not known. */
export interface RunningClock {
  readonly rule: string;
  readonly clock: string;
  readonly expires: Instant | null;
}

export interface PolicyAnswer {
  readonly answer: 'allow' | 'defer' | 'block' | 'review';
  /** Of `defer`: the earliest moment at which all rules agree. */
  readonly until: Instant | null;
  readonly at: Instant;
  /** Every rule that speaks of such a request: what it said at the moment asked, and who spoke on the way to `until`. */
  readonly rules: readonly Spoken[];
  readonly duties: readonly OpenDuty[];
  readonly clocks: readonly RunningClock[];
  readonly packs: readonly PackVersion[];
  /** The zones that were used; `narrowed`: nobody knows the person's, so those of the jurisdiction were. */
  readonly zones: readonly Zone[];
  readonly narrowed: boolean;
}
