import type { Currency, Minor, Scalar, TimeOfDay, Zone } from '../units';
import type { Product } from '../account/terms';
import type { PartyRole } from '../party/roles';
import type { CreditRules } from '../credit/credit';
import type { HappeningName } from '../policy/pack/happenings';
import type { PolicyUse } from '../policy/use';
import type { MoneyRules } from '../ledger/rules';
import type { OfferRule } from './offers';

/**
 * A strategy as the engine runs it: the compiled form of the document, immutable, plain JSON, named by the
 * sha-256 of its canonical JSON. The document's own shape stands in document/schema.ts.
 */
export interface Strategy {
  readonly forbear: 'strategy/1';
  readonly name: string;
  readonly title: string;
  readonly product: Product;
  readonly currency: Currency;
  readonly zone: Zone;
  /** Local time at which steps without a time of their own come due, and stages change. */
  readonly sendAt: TimeOfDay;
  readonly counting: Counting;
  /** Days within which money is credited to what was done; left out: CREDIT_RULES. */
  readonly credit?: CreditRules;
  readonly promises: Readonly<Record<string, PromiseRules>>;
  /** What may be offered to a person, by kind; left out: nothing. */
  readonly offers?: readonly OfferRule[];
  /** How disputes and complaints are answered; left out: DISPUTE_DAYS, COMPLAINT_REST. */
  readonly disputes?: DisputeRules;
  readonly complaints?: ComplaintRules;
  readonly contact: ContactRules;
  /** The packs of rules that its gate asks besides; left out: none. */
  readonly policy?: PolicyUse;
  readonly segments: readonly Segment[];
  /** How a segment falls within an episode; left out: never. */
  readonly fall?: SegmentFall;
  /** Mildest first. An account is in the last one whose conditions it meets. */
  readonly stages: readonly Stage[];
  /** In the document's order, which settles ties. */
  readonly steps: readonly Step[];
}

export interface Counting {
  readonly grace: { readonly days: number; readonly counting: 'threshold' | 'offset' };
  /** A shortfall up to this much counts as paid. */
  readonly tolerance: Minor;
  readonly bucketBy: 'cycles' | 'days';
  /** Days after a cure in which being late again is the same history. */
  readonly watchDays: number;
  /** Business days without contact after an announced payment. */
  readonly pendingDays: number;
  /** Days in which the person's word that it is paid rests contact once; left out: CLAIM_DAYS. */
  readonly claimDays?: number;
  /** Business days after a debit by which its result must be known, or a person is asked; left out: DEBIT_DAYS. */
  readonly debitDays?: number;
  /** In which order money pays, and what may be charged at most; left out: MONEY_RULES (ledger/rules.ts). */
  readonly money?: MoneyRules;
}

/** Parameters of promises for one path (ladders 5). Days are calendar days, shares are percent. */
export interface PromiseRules {
  readonly horizonDays: number;
  readonly graceDays: number;
  readonly tolerancePercent: number;
  readonly toleranceAmount: Minor;
  readonly least: 'past-due' | 'oldest-due';
  readonly mayCrossNextDue: boolean;
  readonly brokenLimit: { readonly count: number; readonly days: number };
  /** Open at once; left out: one. */
  readonly mostOpen?: number;
  /** Parts that a promise may have, and days within which the last is due; left out: it is whole. */
  readonly parts?: { readonly most: number; readonly days: number };
  /** Share from which it counts as kept in part, and days for which the rest may be promised once more. */
  readonly partial?: { readonly percent: number; readonly restDays: number };
}

/** Calendar days in which a dispute must be answered, where the strategy is in force. */
export interface DisputeRules {
  readonly answerDays: number;
}
/** Calendar days in which a complaint must be answered, and business days that it rests contact, by its cause. */
export interface ComplaintRules {
  readonly answerDays: number;
  readonly restDays: Readonly<Record<string, number>>;
}

/** First set of contact rules: local hours by channel and caps by person. They can only tighten the gate. */
export interface ContactRules {
  readonly hours: Readonly<Record<string, readonly { readonly from: TimeOfDay; readonly to: TimeOfDay }[]>>;
  readonly caps: readonly {
    /** Only for accounts on these paths; left out: for all. */
    readonly paths?: readonly string[];
    readonly channels: readonly string[];
    readonly max: number;
    readonly days: number;
  }[];
  /** Days of rest after a conversation with the right person, by path. */
  readonly rest?: Readonly<Record<string, number>>;
  /** No outbound contact on these local dates, as `MM-DD` or `YYYY-MM-DD`. */
  readonly closedOn: readonly string[];
  /** So many hours old may the host's data be when something goes out on it; 36 where it is left out. */
  readonly hostDataHours?: number;
}

