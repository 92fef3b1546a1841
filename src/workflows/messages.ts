import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { AccountView } from '../activities/contract';
import type { EventKind } from '../domain/account/events';
import type { Note } from '../domain/account/state';
import type { AnswerGiven } from '../domain/offer/given';
import type { Instant } from '../domain/units';
import type { Aside } from './inbox';

/** Signals: one for each kind of event, named like it. The description is what Temporal's UI shows beside it. */
export const SIGNALS: Readonly<Record<EventKind, string>> = {
  payment: 'Money came in, or was announced.',
  refund: "A merchant's refund or a goodwill credit.",
  reversal: 'A payment came back, or its return was undone.',
  adjustment: 'What is owed was corrected.',
  charge: 'Costs or a fee that are owed from now on.',
  payout: 'What was paid too much was given back.',
  loan: 'The contract of a loan of which the engine keeps the books.',
  acceleration: 'All that is not due falls due, or that was undone.',
  'write-off': 'The debt was written off in the books, or that was undone.',
  'host-update': "What the lender's own books say.",
  obligation: 'A new part that falls due.',
  facts: 'Flags or attributes changed.',
  score: 'A model gave the account a score.',
  'dispute-raised': 'The debt or a part of it is disputed.',
  'dispute-resolved': 'A dispute was decided.',
  'dispute-evidence': 'Proof for a dispute was asked for, or came.',
  complaint: 'Somebody complained.',
  'complaint-answered': 'A complaint was answered.',
  promise: 'A promise to pay; use the update of the same name where an answer is wanted.',
  'promise-cancelled': 'A promise was taken back.',
  agreement: 'An offer became an agreement; it comes from the book only, use the update offer.',
  'agreement-ended': 'An agreement was taken back.',
  'contact-outcome': 'How a contact attempt ended.',
  'visit-outcome': 'How a field visit ended.',
  delivery: 'What became of a letter or notice.',
  'host-result': "The lender's system answered.",
  'debit-result': 'A direct debit went through or failed.',
  'paid-claim': 'The person says that it is paid.',
  'task-result': 'A person finished a task.',
  hold: 'Treatment is stopped or narrowed.',
  release: 'A hold was lifted.',
  'contact-changed': 'Contact details changed; the details themselves stay in the book.',
  close: 'The account is to be closed.',
};

export interface PromiseAnswer {
  readonly accepted: boolean;
  /** It was less than a promise, and is remembered as an intention. */
  readonly intention?: true;
  /** Why, as a sentence. */
  readonly why: string;
}

/** Asks whether a promise is accepted. The payload is the promise event; a malformed one is rejected without a trace. */
export const promiseUpdate = defineUpdate<PromiseAnswer, [unknown], 'promise'>('promise');

/** Asks for an offer. The payload is the offer as the book has it; a malformed one is rejected without a trace. */
export const offerUpdate = defineUpdate<AnswerGiven, [unknown], 'offer'>('offer');

export interface AccountStatus {
  readonly now: Instant;
  readonly strategy: string;
  readonly hash: string;
  readonly generation: number;
  readonly view: AccountView;
  readonly closed: string | null;
  /** Messages that were not understood, since the last activity. */
  readonly aside: readonly Aside[];
  /** Messages waiting for the account to reach the moment they belong to. */
  readonly waiting: number;
}
export interface NextAction {
  readonly action: string;
  readonly at: Instant | null;
  readonly why: string;
}
/** Null while the account is being folded from its journal. */
export const statusQuery = defineQuery<AccountStatus | null>('status');
/** What was decided lately in this run. The whole record is in the book. */
export const timelineQuery = defineQuery<readonly Note[]>('timeline');
export const nextQuery = defineQuery<NextAction | null>('next');
