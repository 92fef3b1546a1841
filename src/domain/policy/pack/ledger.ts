import type { Instant, TimeOfDay, Zone } from '../../units';
import type { HappeningName } from './happenings';
import type { Waived } from './request';
import type { DayKind, Outcome, Party, Place, Purpose, Way } from './words';

/** One attempt to reach somebody about a person's debts, by whoever made it. A null key is not known and matches all. */
export interface Attempt {
  readonly at: Instant;
  readonly channel: Way;
  readonly outcome: Outcome;
  readonly account: string | null;
  /** Other accounts that it spoke of as well; it counts for each. */
  readonly also?: readonly string[];
  readonly person: string | null;
  readonly endpoint: string | null;
  readonly place: Place | null;
  readonly creditor: string | null;
  readonly agent: string | null;
  readonly party: Party;
  /** The third party that it reached, when it was one. */
  readonly reached: string | null;
  readonly purpose: Purpose | null;
  /** By the endpoint that the debtor left with the lender. */
  readonly reserved: boolean;
  readonly waivers: readonly Waived[];
}

/** Anything else that happened. Which of the parts it has depends on its name. */
export interface Happening {
  readonly at: Instant;
  readonly event: HappeningName;
  readonly account: string | null;
  readonly person: string | null;
  readonly endpoint: string | null;
  readonly channel: Way | null;
  /** A consent's name, a third party, the kind of a closed day. */
  readonly about: string | null;
  readonly says: 'given' | 'refused' | null;
  readonly form: 'oral' | 'express' | 'separate' | 'written' | null;
  readonly scope: 'endpoint' | 'channel' | 'all' | null;
  /** Of an opt-out or a wish: the last moment at which it holds; null: until something else is said. */
  readonly until: Instant | null;
  /** A wish: when, where and how not. Null speaks of all. */
  readonly not: {
    readonly days: readonly DayKind[] | null;
    readonly from: TimeOfDay;
    readonly to: TimeOfDay;
    readonly places: readonly Place[] | null;
    readonly channels: readonly Way[] | null;
  } | null;
}

/** What is known of the past of one person: every account's, every agency's. */
export interface Ledger {
  readonly attempts: readonly Attempt[];
  readonly happenings: readonly Happening[];
}

/** Attempts that one rule looks at, in order, with their moments and their local days. */
export interface Selected {
  readonly items: readonly Attempt[];
  readonly times: readonly number[];
  daysIn(zone: Zone): readonly number[];
}
export interface DatedHappening extends Happening {
  readonly ms: number;
}

/** A ledger that was sorted once: what is asked of it costs the same whether it holds a week or a year. */
export interface LedgerIndex {
  /** The attempts that pass, sorted out once for each owner. */
  select(owner: object, passes: (attempt: Attempt) => boolean): Selected;
  /** Happenings of a name, the oldest first. */
  of(event: HappeningName): readonly DatedHappening[];
}
