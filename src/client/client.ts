import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { accountOf, findAccount, listAccounts, type AccountFilter, type AccountRow } from '../book/accounts';
import { readClock } from '../book/clock';
import { approveEnd, endAgreement, type EndedAgreement, type EndSaid } from '../book/end-agreement';
import { mustHaveRoom } from '../book/fact-room';
import { mustKeepBooks } from '../book/own-books';
import { accept } from '../book/journal';
import { takeOff } from '../book/owners';
import { approveOffer, askOffer, endOffer, type OfferRow } from '../book/offers';
import { asMayBeTold } from '../book/only-staff';
import {
  approveRelease,
  releaseHold,
  type Holder,
  type Released,
  type ReleaseSaid,
} from '../book/release-hold';
import { refuseSecond, type SecondRow } from '../book/second-person';
import type { Claim } from '../book/staff';
import { inTransaction, openBook, type Book, type Db } from '../book/open-book';
import { timelineOf, type TimelineEntry } from '../book/timeline';
import type { AccountEvent, PromiseMade } from '../domain/account/events';
import type { Note } from '../domain/account/state';
import { END_REASONS, isEndReason } from '../domain/agreement/end';
import { isIsoDate } from '../domain/calendar/day';
import { virtual } from '../domain/clock';
import { withEnd } from '../domain/hold/guard';
import { readOffer, type OfferAsked } from '../domain/offer/asked';
import type { AnswerGiven } from '../domain/offer/given';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import {
  isNotFound,
  isUnreachable,
  TASK_QUEUE,
  temporalClient,
  temporalError,
  type TemporalPlace,
} from './connection';
import { checkEvent, type ToldKind } from './events.schema';
import { startAccount, startAgain, workflowId, type Desk } from './start';
import { tell, type Told } from './tell';

export interface ClientOptions {
  /** `postgres://…` of the book. */
  readonly bookUrl: string;
  readonly temporal: TemporalPlace;
  /** Milliseconds that an account may take to answer a question. 10,000 by default. */
  readonly answerWithin?: number;
}

/** An event as it is handed in: an id of one's own makes it safe to send again, `at` is the book's now by default. */
export type EventInput = {
  readonly [K in ToldKind]: Omit<Extract<AccountEvent, { kind: K }>, 'id' | 'at' | 'seq'> & {
    readonly id?: string;
    readonly at?: Instant;
  };
}[ToldKind];

/** An offer as it is handed in; its id makes it safe to ask again. */
export type OfferInput = Omit<OfferAsked, 'at'> & { readonly at?: Instant };

/** The lifting of a hold as it is handed in; its id makes it safe to ask again. */
export type ReleaseInput = Omit<ReleaseSaid, 'id' | 'at'> & { readonly id?: string; readonly at?: Instant };

/** The end of an agreement as it is handed in; its id makes it safe to ask again. */
export type EndInput = Omit<EndSaid, 'id' | 'at'> & { readonly id?: string; readonly at?: Instant };

export interface Sent {
  /** The id that the fact stands under in the journal. */
  readonly id: string;
  readonly seq: number;
  /** It stood there before with the same content: nothing new happened. */
  readonly duplicate: boolean;
  readonly told: Told;
  /** Other accounts of the person that it holds as well. */
  readonly also?: readonly string[];
}
export interface PromiseAnswer {
  readonly promise: string;
  readonly accepted: boolean;
  /** It was less than a promise: it stands in the journal as an intention, and rests nothing. */
  readonly intention?: true;
  readonly why: string;
}
export interface AccountStatus {
  readonly now: Instant;
  readonly strategy: string;
  readonly hash: string;
  readonly closed: string | null;
  readonly aside: readonly { readonly at: Instant; readonly name: string; readonly reason: string }[];
}
export interface NextAction {
  readonly action: string;
  readonly at: Instant | null;
  readonly why: string;
}

