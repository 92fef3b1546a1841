import type { IsoDate, Minor } from '../units';
import { skillFor, type Capacity } from './capacity';

/** One piece of work on one day. */
export interface Work {
  readonly account: string;
  readonly step: string;
  /** Which occurrence of the step. */
  readonly anchor: IsoDate;
  readonly n: number;
  /** The day that the step itself names; a piece that is moved keeps it. */
  readonly due: IsoDate;
  readonly channel: string;
  readonly queue: string | null;
  readonly segment: string | null;
  /** Attempts on the day. */
  readonly attempts: number;
  /** What may be asked for, in minor units. */
  readonly value: Minor;
  readonly currency: string;
  /** Share of it that one attempt is expected to bring in beyond what would come anyway. */
  readonly chance: number;
  readonly urgency: number;
  /** Contract days past due: of two of equal gain the older goes first. */
  readonly age: number;
  /** Channels that the step itself falls back to, in its order. */
  readonly others: readonly string[];
  /** What the law wants, and what the person was told a time for: never cut. */
  readonly fixed: boolean;
  /** People have it in their list already: it may wait for another day, and takes no other channel any more. */
  readonly begun: boolean;
  /** Days that it was moved by so far, by earlier plans as well. */
  readonly moved: number;
}

/** Minutes of a person that a piece of work takes; one unit each where no people are needed. */
export function unitsOf(work: Pick<Work, 'channel' | 'queue' | 'attempts'>, capacity: Capacity): number {
  if (skillFor(capacity, work.queue, work.channel) === null) return work.attempts;
  return work.attempts * (capacity.minutes[work.channel] ?? capacity.minutes['task'] ?? 1);
}

/**
 * Expected gain per minute: value × chance × urgency ÷ minutes (ladders 13). Values of two currencies are not compared
 * by their worth: a lender with both gives each its own seats.
 */
export function gainPerUnit(work: Work, capacity: Capacity): number {
  const units = unitsOf(work, capacity);
  return units === 0
    ? Number.POSITIVE_INFINITY
    : (work.value * work.chance * work.urgency * work.attempts) / units;
}
