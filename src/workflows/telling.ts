import type { Report } from '../activities/contract';
import type { AccountEvent } from '../domain/account/events';
import type { AccountState, Note } from '../domain/account/state';
import { view } from '../domain/account/view';
import { localDate } from '../domain/calendar/zone';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import type { Inbox } from './inbox';

/** The timeline query looks back so far within a run. */
const RECENT = 30;

/**
 * What is still to be told to the book. Every activity takes it along; it is forgotten only when that activity has
 * succeeded, so that nothing that was decided or signalled is lost when a history expires.
 */
export class Telling {
  private facts: AccountEvent[];
  private past: Note[] = [];

  constructor(
    private readonly inbox: Inbox,
    private readonly hash: string,
    told: readonly AccountEvent[],
  ) {
    this.facts = [...told];
  }

  /** A fact that did not come through the journal. */
  add(event: AccountEvent): void {
    this.facts.push(event);
  }

  get told(): readonly AccountEvent[] {
    return this.facts;
  }

  report(account: AccountState, strategy: Strategy, now: Instant): Report {
    return {
      lender: account.terms.lender,
      ref: account.terms.ref,
      strategy: this.hash,
      generation: account.generation,
      upTo: account.seen.upTo,
      told: [...this.facts],
      notes: account.notes,
      aside: [...this.inbox.keptAside],
      view: view(account, strategy, localDate(now, account.terms.zone)),
    };
  }

  /** The book has the report: what it held is told, what came meanwhile is not. */
  journalled(report: Report): void {
    this.facts = this.facts.slice(report.told.length);
    this.inbox.toldAside(report.aside.length);
    this.past = [...this.past, ...report.notes].slice(-RECENT);
  }

  recent(account: AccountState): readonly Note[] {
    return [...this.past, ...account.notes].slice(-RECENT);
  }
}
