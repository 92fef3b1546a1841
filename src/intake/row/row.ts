import type { HostFigures } from '../../domain/account/events';
import type { Books, Product } from '../../domain/account/terms';
import type { PartyRole } from '../../domain/party/roles';
import type { EndpointKind } from '../../domain/policy/channels';
import type { Currency, Instant, IsoDate, Minor, Scalar, Zone } from '../../domain/units';

/** One row of a portfolio, checked. Personal: it goes to the book and nowhere else. */
export interface EnrolRow {
  readonly lender: string;
  /** The lender's own number of the account. */
  readonly account: string;
  readonly product: Product;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly books: Books;
  readonly openedOn: IsoDate | null;
  readonly person: {
    /** The lender's own number of the person: joins several accounts. */
    readonly number: string;
    readonly name: string | null;
    readonly language: string;
  };
  readonly endpoints: readonly RowEndpoint[];
  readonly host: HostFigures | null;
  readonly obligations: readonly RowObligation[];
  readonly facts: Readonly<Record<string, Scalar>>;
  /** Who else stands on the account; left out when nobody does. */
  readonly parties?: readonly RowParty[];
}
export interface RowParty {
  readonly role: Exclude<PartyRole, 'main'>;
  /** The lender's own number of the person. */
  readonly number: string;
  readonly name: string | null;
  readonly language: string;
  readonly endpoints: readonly RowEndpoint[];
  readonly limitation: IsoDate | null;
  /** Left out: the account's. */
  readonly zone?: Zone;
}
export interface RowEndpoint {
  readonly kind: EndpointKind;
  readonly value: string;
  /** Where it is known from, in the words of the packs; left out: as the lender says of all its files. */
  readonly source?: string;
}
export interface RowObligation {
  readonly due: IsoDate;
  readonly amount: Minor;
}

/** What a row need not say because the command or the strategy says it for all. */
export interface RowDefaults {
  readonly lender: string;
  readonly product?: Product;
  readonly currency?: Currency;
  readonly zone?: Zone;
  readonly language?: string;
  /** ISO 3166 code for telephone numbers without a country. */
  readonly country?: string;
  /** The moment that the host's figures are of, for rows that do not say. */
  readonly asOf?: Instant;
  /** A daily file of the host: a balance may be in the person's favour, and nobody need be reachable. */
  readonly daily?: true;
  /** The kind of account that the strategy is for: others are refused. */
  readonly only?: { readonly product: Product; readonly currency: Currency };
}
