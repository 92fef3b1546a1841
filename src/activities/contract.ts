import type { Clock } from '../domain/clock';
import type { Enrolment } from '../domain/account/enrolment';
import type { AccountEvent, AgreementMade } from '../domain/account/events';
import type { CompactState } from '../domain/account/instalments';
import type { EndReason, Note } from '../domain/account/state';
import type { AccountView } from '../domain/account/view';
import type { Occurrence, StepResult, Why } from '../domain/decide/decision';
import type { OfferAsked } from '../domain/offer/asked';
import type { AnswerGiven } from '../domain/offer/given';
import type { Instant } from '../domain/units';

export type { AccountView, Enrolment };

/**
 * What the account's workflow asks of the outside, as types only: the workflow bundle imports this file and none of
 * the code behind it. Requests hold opaque references and figures, never anything personal.
 */
export interface AccountActivities {
  /** A message through the gate: reserve, send, settle. */
  contact(request: StepRequest): Promise<StepResult>;
  /** A call campaign, a visit, a letter or a task, put into the book for people to do. */
  schedule(request: StepRequest): Promise<StepResult>;
  /** Something the lender's own system is asked to do. */
  host(request: StepRequest): Promise<StepResult>;
  /** The file of a case, ready for counsel, waiting for a person's approval. */
  legal(request: StepRequest): Promise<StepResult>;
  /** An offer's answer, by the strategy's rules and the authority of whoever asked. */
  offer(request: OfferRequest): Promise<OfferAnswered>;
  /** The final state, and everything not yet told, into the book. */
  close(request: CloseRequest): Promise<void>;
  /** The account folded anew from its journal: after a reopening, a reset, or an event that reaches far back. */
  restore(request: RestoreRequest): Promise<CompactState>;
}

/** What every activity tells the book on the way: nothing that was decided is lost when a history expires. */
export interface Report {
  readonly lender: string;
  readonly ref: string;
  readonly strategy: string;
  readonly generation: number;
  /** Journal place up to which the account has folded. */
  readonly upTo: number;
  /** Facts that reached the workflow without passing the journal. */
  readonly told: readonly AccountEvent[];
  readonly notes: readonly Note[];
  /** Messages kept aside, with the reason. */
  readonly aside: readonly { readonly at: Instant; readonly name: string; readonly reason: string }[];
  readonly view: AccountView;
}

export interface StepRequest {
  readonly occurrence: Occurrence;
  readonly tone: number | null;
  readonly path: string;
  /** The account's now: the gate uses it in rehearsal only, against real channels it reads its own clock. */
  readonly now: Instant;
  /** How many times as fast as the real one the account's clock runs; null in real time. */
  readonly factor: number | null;
  readonly why: Why;
  readonly report: Report;
}

export interface OfferRequest {
  readonly offer: OfferAsked;
  readonly now: Instant;
  /** The account as its workflow has it: what the strategy's rules are asked about. */
  readonly state: Partial<CompactState>;
  readonly report: Report;
}

export interface OfferAnswered {
  readonly given: AnswerGiven;
  /** The agreement that it became, with its place in the journal. */
  readonly event: AgreementMade | null;
}

export interface CloseRequest {
  readonly reason: EndReason;
  readonly now: Instant;
  readonly why: Why;
  readonly report: Report;
  /** The state at the end, so that show and reopening never need the history. */
  readonly state: CompactState;
}

export interface RestoreRequest {
  readonly lender: string;
  readonly ref: string;
  readonly strategy: string;
  readonly now: Instant;
  /** What a running account has decided and been told since its last activity: journalled before the fold. */
  readonly report?: Report;
}

/** Input of the workflow type `account`. The codec puts the compiled document in and takes it out again. */
export interface AccountInput {
  readonly strategy: { readonly hash: string; readonly document?: unknown };
  readonly clock: Clock;
  /** The generation that decides in this run: whoever starts it writes GENERATION of decide/generation.ts here. */
  readonly generation?: number;
  /** One of the three: a new account, one that continues as new, or one to be folded from its journal. */
  readonly enrolment?: Enrolment;
  readonly state?: Partial<CompactState>;
  readonly restore?: { readonly lender: string; readonly ref: string };
  /** Messages not yet handled and told facts not yet journalled when the last run ended. */
  readonly carried?: unknown;
}
