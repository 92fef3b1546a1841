import type { Currency, IsoDate, Zone } from '../units';

export type Product = 'credit_card' | 'consumer_loan';

/**
 * Who knows what is owed.
 * `host`: the lender's system sends arrears, oldest unpaid due date, cycles and balances (cards always).
 * `obligations`: the engine is given each new part that falls due (a loan's instalments, a card's minimums).
 */
export type Books = 'host' | 'obligations';

/** What never changes about an account while the engine treats it. Holds nothing personal. */
export interface Terms {
  /** The lender's own opaque reference; never a card or loan number. */
  readonly ref: string;
  readonly lender: string;
  /** The book's opaque reference of the person who owes. */
  readonly person: string;
  /** 00–99, stable for the person: experiments cut along it. */
  readonly digit: number;
  readonly product: Product;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly books: Books;
  readonly openedOn?: IsoDate;
}
