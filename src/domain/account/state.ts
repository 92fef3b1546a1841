import type { Agreement } from '../agreement/agreement';
import type { Amounts } from '../ledger/components';
import type { LoanContract } from '../ledger/loan';
import type { Instant, IsoDate, Minor, Scalar } from '../units';
import type { Terms } from './terms';
import type { DisputedItem, HoldType, HostFigures, PromisedPart } from './events';

/**
 * One account as the engine carries it: a fold over its journal. Plain JSON, small, versioned.
 * Nothing personal stands in it. `migrate` (migrate.ts) makes any past version of it whole.
 */
export interface AccountState {
  readonly v: 1;
  /** The decision core's generation, set when a run starts: see decide/generation.ts. */
  readonly generation: number;
  readonly terms: Terms;
  readonly facts: Readonly<Record<string, Scalar>>;
  /** The last score of each model, with the day that it is of; none before the first. */
  readonly scores?: Readonly<Record<string, KeptScore>>;
  readonly owed: Owed;
  /** The contract of a loan that the engine was given whole (ledger/of-account.ts); none where others keep its books. */
  readonly loan?: LoanContract;
  /** All that is not due fell due on that day. */
  readonly acceleration?: { readonly id: string; readonly on: IsoDate };
  readonly disputes: readonly Dispute[];
  /** Days that disputes kept from counting before they were decided; none before the first. */
  readonly frozen?: readonly FrozenDays[];
  /** Complaints, the last ones; which of them rest contact says quiet/complaints.ts. */
  readonly complaints?: readonly Complaint[];
  readonly holds: readonly Hold[];
  /** Holds of one party each: they stop contact with that person at the gate, and nothing else of the account. */
  readonly partyHolds?: readonly PartyHold[];
  /** Holds of parts of the debt: these are not asked for, and the rest goes on (delinquency/disputed.ts). */
  readonly itemHolds?: readonly ItemHold[];
  /** The person's word that it is paid, the last ones; which of them rest contact says quiet/claims.ts. */
  readonly claims?: readonly Claim[];
  /** Results of debits, the last ones. */
  readonly debits?: readonly DebitTold[];
  readonly promises: readonly Promised[];
  /** What was agreed about the debt, the last ones; how they stand says agreement/judge.ts. */
  readonly agreements?: readonly Agreement[];
  /** Days on which a promise was judged broken; the recent ones. Outlives episodes. */
  readonly broken: readonly IsoDate[];
  readonly episode: Episode | null;
  readonly segment: string | null;
  readonly path: string | null;
  /** The last look at whether the segment may fall; none before the first. */
  readonly reviewed?: Reviewed;
  readonly stage: string | null;
  readonly stageSince: IsoDate | null;
  /** When the engine took the account: steps of earlier days are not applicable. */
  readonly enteredOn: IsoDate;
  /** What was done, by the step's name. */
  readonly done: Readonly<Record<string, Done>>;
  /** Every occurrence up to here has been considered; `names` are those of exactly this moment. */
  readonly cursor: { readonly at: Instant; readonly names: readonly string[] };
  /** Occurrences put off by the gate or waiting for a condition of law. */
  readonly deferred: readonly Deferred[];
  /** Open campaigns, visits and tasks that an outcome is awaited of. */
  readonly open: readonly OpenTask[];
  /** Days on which something happened that steps are anchored to: `hardship`, `refused`, `rpc`, `C34.arrived` … */
  readonly marks: Readonly<Record<string, IsoDate>>;
  readonly counts: Counts;
  readonly writtenOff: boolean;
  readonly writtenOffOn?: IsoDate;
  readonly closed: { readonly reason: EndReason; readonly on: IsoDate } | null;
  readonly seen: Seen;
  /** What was decided silently and is still to be told to the journal with the next activity. */
  readonly notes: readonly Note[];
}

export interface KeptScore {
  readonly value: number;
  readonly on: IsoDate;
  /** When it was given: of two of one day the later counts. */
  readonly at: Instant;
}

export type EndReason = 'cured' | 'settled' | 'sold' | 'closed';

export interface Owed {
  readonly host: HostFigures | null;
  readonly obligations: readonly Obligation[];
  readonly movements: readonly Movement[];
  /** The earliest value date of money that was told later, until it has been looked back to (decide/look-back.ts). */
  readonly behind?: IsoDate;
}
export interface Obligation {
  readonly id: string;
  readonly due: IsoDate;
  readonly amount: Minor;
  readonly statementDate?: IsoDate;
}
/** Money that lowers (or, negative, raises) what is owed. A reversed one stays, marked, and counts for nothing. */
export interface Movement {
  readonly id: string;
  readonly kind: 'payment' | 'refund' | 'adjustment' | 'charge' | 'payout';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly postedAt: Instant;
  readonly counts: boolean;
  readonly pending?: boolean;
  readonly obligation?: string;
  readonly reversedAt?: Instant;
  /** Of a charge: what of the debt it is. */
  readonly component?: 'costs' | 'late-charge';
  /** Of what was given up, where the engine keeps the loan's books. */
  readonly waived?: Partial<Amounts>;
}
export interface Dispute {
  readonly id: string;
  readonly amount: Minor | null;
  readonly raisedOn: IsoDate;
  readonly reason: string;
  /** What of the debt it names: an obligation's id, or an item of the host's with its amount. */
  readonly items?: readonly DisputedItem[];
  /** The dispute of the same thing that was decided before: this one freezes nothing. */
  readonly repeats?: string;
  readonly evidence?: { readonly asked?: IsoDate; readonly received?: IsoDate };
  /** `amount`: of `partly`, in which the person was right. */
  readonly resolved?: { readonly on: IsoDate; readonly outcome: string; readonly amount?: Minor };
}
/** Days that a dispute kept from counting, of these due dates; null: of all. */
export interface FrozenDays {
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly dues: readonly IsoDate[] | null;
}
export interface Complaint {
  readonly id: string;
  readonly cause: string;
  readonly on: IsoDate;
  /** Complaints of one matter rest the account once; left out: by cause and by whom it is about. */
  readonly matter?: string;
  /** A person decided that it rests the account all the same. */
  readonly rests?: true;
  readonly collector?: string;
  readonly agency?: string;
  readonly answered?: { readonly on: IsoDate; readonly outcome: string };
}
export interface Hold {
  readonly id: string;
  readonly type: HoldType;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}
