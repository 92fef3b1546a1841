import type { Product } from '../../account/terms';
import type { Currency, IsoDate, Minor } from '../../units';
import type { Bankruptcy } from '../metro2/derive/consumer';

/**
 * How an account stood on a cut-off day, whichever format it is told in. Kept as it was made: what a month said can be
 * shown years later. Nothing of a person is in it but opaque references.
 */
export interface Snapshot {
  readonly v: 1;
  readonly on: IsoDate;
  readonly product: Product;
  readonly currency: Currency;
  readonly openedOn: IsoDate | null;
  /** As the facts of the account say; null where they do not. */
  readonly months: number | null;
  readonly limit: Minor | null;
  readonly highest: Minor | null;
  readonly balance: Minor;
  readonly scheduled: Minor;
  /** Money with a value date after the cut-off day before and up to this one. */
  readonly paid: Minor;
  readonly lastPayment: IsoDate | null;
  /** Days past due by contract, never shortened by holds, promises or disputes. */
  readonly dpd: number;
  /** Late within the days of grace only: counted as late nowhere. */
  readonly inGrace: boolean;
  readonly pastDue: Minor;
  readonly late: readonly { readonly days: number; readonly amount: Minor }[];
  readonly oldestDue: IsoDate | null;
  /** Last day before it on which nothing was past due, as far as the journal knows. */
  readonly currentOn: IsoDate | null;
  /** What was owed on the day that it was written off; null when it was not. */
  readonly chargedOff: Minor | null;
  readonly ended: Ended | null;
  readonly disputes: readonly DisputeKnown[];
  readonly bankruptcy: Bankrupt | null;
  /** Everybody who owes it has died. */
  readonly deceased: boolean;
  /** The account's own word of who closed it to new use. */
  readonly closedBy: 'consumer' | 'grantor' | null;
  /** What one of several people has by itself, by the book's reference of the person. */
  readonly parties: Readonly<Record<string, PartyState>>;
}

export interface Ended {
  readonly how: 'paid' | 'settled' | 'closed' | 'sold';
  readonly on: IsoDate;
  /** Contract days on the day before. */
  readonly dpdBefore: number;
}

export interface DisputeKnown {
  readonly id: string;
  readonly law: 'fcra' | 'fcba';
  readonly open: boolean;
  readonly disagrees: boolean;
}

export interface Bankrupt {
  /** Null: nobody has said which. */
  readonly chapter: Bankruptcy['chapter'] | null;
  readonly stage: Bankruptcy['stage'];
  readonly petition: IsoDate;
}

export interface PartyState {
  readonly deceased?: true;
  /** The chapter; null: nobody has said which. */
  readonly bankrupt?: Bankrupt['chapter'];
}