export interface Segment {
  readonly name: string;
  readonly path: string;
  readonly when: Condition;
}

/** A segment falls at a new cycle only: when a milder one fitted at so many in a row, or the score moved enough. */
export interface SegmentFall {
  readonly held: number;
  /** The fact that is the score, and the least move of it that counts, in its own points. */
  readonly score?: { readonly fact: string; readonly over: number };
}

export interface Stage {
  readonly name: string;
  /** Least treatment DPD by path; a path that is not named never enters. */
  readonly from: Readonly<Record<string, number>>;
  readonly enter?: Condition;
  /** Entered before its day when this holds: the person asked, or the books wrote it off. */
  readonly early?: Condition;
  readonly leave?: Condition;
}

export type StepKind = 'contact' | 'notice' | 'host' | 'task';

export interface Step {
  /** Unique and stable across versions: what was done is remembered by it. */
  readonly name: string;
  readonly title: string;
  readonly kind: StepKind;
  /** Stages that it belongs to; empty: in any stage, even in none. */
  readonly stages: readonly string[];
  readonly at: Timing;
  readonly when?: Condition;
  /** In order of preference; the next is taken when one cannot be used. */
  readonly channels?: readonly string[];
  /** 0…4 for T0…T4. */
  readonly tone?: number;
  /** By path, where a path speaks in another tone. */
  readonly toneBy?: Readonly<Record<string, number>>;
  /** Speaks softly on purpose: never raised to the episode's floor. */
  readonly soft?: boolean;
  readonly template?: string;
  /** The role that it speaks to; left out: the main party. */
  readonly to?: PartyRole;
  /** `anchor`: again for each new anchor; `episode`: once in an episode. */
  readonly once: 'anchor' | 'episode';
  /** What happens to an occurrence whose day has passed unseen. */
  readonly late: 'skip' | 'do';
  /** Goes first for an account taken over later than its day: a notice that the law wants. */
  readonly first?: boolean;
  /** Goes out while a promise is open. */
  readonly duringPromise?: boolean;
  /** Goes out while an agreement is kept: its due reminders and the word about a missed instalment. */
  readonly duringAgreement?: boolean;
  readonly needs?: readonly Need[];
  readonly campaign?: Readonly<Record<string, Campaign>>;
  readonly cost?: Minor;
  /** Runs only if the expected extra payment exceeds its cost by the factor. */
  readonly worthIt?: { readonly chance: number; readonly factor: number };
  /** What the host is asked to do, or which kind of task is opened. */
  readonly action?: string;
  /** Role or queue that a task goes to. */
  readonly queue?: string;
  /** What a person may answer to the task; the answer leaves the mark `<step>.<answer>`. */
  readonly answers?: readonly string[];
  /** What the packs know it by: notices that count as served once it went out, or arrived where that counts. */
  readonly serves?: readonly HappeningName[];
  /** Days until an awaited outcome is chased. */
  readonly answerDays?: number;
}

/** A gate on an earlier notice: done (or arrived) at least so many days ago. */
export interface Need {
  readonly step: string;
  readonly state: 'done' | 'arrived';
  readonly days: number;
}

export interface Campaign {
  readonly attemptsADay: number;
  readonly days: number;
}

export type Anchor =
  | 'due'
  | 'dpd'
  | 'next-due'
  | 'statement'
  | 'stage'
  | 'promise'
  | 'instalment'
  | 'instalment-past'
  | 'agreement-end'
  | 'rpc'
  | 'debit-result'
  | 'dispute-deadline'
  | 'complaint-deadline'
  | `step:${string}`
  | `arrived:${string}`
  | `mark:${string}`;

export interface Timing {
  readonly anchor: Anchor;
  /** Offsets in days from the anchor, by path. A path that is not named never gets the step. */
  readonly days: Readonly<Record<string, readonly number[]>>;
  readonly unit: 'day' | 'business-day';
  readonly time?: TimeOfDay;
  /** After the first offset, again every so many days, by path. */
  readonly every?: Readonly<Record<string, number>>;
  /** No occurrence later than this offset from the same anchor. */
  readonly until?: number;
}

/**
 * A condition as a tree over named facts (facts.catalogue.ts). A flag that nobody
 * set is not set; any other fact that is not known makes its test, and the negation of it, false.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Test;

export interface Test {
  readonly fact: string;
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in';
  readonly value: Scalar | readonly Scalar[];
}
