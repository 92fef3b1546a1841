import type { DisputeReason } from './dispute-reasons';
import type { AgreementTerms } from '../agreement/agreement';
import type { Instant, IsoDate, Minor, Scalar } from '../units';
import type { ComplaintCause } from './complaint-causes';
import type { LoanContract } from '../ledger/loan';
import type { ResultCode, LateReason, VisitCode } from './result-codes';

/**
 * Everything that can be told about an account. Each event carries an id and is applied once.
 * `at` is when it happened; `by` an opaque reference of who or what said so.
 */
interface Told {
  readonly id: string;
  readonly at: Instant;
  readonly by?: string;
  /** Its place in the account's journal, when it came through the journal. */
  readonly seq?: number;
}

/** Money that came in. `valueDate` is when it counts, `postingDate` when the host knew. */
export interface Payment extends Told {
  readonly kind: 'payment';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly postingDate?: IsoDate;
  readonly method?: string;
  /** Announced, not posted: rests contact for its days and cures nothing. */
  readonly pending?: boolean;
  /** Id of the announced payment that is posted with this one: that one rests nothing any more. */
  readonly posts?: string;
  /** Who paid, when it was not the person who owes. It pays the debt all the same. */
  readonly payer?: Payer;
}
export const PAYERS = ['joint', 'guarantor', 'family', 'employer', 'insurer', 'other'] as const;
export type Payer = (typeof PAYERS)[number];
/** A merchant's refund or a goodwill credit: lowers the balance; counts towards what is past due only when said. */
export interface Refund extends Told {
  readonly kind: 'refund';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly postingDate?: IsoDate;
  readonly countsTowardsMinimum: boolean;
}
/** A payment that came back (returned by the bank, charged back). The account is folded as if it had never been. */
export interface Reversal extends Told {
  readonly kind: 'reversal';
  readonly of: string;
  readonly reason: 'returned' | 'chargeback' | 'mistake';
  /** The reversal itself was undone: the payment stands again. */
  readonly undone?: boolean;
}
/** Positive lowers what is owed, negative raises it. On one obligation where named, else oldest first. */
export interface Adjustment extends Told {
  readonly kind: 'adjustment';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly obligation?: string;
}
/** Costs that the lender had, or a fee by the contract: owed from that day on. */
export interface ChargeMade extends Told {
  readonly kind: 'charge';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
  readonly component: 'costs' | 'late-charge';
}
/** What was paid too much is given back to whoever paid it. */
export interface Payout extends Told {
  readonly kind: 'payout';
  readonly amount: Minor;
  readonly valueDate: IsoDate;
}
/** A loan that the engine is given whole: its instalments are principal, interest and charges it works out itself. */
export interface LoanGiven extends Told, LoanContract {
  readonly kind: 'loan';
}
/** Everything that is not due falls due on that day. Undone, every part is back on its own date. */
export interface Acceleration extends Told {
  readonly kind: 'acceleration';
  readonly undone?: boolean;
}
/** An accounting act, not an end: the debt lives on in `recovery`. */
export interface WriteOff extends Told {
  readonly kind: 'write-off';
  readonly undone?: boolean;
}
/** What the host's books say, with their as-of moment. An older one than the last changes nothing. */
export interface HostUpdate extends Told {
  readonly kind: 'host-update';
  readonly figures: HostFigures;
  /** Flags, scores and attributes that came with it; merged by name. */
  readonly facts?: Readonly<Record<string, Scalar>>;
  /** The strategy has something to say to it: opens an account that was closed as cured. */
  readonly wanted?: boolean;
}
export interface HostFigures {
  readonly asOf: Instant;
  readonly pastDue: Minor;
  /** Due date of the oldest minimum not covered; null when nothing is past due. */
  readonly oldestDue: IsoDate | null;
  readonly cycles: number;
  readonly balance: Minor;
  readonly nextDue?: IsoDate;
  readonly nextAmount?: Minor;
  readonly statementDate?: IsoDate;
}
/** One new part that falls due: an instalment, or the new part of a minimum (never the carried-over part). */
export interface ObligationAdded extends Told {
  readonly kind: 'obligation';
  readonly obligation: string;
  readonly due: IsoDate;
  readonly amount: Minor;
  readonly statementDate?: IsoDate;
}
export interface FactsChanged extends Told {
  readonly kind: 'facts';
  readonly facts: Readonly<Record<string, Scalar>>;
}
/** A score that a model gave. One as of an earlier day than the last of its model changes nothing. */
export interface ScoreTold extends Told {
  readonly kind: 'score';
  /** The model's name, with its version where it has one: `risk-3`. */
  readonly model: string;
  /** A whole number on the model's own scale. */
  readonly value: number;
  /** The day that it is of. */
  readonly on: IsoDate;
}
export interface DisputeRaised extends Told {
  readonly kind: 'dispute-raised';
  readonly dispute: string;
  /** Without an amount and without items the whole debt is disputed. */
  readonly amount?: Minor;
  readonly items?: readonly DisputedItem[];
  /** A person decided that it is looked at again, although the same was decided before. */
  readonly again?: boolean;
  readonly reason: DisputeReason;
}
/** One of the parts that fell due, or something that the host knows: then with its amount. */
export interface DisputedItem {
  readonly item: string;
  readonly amount?: Minor;
}
export interface DisputeResolved extends Told {
  readonly kind: 'dispute-resolved';
  readonly dispute: string;
  readonly outcome: 'upheld' | 'partly' | 'rejected';
  /** Of `partly`: in how much the person was right. That stays out until the books follow. */
  readonly amount?: Minor;
}
/** Proof was asked for, or came. The papers themselves never come here. */
export interface DisputeEvidence extends Told {
  readonly kind: 'dispute-evidence';
  readonly dispute: string;
  readonly evidence: 'asked' | 'received';
}
/** What somebody is not content with: it rests contact for its days, once a matter, and wants an answer. */
export interface ComplaintMade extends Told {
  readonly kind: 'complaint';
  readonly complaint: string;
  readonly cause: ComplaintCause;
  readonly channel: string;
  /** Whom it is about: opaque references. */
  readonly collector?: string;
  readonly agency?: string;
  /** The name of the matter, the same for each complaint of it. */
  readonly matter?: string;
  /** A person decided that it rests contact although the matter did before. */
  readonly rests?: boolean;
}
export interface ComplaintAnswered extends Told {
  readonly kind: 'complaint-answered';
  readonly complaint: string;
  readonly outcome: 'upheld' | 'partly' | 'rejected';
}
/** Without a date, an amount and a way to pay it is an intention and rests nothing. */
export interface PromiseMade extends Told {
  readonly kind: 'promise';
  readonly promise: string;
  readonly amount?: Minor;
  readonly date?: IsoDate;
  readonly method?: string;
  readonly givenBy: 'debtor' | 'third-party';
  readonly channel: string;
  /** In parts, each with its day: together they are the amount, and the last day is the date. */
  readonly parts?: readonly PromisedPart[];
  /** Whose word it is, when another party's than the main one's. The book's opaque reference. */
  readonly party?: string;
  /** Stands beside what is open instead of taking the place of the same person's earlier word. */
  readonly beside?: boolean;
  /** Promises once more what was left of that promise, which was kept in part. */
  readonly restOf?: string;
  /** By the rules it is less than a promise: it is remembered as an intention, and rests nothing. */
  readonly intention?: boolean;
}
export interface PromisedPart {
  readonly amount: Minor;
  readonly date: IsoDate;
}
export interface PromiseCancelled extends Told {
  readonly kind: 'promise-cancelled';
  readonly promise: string;
}
/** An offer became an agreement. It comes through the book's journal only, where it was decided who may agree to it. */
export interface AgreementMade extends Told {
  readonly kind: 'agreement';
  readonly agreement: string;
  /** The strategy's offer rule that it came from. */
  readonly rule?: string;
  readonly terms: AgreementTerms;
}
/** An agreement was taken back by the lender or the person. */
export interface AgreementEnded extends Told {
  readonly kind: 'agreement-ended';
  readonly agreement: string;
  /** Why, as a code, and who asked for it where whoever says so (`by`) is the second person. */
  readonly reason?: string;
  readonly asked?: string;
}
/** How a contact attempt ended. `step` is the name of the step that asked for it, when one did. */
export interface ContactOutcome extends Told {
  readonly kind: 'contact-outcome';
  readonly code: ResultCode;
  readonly channel: string;
  readonly step?: string;
  /** Why the person is late: one of them after every right-party contact. */
  readonly reason?: LateReason;
  /** For `RPC-CB`: when the person asked to be called. */
  readonly callBackAt?: Instant;
  /** Who was meant, when it was another party than the main one. The book's opaque reference. */
  readonly party?: string;
  /** The agency that made the contact; left out: our own people or machines. */
  readonly agency?: string;
}
export interface VisitOutcome extends Told {
  readonly kind: 'visit-outcome';
  readonly step?: string;
  readonly code: VisitCode;
  readonly followUpOn?: IsoDate;
  readonly party?: string;
  readonly agency?: string;
}
/** What became of a letter or a notice. `arrived` opens the gates that wait for it. */
export interface Delivery extends Told {
  readonly kind: 'delivery';
  readonly step: string;
  readonly status: 'delivered' | 'undelivered' | 'arrived' | 'returned';
}
export interface HostResult extends Told {
  readonly kind: 'host-result';
  readonly step: string;
  readonly result: 'done' | 'failed' | 'refused';
}
export interface DebitResult extends Told {
  readonly kind: 'debit-result';
  /** The day of the debit, however late the news. */
  readonly date: IsoDate;
  readonly result: 'paid' | 'failed';
  /** The due date that it was for; left out: every one up to its day. */
  readonly due?: IsoDate;
  /** It failed and is tried again on that day: nobody is contacted from then on until that result is known. */
  readonly retryOn?: IsoDate;
}
/** The person says, on whatever channel, that it is paid. After a call the result code RPC-PAID says the same. */
export interface PaidClaim extends Told {
  readonly kind: 'paid-claim';
  readonly channel: string;
  /** What the person says of the payment, for whoever looks for it. */
  readonly paidOn?: IsoDate;
  readonly amount?: Minor;
  readonly method?: string;
}
/** A person finished a task that a step opened: an approval, a screening, a search. */
export interface TaskResult extends Told {
  readonly kind: 'task-result';
  readonly step: string;
  readonly result: string;
}
export interface HoldSet extends Told {
  readonly kind: 'hold';
  readonly hold: string;
  readonly type: HoldType;
  readonly from: IsoDate;
  /** The last day of it. Without one it ends by release only. */
  readonly until?: IsoDate;
  /** Holds contact with this party only, and the account goes on: somebody else shares the debt. */
  readonly party?: string;
  /** Holds these parts of the debt only: they are not asked for, and the rest goes on. */
  readonly items?: readonly DisputedItem[];
}
export interface HoldReleased extends Told {
  readonly kind: 'release';
  readonly hold: string;
  /** The last day that it still held. Without one: the day before `at`. */
  readonly lastDay?: IsoDate;
  /** What happened that it ends with, and when: the last day may be some days after it. */
  readonly event?: string;
  readonly on?: IsoDate;
  /** Who asked for it, where whoever says so (`by`) is the second person. */
  readonly asked?: string;
}
export type HoldType =
  | 'pause'
  | 'cease-contact'
  | 'attorney'
  | 'bankruptcy'
  | 'deceased'
  | 'vulnerable'
  | 'illness'
  | 'bereavement'
  | 'disaster'
  | 'identity-theft'
  | 'court-order'
  | 'internal-review'
  | 'complaint'
  | 'mandate-check'
  | 'placed'
  | 'incapacity'
  | 'prison'
  | 'military-service'
  | 'breathing-space'
  | 'litigation'
  | 'regulator-complaint'
  | 'counselling'
  | 'payment-pending'
  | 'instalment-agreement'
  /** The host's snapshot has the account no more: nothing goes out until it is back or closed. */
  | 'left';
/** Something changed in the book's contact details; the details themselves never come here. */
export interface ContactChanged extends Told {
  readonly kind: 'contact-changed';
  readonly reachable: boolean;
}
export interface CloseAsked extends Told {
  readonly kind: 'close';
  readonly reason: 'settled' | 'sold' | 'closed';
}

export type AccountEvent =
  | Payment
  | Refund
  | Reversal
  | Adjustment
  | ChargeMade
  | Payout
  | LoanGiven
  | Acceleration
  | WriteOff
  | HostUpdate
  | ObligationAdded
  | FactsChanged
  | ScoreTold
  | DisputeRaised
  | DisputeResolved
  | DisputeEvidence
  | ComplaintMade
  | ComplaintAnswered
  | PromiseMade
  | PromiseCancelled
  | AgreementMade
  | AgreementEnded
  | ContactOutcome
  | VisitOutcome
  | Delivery
  | HostResult
  | DebitResult
  | PaidClaim
  | TaskResult
  | HoldSet
  | HoldReleased
  | ContactChanged
  | CloseAsked;

export type EventKind = AccountEvent['kind'];
