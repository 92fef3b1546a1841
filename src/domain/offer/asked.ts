import { Fields, Refused } from '../account/fields';
import { AGREEMENT_KINDS, type AgreementKind, type DatedAmount } from '../agreement/agreement';
import { MOST_INSTALMENTS } from '../agreement/schedule';
import type { RatePpm } from '../agreement/rate';
import type { Instant, IsoDate, Minor } from '../units';

/**
 * An offer as it is asked for: references and figures, nothing personal. Who asks does not stand in it; the book's
 * offer of that id knows. Amounts in minor units of the account's currency, days are local to the account.
 */
export interface OfferAsked {
  readonly id: string;
  readonly at: Instant;
  readonly kind: AgreementKind;
  /** Plan: so many equal instalments, the first on that day, at a yearly rate in millionths; or dates and amounts. */
  readonly count?: number;
  readonly first?: IsoDate;
  readonly rate?: RatePpm;
  readonly down?: Minor;
  readonly parts?: readonly DatedAmount[];
  /** Plan: what it is about; left out: the whole balance. Settlement: what is paid in all. Waiver: what is given up. */
  readonly amount?: Minor;
  /** Settlement, waiver: by which day it is paid. */
  readonly by?: IsoDate;
  /** Deferment, freeze: so many months from today. */
  readonly months?: number;
  /** Change of the due date: to that day of the month. */
  readonly day?: number;
  /** Hardship: a month's income and what living costs, and when it is looked at again. */
  readonly income?: Minor;
  readonly essentials?: Minor;
  readonly household?: number;
  readonly review?: IsoDate;
}

export type ReadOffer = { readonly offer: OfferAsked } | { readonly refused: string };

const MOST_MONTHS = 60;
/** Above this a yearly rate is a slip of the pen: 100 percent, in millionths. */
const MOST_RATE = 1_000_000;

/** Reads an asked offer, or says why it is none. Hand-written, for it runs inside workflows; never throws. */
export function readOffer(payload: unknown): ReadOffer {
  try {
    const f = new Fields(payload);
    const kind = f.oneOf('kind', AGREEMENT_KINDS);
    const all = { id: f.text('id'), at: f.instant('at'), kind, ...READERS[kind](f) };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    return { offer: Object.fromEntries(given) as unknown as OfferAsked };
  } catch (error) {
    return { refused: error instanceof Refused ? error.message : 'The offer could not be read' };
  }
}

type Read = { [K in keyof OfferAsked]?: OfferAsked[K] | undefined };

const READERS: Readonly<Record<AgreementKind, (f: Fields) => Read>> = {
  plan: (f) => {
    const parts = f.maybe('parts', (name) => f.pairs(name, MOST_INSTALMENTS));
    if (parts !== undefined) return { parts, amount: f.maybe('amount', positive(f)) };
    const count = f.count('count');
    // Longer than any plan may be, so that no list of instalments is ever worked out without an end.
    if (count < 1 || count > MOST_INSTALMENTS)
      throw new Refused(`"count" is not from 1 to ${MOST_INSTALMENTS} instalments`);
    const rate = f.maybe('rate', f.count);
    if (rate !== undefined && rate > MOST_RATE) throw new Refused('"rate" is above 100 percent a year');
    return {
      count,
      first: f.date('first'),
      rate,
      down: f.maybe('down', positive(f)),
      amount: f.maybe('amount', positive(f)),
    };
  },
  settlement: (f) => {
    const parts = f.maybe('parts', (name) => f.pairs(name, MOST_INSTALMENTS));
    return parts === undefined ? { amount: positive(f)('amount'), by: f.date('by') } : { parts };
  },
  waiver: (f) => ({ amount: positive(f)('amount'), by: f.date('by') }),
  deferment: (f) => ({ months: months(f) }),
  freeze: (f) => ({ months: months(f) }),
  'due-date': (f) => {
    const day = f.count('day');
    if (day < 1 || day > 28) throw new Refused('"day" is not a day from 1 to 28');
    return { day };
  },
  hardship: (f) => ({
    income: f.amount('income'),
    essentials: f.amount('essentials'),
    household: f.maybe('household', f.count),
    review: f.date('review'),
  }),
};

const positive =
  (f: Fields) =>
  (name: string): Minor => {
    const amount = f.amount(name);
    if (amount === 0) throw new Refused(`"${name}" is zero`);
    return amount;
  };

function months(f: Fields): number {
  const count = f.count('months');
  if (count < 1 || count > MOST_MONTHS) throw new Refused(`"months" is not from 1 to ${MOST_MONTHS}`);
  return count;
}
