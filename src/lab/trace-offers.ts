import { agreementFact } from '../domain/account/agreement';
import type { AccountEvent } from '../domain/account/events';
import type { AccountState } from '../domain/account/state';
import type { Decider } from '../domain/agreement/authority';
import type { AgreementTerms } from '../domain/agreement/agreement';
import { waivedBy } from '../domain/agreement/agreement';
import { isGiven, refusedOffer, WAIVER_DAYS } from '../domain/agreement/earlier-offers';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { sentenceIn } from '../domain/decide/sentence-in';
import { totalOf } from '../domain/ledger/components';
import type { OfferAsked } from '../domain/offer/asked';
import { considerOffer } from '../domain/offer/consider';
import { decideOffer, mayNotApprove } from '../domain/offer/decide';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate, Minor } from '../domain/units';

/** Something that is done with offers in a trace, by somebody of that role. */
export type TraceOffer = { readonly at: Instant; readonly role: Decider } & (
  | { readonly do: 'ask'; readonly offer: OfferAsked }
  | { readonly do: 'approve' | 'withdraw'; readonly offer: string }
);

export interface OfferPlayed {
  readonly event: AccountEvent | null;
  readonly what: string;
  readonly why: string;
}

interface Row {
  readonly id: string;
  readonly rule: string | undefined;
  readonly role: Decider;
  readonly on: IsoDate;
  readonly terms: AgreementTerms | null;
  readonly amount: Minor;
  readonly by: Decider | null;
  readonly until: IsoDate;
  readonly best: Minor | null;
  status: string;
}

/** A trace has no budget of a month; what a case may be given is the matrix's. */
const BUDGET = 1_000_000_000_00;

/** What the book is to offers, for one account that is played: the same core decides. */
export class TraceOffers {
  private readonly rows: Row[] = [];

  /** How the last offer was answered, or what became of it since. */
  last(day: IsoDate): string | null {
    const row = this.rows.at(-1);
    if (row === undefined) return null;
    return row.status === 'needs-approval' && day > row.until ? 'expired' : row.status;
  }

  play(account: AccountState, strategy: Strategy, act: TraceOffer, now: Instant): OfferPlayed {
    const day = localDate(now, account.terms.zone);
    if (act.do === 'ask') return this.ask(account, strategy, act.offer, act.role, now, day);
    const row = this.rows.find(({ id }) => id === act.offer);
    if (row === undefined || row.status !== 'needs-approval' || row.terms === null || row.by === null)
      return { event: null, what: `${act.do} refused`, why: 'No such offer waits.' };
    if (act.do === 'withdraw') {
      row.status = 'withdrawn';
      return { event: null, what: 'offer withdrawn', why: '' };
    }
    const against = mayNotApprove(
      { askedBy: 'asker', by: row.by, until: row.until, amount: row.amount },
      { ref: 'approver', role: act.role, budgetLeft: BUDGET, day },
    );
    if (against !== null) return { event: null, what: 'approval refused', why: SAYS[against] };
    row.status = 'approved';
    return { event: madeOf(row, now), what: 'offer approved', why: `By ${act.role}.` };
  }

  private ask(
    account: AccountState,
    strategy: Strategy,
    offer: OfferAsked,
    role: Decider,
    now: Instant,
    day: IsoDate,
  ): OfferPlayed {
    const before = this.rows.find(({ id }) => id === offer.id);
    if (before !== undefined) return { event: null, what: `offer ${before.status}`, why: 'As before.' };
    const considered = considerOffer(account, strategy, offer, now);
    const year = this.rows.filter(({ on, status }) => on > addDays(day, -WAIVER_DAYS) && isGiven(status));
    const waivers = year.filter(({ id, terms }) => terms?.kind === 'waiver' && !isVoid(account, id));
    const { answer, best } = decideOffer(considered, {
      role,
      budgetLeft: BUDGET,
      givenBefore: year.filter(({ id }) => !isVoid(account, id)).reduce((sum, { amount }) => sum + amount, 0),
      lastWaiverOn: offer.kind === 'waiver' ? (waivers.at(-1)?.on ?? null) : null,
      refusedOffer: refusedOffer(this.rows, day),
      day,
      zone: account.terms.zone,
    });
    const terms = 'terms' in answer ? answer.terms : null;
    const waived = terms === null ? null : waivedBy(terms);
    const row: Row = {
      ...{ id: offer.id, role, on: day, terms, best, status: answer.answer },
      rule: considered.answer === 'fits' ? considered.rule : undefined,
      amount: waived === null ? 0 : totalOf(waived),
      by: answer.answer === 'needs-approval' ? answer.by : null,
      until: answer.answer === 'needs-approval' ? answer.until : day,
    };
    this.rows.push(row);
    const why = answer.because.map((reason) => sentenceIn(strategy.currency, reason)).join(' ');
    const event = answer.answer === 'accept' ? madeOf(row, now) : null;
    return { event, what: `offer ${answer.answer}`, why };
  }
}

const SAYS = {
  'same-person': 'The second person is not the first.',
  role: 'Another role must approve it.',
  expired: 'It has expired.',
  budget: 'The budget is used up.',
} as const;

const isVoid = ({ agreements = [] }: AccountState, id: string): boolean =>
  agreements.some((one) => one.id === id && (one.status === 'void' || one.status === 'broken'));

const madeOf = ({ terms, ...row }: Row, at: Instant): AccountEvent | null =>
  terms === null ? null : agreementFact(row, terms, at);
