import { addBusinessDays, holidaysOf } from '../calendar/business';
import { AUTHORITY, type Authority, type Decider } from '../agreement/authority';
import { considerWaiver, type WaiverReason } from '../agreement/consider-waiver';
import type { AgreementTerms } from '../agreement/agreement';
import type { Why } from '../decide/decision';
import { why } from '../decide/why';
import { totalOf, type Amounts } from '../ledger/components';
import type { IsoDate, Minor, Zone } from '../units';
import type { Considered, GivingUp, OfferAnswer } from './answer';
import { higherOf, reaches } from './roles';

/** What the book knows of whoever asks and of the person: never from the message. */
export interface KnownOfOffer {
  readonly role: Decider;
  /** Of the role's budget this month. */
  readonly budgetLeft: Minor;
  readonly givenBefore: Minor;
  readonly lastWaiverOn: IsoDate | null;
  readonly refusedOffer: { readonly on: IsoDate; readonly amount: Minor } | null;
  readonly day: IsoDate;
  readonly zone: Zone;
}

export interface DecidedOffer {
  readonly answer: OfferAnswer;
  /** What is reserved of that role's budget, while it waits or stands. */
  readonly reserve: { readonly role: Decider; readonly amount: Minor } | null;
  /** The most that was offered where something was to be given up: asking again does not raise it. */
  readonly best: Minor | null;
}

/**
 * The whole answer to an offer: the strategy's word, and whether whoever asks has the authority (ladders 7.1). Pure:
 * what it is decided on is read by whoever calls it, in the transaction that reserves the budget.
 */
export function decideOffer(
  considered: Considered,
  known: KnownOfOffer,
  matrix: readonly Authority[] = AUTHORITY,
): DecidedOffer {
  if (considered.answer !== 'fits') {
    const { rule: _rule, ...answer } = { rule: '', ...considered };
    return { answer: answer as OfferAnswer, reserve: null, best: null };
  }
  return considered.givingUp === null
    ? byApproval(considered, known, matrix)
    : byMatrix(considered, considered.givingUp, known, matrix);
}

type Fits = Extract<Considered, { answer: 'fits' }>;

function byApproval(fits: Fits, known: KnownOfOffer, matrix: readonly Authority[]): DecidedOffer {
  const { terms, because, approval } = fits;
  if (approval === null || reaches(known.role, approval))
    return { answer: { answer: 'accept', terms, because }, reserve: null, best: null };
  const reasons = [...because, why('offer-approval', { by: approval })];
  return {
    answer: waits(terms, approval, known, within(matrix, approval), reasons),
    reserve: null,
    best: null,
  };
}

function byMatrix(
  fits: Fits,
  { debt, amount, dpd, writtenOff }: GivingUp,
  known: KnownOfOffer,
  matrix: readonly Authority[],
): DecidedOffer {
  const { terms, because, approval } = fits;
  const found = considerWaiver({ ...known, debt, amount, dpd, writtenOff }, matrix);
  const reasons = [...because, ...found.because.map((reason) => why(REASON[reason]))];
  switch (found.answer) {
    case 'accept': {
      if (approval !== null && !reaches(known.role, approval)) {
        const asked = [...because, why('offer-approval', { by: approval })];
        const answer = waits(terms, approval, known, within(matrix, approval), asked);
        return { answer, reserve: { role: approval, amount }, best: null };
      }
      const reserve = { role: known.role, amount };
      return { answer: { answer: 'accept', terms, because: reasons }, reserve, best: null };
    }
    case 'needs-approval': {
      const by = higherOf(found.by, approval) ?? found.by;
      const best = totalOf(found.best);
      const less = best === 0 ? {} : { best: withWaived(terms, found.best) };
      const answer = { ...waits(terms, by, known, found.within, reasons), ...less };
      return { answer, reserve: { role: by, amount }, best };
    }
    case 'counter': {
      const best = totalOf(found.best);
      return {
        answer: { answer: 'counter', best: withWaived(terms, found.best), because: reasons },
        reserve: null,
        best,
      };
    }
    case 'refuse': {
      const unknown = found.because.includes('nothing-to-give-up') || found.because.includes('one-a-year');
      return { answer: { answer: 'refuse', because: reasons }, reserve: null, best: unknown ? null : 0 };
    }
  }
}

/** The same agreement with less given up: the rest is paid with the last part. */
function withWaived(terms: AgreementTerms, waived: Amounts): AgreementTerms {
  if (terms.kind !== 'settlement' && terms.kind !== 'waiver') return terms;
  const more = totalOf(terms.waived) - totalOf(waived);
  const [last = ['', 0] as const, ...before] = [...terms.parts].reverse();
  const parts = [...before.reverse(), [last[0], last[1] + more] as const];
  return { ...terms, parts, waived };
}

function waits(
  terms: AgreementTerms,
  by: Decider,
  { day, zone }: KnownOfOffer,
  days: number,
  because: readonly Why[],
): Extract<OfferAnswer, { answer: 'needs-approval' }> {
  // The day on which it is asked does not count: somebody must have had the days to answer.
  const until = addBusinessDays(day, Math.max(1, days), holidaysOf(zone));
  return { answer: 'needs-approval', terms, by, until, because };
}

/** The business days in which a role answers, the longest of its rows. */
function within(matrix: readonly Authority[], role: Decider): number {
  return Math.max(0, ...matrix.filter((row) => row.role === role).map(({ answersWithin }) => answersWithin));
}

const REASON = {
  'within-authority': 'waiver-within-authority',
  'needs-checker': 'waiver-needs-checker',
  'beyond-authority': 'waiver-beyond-authority',
  'beyond-cap': 'waiver-beyond-cap',
  'beyond-budget': 'waiver-beyond-budget',
  'one-a-year': 'waiver-one-a-year',
  'asked-again': 'waiver-asked-again',
  'nothing-to-give-up': 'waiver-nothing-to-give-up',
  'nobody-may': 'waiver-nobody-may',
} as const satisfies Record<WaiverReason, string>;

/**
 * Why somebody may not approve an offer, or null. The second person is not the first, has the role or a higher one, and
 * comes in time; of the budget and of the matrix he must have as much as is given up.
 */
export function mayNotApprove(
  offer: { readonly askedBy: string; readonly by: Decider; readonly until: IsoDate; readonly amount: Minor },
  approver: {
    readonly ref: string;
    readonly role: Decider;
    readonly budgetLeft: Minor;
    readonly day: IsoDate;
  },
): 'same-person' | 'role' | 'expired' | 'budget' | null {
  if (approver.day > offer.until) return 'expired';
  if (approver.ref === offer.askedBy) return 'same-person';
  if (!reaches(approver.role, offer.by)) return 'role';
  return offer.amount > approver.budgetLeft ? 'budget' : null;
}
