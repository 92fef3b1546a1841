import type { AgreementStatus } from '../agreement/agreement';
import type { Instant, IsoDate, Scalar } from '../units';
import type { EndReason } from '../account/state';

/** Why something was decided: a code of why.ts, and the facts that it was decided on. Rendered to a sentence by explain. */
export interface Why {
  readonly code: string;
  readonly args: Readonly<Record<string, Scalar>>;
}

/** One occurrence of a step: its name, the anchor's day, its number for that anchor, and when it came due. */
export interface Occurrence {
  readonly step: string;
  readonly anchor: IsoDate;
  readonly n: number;
  readonly due: Instant;
}

/** Numbers from here on chase an outcome that did not come: the step's own activity opens a supervisor's task. */
export const CHASE = 1000;

export type Action =
  | { readonly do: 'wait'; readonly until: Instant | null }
  | { readonly do: 'step'; readonly occurrence: Occurrence; readonly tone: number | null }
  | { readonly do: 'skip'; readonly occurrence: Occurrence }
  /** Waits for a gate of law, a hold or tomorrow; `until` null waits for an event. */
  | { readonly do: 'put-off'; readonly occurrence: Occurrence; readonly until: Instant | null }
  | { readonly do: 'segment'; readonly segment: string; readonly path: string }
  /** The new cycle was looked at, and the segment stays: what fits now is remembered for the next one. */
  | { readonly do: 'review'; readonly fits: string | null }
  | { readonly do: 'stage'; readonly stage: string | null; readonly from: string | null }
  | { readonly do: 'episode'; readonly change: 'start' | 'cured' | 'again' | 're-anchored' }
  | {
      readonly do: 'judge';
      readonly promise: string;
      readonly verdict: 'kept' | 'kept-late' | 'partial' | 'overpaid' | 'broken' | 'cancelled';
    }
  /** An agreement stands otherwise than it was last judged. */
  | {
      readonly do: 'judge-agreement';
      readonly agreement: string;
      readonly status: AgreementStatus;
      readonly missed: number;
      readonly repaired: number;
    }
  | { readonly do: 'end-task'; readonly step: string }
  /** The person's word that it is paid was heard. */
  | { readonly do: 'claim'; readonly claim: string; readonly rests: boolean }
  /** Money counts from that earlier day: what was concluded meanwhile is looked at again. */
  | { readonly do: 'look-back'; readonly from: IsoDate }
  /** The result of a debit did not come in time. */
  | { readonly do: 'miss-debit'; readonly due: IsoDate }
  | { readonly do: 'close'; readonly reason: EndReason };

/** What is to be done next, when, and why. `at` is never before `now` for a wait; for the rest it is when it came due. */
export interface Decision {
  readonly at: Instant;
  readonly action: Action;
  readonly why: Why;
}

/** What the world answered to a step: told back to the core by `record`. */
export type StepResult =
  | {
      readonly how: 'done';
      readonly channel?: string;
      /** The contact of another account of the person that did it, or the task: the book's reference. */
      readonly with?: string;
      readonly task?: { readonly kind: 'campaign' | 'visit' | 'task' | 'host'; readonly until: Instant };
    }
  | {
      readonly how: 'deferred';
      readonly until: Instant;
      readonly rule: string;
      /** The lender's own stop stands against it: once its day has passed, the strategy's missed rule applies. */
      readonly stopped?: true;
    }
  | { readonly how: 'refused'; readonly rule: string }
  | { readonly how: 'not-sent'; readonly rule: string }
  | { readonly how: 'unknown'; readonly channel?: string };