/** Everything that a program may ask of Forbear. Accounts are named by the book's reference. All errors are coded. */
export interface ForbearClient {
  /** The book itself, for queries that have no method here. */
  readonly book: Book;
  /** What starting, telling and sweeping need. */
  readonly desk: Desk;
  /** The book's now: the real one, or that of the rehearsal. */
  now(): Instant;
  /** The account of that reference or lender's number. ACCOUNT_UNKNOWN. */
  find(text: string): Promise<AccountRow>;
  list(filter?: AccountFilter): Promise<AccountRow[]>;
  timeline(ref: string): Promise<TimelineEntry[]>;
  /**
   * Accepts a fact: from then on it counts, and the account's workflow hears of it. `along` writes what belongs to the
   * fact in the same transaction: both stand in the book, or neither. `by`: who of the staff acts, where only the staff
   * may say it. EVENT_MALFORMED, EVENT_DIFFERENT, FACTS_TOO_MANY, STAFF_*, HOLD_*.
   */
  tell(ref: string, event: EventInput, along?: (tx: Db) => Promise<unknown>, by?: Claim): Promise<Sent>;
  /**
   * Somebody of the staff lifts a hold of an account or of a person; one of weight waits for a second person. STAFF_*,
   * HOLD_*, NAMED_UNKNOWN.
   */
  releaseHold(of: Holder, said: ReleaseInput, by: Claim): Promise<Released>;
  /** A second person lets a hold go, declines it, or it is taken back. STAFF_*, SECOND_*. */
  decideRelease(id: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<SecondRow>;
  /** Asks whether a promise is accepted, and makes it when it is. ACCOUNT_SILENT when no worker answers. */
  promise(
    ref: string,
    promise: Omit<Extract<EventInput, { kind: 'promise' }>, 'kind'>,
  ): Promise<PromiseAnswer>;
  /**
   * Somebody of the staff asks for an offer, and the account answers: accept, counter with the best permitted,
   * needs-approval by which role until when, or refuse, each with reasons. STAFF_*, OFFER_MALFORMED, OFFER_DIFFERENT,
   * ACCOUNT_CLOSED, ACCOUNT_SILENT.
   */
  offer(ref: string, offer: OfferInput, by: Claim): Promise<AnswerGiven>;
  /** A second person approves, declines or takes back an offer that waits. STAFF_*, OFFER_*. */
  decideOffer(offer: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<OfferRow>;
  /**
   * Somebody of the staff ends an agreement that runs; one that gave something up waits for a second person. STAFF_*,
   * AGREEMENT_*, OFFER_MALFORMED, SECOND_DIFFERENT.
   */
  endAgreement(ref: string, said: EndInput, by: Claim): Promise<EndedAgreement>;
  /** A second person lets an agreement end, declines it, or it is taken back. STAFF_*, SECOND_*, AGREEMENT_OVER. */
  decideEnd(id: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<SecondRow>;
  /** What the running workflow says; null when none runs or answers. */
  status(ref: string): Promise<AccountStatus | null>;
  next(ref: string): Promise<NextAction | null>;
  /** What the running workflow decided lately; the book hears of it with the next activity. Null like `status`. */
  lately(ref: string): Promise<readonly Note[] | null>;
  /** Starts an enrolled account's workflow, or finds that it runs. */
  start(ref: string): Promise<'started' | 'running' | 'restored'>;
  close(): Promise<void>;
}

/** Opens the book, checks its version and reads its clock. BOOK_UNREACHABLE, BOOK_VERSION_OLD, BOOK_VERSION_NEW. */
export async function openClient(options: ClientOptions): Promise<ForbearClient> {
  const book = await openBook(options.bookUrl);
  try {
    const clock = await readClock(book.db);
    const temporal = temporalClient(options.temporal);
    const taskQueue = options.temporal.taskQueue ?? TASK_QUEUE;
    return new OpenClient(options, book, { db: book.db, temporal, taskQueue, clock });
  } catch (error) {
    await book.close();
    throw error;
  }
}

class OpenClient implements ForbearClient {
  constructor(
    private readonly options: ClientOptions,
    readonly book: Book,
    readonly desk: Desk,
  ) {}

  now(): Instant {
    return virtual(this.desk.clock, Date.now());
  }

  find(text: string): Promise<AccountRow> {
    return findAccount(this.book.db, text);
  }

  list(filter?: AccountFilter): Promise<AccountRow[]> {
    return listAccounts(this.book.db, filter);
  }

  timeline(ref: string): Promise<TimelineEntry[]> {
    return timelineOf(this.book.db, ref);
  }

  async tell(
    ref: string,
    given: EventInput,
    along?: (tx: Db) => Promise<unknown>,
    by?: Claim,
  ): Promise<Sent> {
    const said = this.whole(given);
    const {
      seq,
      duplicate,
      status,
      also = [],
    } = await inTransaction(this.book.db, async (tx) => {
      await mustHaveRoom(tx, ref, said);
      const event = await asMayBeTold(tx, ref, said, by);
      await mustKeepBooks(tx, ref, event);
      const accepted = await accept(tx, ref, event, 'client');
      if (event.kind === 'complaint' && event.collector !== undefined) {
        const { person } = await accountOf(tx, ref);
        await takeOff(tx, person, event.collector, {
          by: event.by ?? 'complaint',
          reason: `complaint ${event.complaint}`,
          at: event.at,
        });
      }
      await along?.(tx);
      return accepted;
    });
    const told = await this.calling(() => tell(this.desk, ref));
    // While Temporal is away the others are told by the sweep, as this one is.
    if (told !== 'waiting') for (const other of also) await this.calling(() => tell(this.desk, other));
    // Told to an account that was closed when the fact was accepted: the sweep may have opened it first.
    const end = told === 'told' && status === 'closed' ? 'reopened' : told;
    return { id: said.id, seq, duplicate, told: end, ...(also.length === 0 ? {} : { also }) };
  }

  /** The workflow decides; what it accepts goes into the journal, where the next reservation sees it at once. */
  async promise(
    ref: string,
    given: Omit<Extract<EventInput, { kind: 'promise' }>, 'kind'>,
  ): Promise<PromiseAnswer> {
    const event = this.whole({ ...given, kind: 'promise' }) as PromiseMade;
    const account = await accountOf(this.book.db, ref);
    if (account.status === 'closed') throw new ForbearError('ACCOUNT_CLOSED', { ref });
    const answer = await this.calling(async () => {
      try {
        return await this.ask(account, event);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await startAgain(this.desk, account);
        return this.ask(account, event);
      }
    });
    if (answer.accepted || answer.intention === true) {
      const said = answer.accepted ? event : { ...event, intention: true };
      await accept(this.book.db, ref, said, 'client');
      await this.calling(() => tell(this.desk, ref));
    }
    return { promise: event.promise, ...answer };
  }

  async offer(ref: string, given: OfferInput, by: Claim): Promise<AnswerGiven> {
    const read = readOffer({ ...given, at: given.at ?? this.now() });
    if ('refused' in read) throw new ForbearError('OFFER_MALFORMED', { reason: read.refused });
    const account = await accountOf(this.book.db, ref);
    if (account.status === 'closed') throw new ForbearError('ACCOUNT_CLOSED', { ref });
    const row = await askOffer(this.book.db, account, read.offer, by);
    if (row.answer !== null) return row.answer;
    const answer = await this.calling(async () => {
      try {
        return await this.askOffer(account, row.asked);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await startAgain(this.desk, account);
        return this.askOffer(account, row.asked);
      }
    });
    return answer;
  }

  async decideOffer(offer: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<OfferRow> {
    const { db } = this.book;
    if (how !== 'approve')
      return endOffer(db, offer, how === 'decline' ? 'declined' : 'withdrawn', by, this.now());
    const row = await approveOffer(db, offer, by, this.now());
    await this.calling(() => tell(this.desk, row.account));
    return row;
  }

  async endAgreement(ref: string, given: EndInput, by: Claim): Promise<EndedAgreement> {
    if (!isEndReason(given.reason))
      throw new ForbearError('OFFER_MALFORMED', { reason: `"why" is one of ${END_REASONS.join(', ')}` });
    const at = given.at ?? this.now();
    const said = { ...given, id: given.id ?? `end:${randomUUID()}`, at };
    const ended = await endAgreement(this.book.db, ref, said, by);
    if (ended.done) await this.tellAll([ref]);
    return ended;
  }

  async decideEnd(id: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<SecondRow> {
    if (how !== 'approve') return this.refused(id, how, by);
    const { row } = await approveEnd(this.book.db, id, by, this.now());
    if (row.account !== null) await this.tellAll([row.account]);
    return row;
  }

  async releaseHold(of: Holder, given: ReleaseInput, by: Claim): Promise<Released> {
    const at = given.at ?? this.now();
    const said = { ...given, id: given.id ?? `release:${randomUUID()}`, at };
    const { id, hold, lastDay, event, on } = said;
    checkEvent({ kind: 'release', id, at, hold, lastDay, event, on });
    const released = await releaseHold(this.book.db, of, said, by);
    if (released.done) await this.tellAll(released.accounts);
    return released;
  }

  async decideRelease(id: string, how: 'approve' | 'decline' | 'withdraw', by: Claim): Promise<SecondRow> {
    if (how !== 'approve') return this.refused(id, how, by);
    const { row, accounts } = await approveRelease(this.book.db, id, by, this.now());
    await this.tellAll(accounts);
    return row;
  }

  private refused(id: string, how: 'decline' | 'withdraw', by: Claim): Promise<SecondRow> {
    return refuseSecond(this.book.db, id, how === 'decline' ? 'declined' : 'withdrawn', by, this.now());
  }

  private async tellAll(accounts: readonly string[]): Promise<void> {
    for (const ref of accounts) await this.calling(() => tell(this.desk, ref));
  }

  async status(ref: string): Promise<AccountStatus | null> {
    return this.query<AccountStatus>(ref, 'status');
  }

  async next(ref: string): Promise<NextAction | null> {
    return this.query<NextAction>(ref, 'next');
  }

  async lately(ref: string): Promise<readonly Note[] | null> {
    return this.query<readonly Note[]>(ref, 'timeline');
  }

  async start(ref: string): Promise<'started' | 'running' | 'restored'> {
    const account = await accountOf(this.book.db, ref);
    return this.calling(() => startAccount(this.desk, account));
  }

  async close(): Promise<void> {
    await Promise.all([this.desk.temporal.connection.close(), this.book.close()]);
  }

  private async ask(account: AccountRow, event: PromiseMade): Promise<Omit<PromiseAnswer, 'promise'>> {
    const { temporal } = this.desk;
    const handle = temporal.workflow.getHandle(workflowId(account));
    try {
      return await temporal.connection.withDeadline(this.deadline(), () =>
        handle.executeUpdate<Omit<PromiseAnswer, 'promise'>, [PromiseMade]>('promise', {
          args: [event],
          updateId: event.id,
        }),
      );
    } catch (error) {
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
        throw new ForbearError('ACCOUNT_SILENT', { ref: account.ref });
      if (error instanceof WorkflowUpdateFailedError)
        throw new ForbearError('EVENT_MALFORMED', {
          kind: 'promise',
          field: 'it',
          reason: 'was not understood',
        });
      throw error;
    }
  }

  private async askOffer(account: AccountRow, offer: OfferAsked): Promise<AnswerGiven> {
    const { temporal } = this.desk;
    const handle = temporal.workflow.getHandle(workflowId(account));
    try {
      return await temporal.connection.withDeadline(this.deadline(), () =>
        handle.executeUpdate<AnswerGiven, [OfferAsked]>('offer', { args: [offer], updateId: randomUUID() }),
      );
    } catch (error) {
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
        throw new ForbearError('ACCOUNT_SILENT', { ref: account.ref });
      if (error instanceof WorkflowUpdateFailedError)
        throw new ForbearError('OFFER_MALFORMED', { reason: 'The account did not understand it' });
      throw error;
    }
  }

  private async query<T>(ref: string, name: string): Promise<T | null> {
    const account = await accountOf(this.book.db, ref);
    if (account.status === 'closed') return null;
    const { temporal } = this.desk;
    try {
      return await temporal.connection.withDeadline(this.deadline(), () =>
        temporal.workflow.getHandle(workflowId(account)).query<T | null>(name),
      );
    } catch (error) {
      // Looks never fail for want of a worker or a run: the book answers instead.
      if (isNotFound(error) || isUnreachable(error) || isQueryFailure(error)) return null;
      throw temporalError(error, this.options.temporal.address);
    }
  }

  private deadline(): number {
    return Date.now() + (this.options.answerWithin ?? 10_000);
  }

  private whole(given: EventInput): AccountEvent {
    if (given.kind === 'hold') mustEndAfter(given);
    const event = checkEvent({
      ...given,
      id: given.id ?? `client:${randomUUID()}`,
      at: given.at ?? this.now(),
    });
    return event.kind === 'hold' ? withEnd(event) : event;
  }

  private async calling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw temporalError(error, this.options.temporal.address);
    }
  }
}

/** HOLD_ENDS_BEFORE. */
function mustEndAfter({ from, until }: { readonly from: string; readonly until?: string }): void {
  if (isIsoDate(from) && isIsoDate(until) && until < from)
    throw new ForbearError('HOLD_ENDS_BEFORE', { from, until });
}

function isQueryFailure(error: unknown): boolean {
  return error instanceof Error && /^Query(NotRegistered|Rejected)Error$/.test(error.name);
}