export interface PartyHold extends Hold {
  /** The book's opaque reference of the person. */
  readonly party: string;
}
export interface ItemHold extends Hold {
  readonly items: readonly DisputedItem[];
}
export interface Claim {
  readonly id: string;
  readonly on: IsoDate;
  /** It has been said whether it rests anything. */
  readonly said?: true;
}
export interface DebitTold {
  readonly date: IsoDate;
  readonly result: 'paid' | 'failed';
  /** When it was told: of two results of one debit the later stands. */
  readonly at: Instant;
  readonly due?: IsoDate;
  readonly retryOn?: IsoDate;
}
export interface Promised {
  readonly id: string;
  readonly amount: Minor;
  readonly date: IsoDate;
  readonly madeAt: Instant;
  readonly status:
    | 'open'
    | 'kept'
    | 'kept-late'
    | 'partial'
    | 'overpaid'
    | 'broken'
    | 'cancelled'
    | 'superseded'
    | 'invalidated';
  readonly judgedOn?: IsoDate;
  /** Earliest first; left out: whole. */
  readonly parts?: readonly PromisedPart[];
  /** How it is to be paid, and how it was given. */
  readonly method?: string;
  readonly channel?: string;
  /** Whose word it is, when another party's than the main one's, and who took it. */
  readonly party?: string;
  readonly takenBy?: string;
  readonly restOf?: string;
  /** The tone's floor before it was broken, and after: taken back where it turns out to be kept. */
  readonly raised?: readonly [from: number, to: number];
}
export interface Episode {
  readonly startedOn: IsoDate;
  /** When nothing was past due any more; the watch days run from here. */
  readonly curedOn: IsoDate | null;
  /** Strongest tone reached, T0…T4 as 0…4. */
  readonly tone: number;
  /** Tone below which nothing is said any more, set when the anchor moves later within the episode. */
  readonly floor: number;
  /** Treatment due date that the ladder last ran on; a change of it re-anchors the steps. */
  readonly anchor: IsoDate | null;
  /** Bucket M-number that was the worst. */
  readonly worst: number;
  /** The counts when it began, none where all were nought: they stand again where nobody was late after all. */
  readonly was?: Counts;
}
/** A segment falls only at a new cycle (decide/segment-fall.ts): what the last look, or its setting, found. */
export interface Reviewed {
  /** The due date that was next at the time. */
  readonly cycle: IsoDate | null;
  /** The milder segment that fitted, and at how many cycles one after the other. */
  readonly fits: string | null;
  readonly times: number;
  /** The score on which the segment was set. */
  readonly score: number | null;
}
export interface Done {
  /** The anchor's day that it was done for. */
  readonly anchor: IsoDate;
  /** How often for this anchor. */
  readonly n: number;
  readonly on: IsoDate;
  readonly how: DoneHow;
  /** The contact of another account of the person that did it. */
  readonly with?: string;
}
/** `crossed`: it went out, and money that was told later counts from before it. */
export type DoneHow = 'done' | 'skipped' | 'refused' | 'not-sent' | 'unknown' | 'crossed';
export interface Deferred {
  readonly step: string;
  readonly anchor: IsoDate;
  readonly n: number;
  readonly due: Instant;
  readonly notBefore: Instant;
  readonly tries: number;
  /** Put off by the lender's own stop, not by a rule of time. */
  readonly stopped?: true;
  /** Put off because the host's data was old: as of then. Anything newer lets it be looked at again. */
  readonly data?: Instant;
}
export interface OpenTask {
  readonly step: string;
  readonly kind: 'campaign' | 'visit' | 'task' | 'host';
  readonly since: IsoDate;
  /** When an outcome is chased, or the campaign ends. */
  readonly until: Instant;
  readonly chased: number;
}
export interface Counts {
  readonly contacts: number;
  readonly rpc: number;
  readonly visits: number;
  readonly unanswered: number;
}
/** Which commands have been applied: journal places up to `upTo` and those `beyond` it, and recent ids without a place. */
export interface Seen {
  readonly upTo: number;
  readonly beyond: readonly number[];
  readonly ids: readonly string[];
}
export interface Note {
  readonly at: Instant;
  readonly code: string;
  readonly args: Readonly<Record<string, Scalar>>;
}
