import type { Product } from '../account/terms';
import type { Zone } from '../units';

/** Who furnishes: the engine makes the file, or the lender's own system does and hears what the engine knows. */
export type Furnisher = 'engine' | 'lender' | 'nobody';
export type FormatName = 'metro2' | 'five-class';

/** The settings of one reporting, as they were checked. A lender may have several: one for each kind of bureau. */
export interface Reporting {
  readonly name: string;
  readonly lender: string;
  readonly furnisher: Furnisher;
  readonly format: FormatName;
  /** Day of the month that figures are of; a month without it has its last. `last` is the last of each. */
  readonly cutOff: number | 'last';
  /** Days after the cut-off day on which the file is sent. */
  readonly sendAfterDays: number;
  readonly zone: Zone;
  readonly reporter: { readonly name: string; readonly address: string; readonly phone: string };
  readonly identification: string;
  readonly programs: Readonly<Partial<Record<'innovis' | 'equifax' | 'experian' | 'transunion', string>>>;
  /** A product that is not here is not told of. */
  readonly products: Readonly<Partial<Record<Product, ProductTerms>>>;
  /** Nothing adverse goes out before the person was told. */
  readonly noticeFirst: boolean;
  /** What becomes of a record whose dispute opened between cut-off and sending. */
  readonly lateDispute: 'mark' | 'hold';
  /** Files are made and kept here, and sent by being put there. */
  readonly keep: string;
  readonly send: string;
  /** Who buys debts, for the segment that names the buyer; empty leaves it out. */
  readonly soldTo: string;
}

export interface ProductTerms {
  readonly portfolio: string;
  readonly accountType: string;
  /** Of a loan whose facts do not say; null: such a record is put aside. */
  readonly months: number | null;
}

/** What the rule pack of the reporting wants, read from it when the settings were set. */
export interface BureauRules {
  readonly pack: string | null;
  readonly version: string | null;
  /** Days within which a dispute or objection is answered. */
  readonly answerDays: number;
  /** Years after which nothing adverse is told any more, and from what on; null: no rule says so. */
  readonly retention: {
    readonly years: number;
    readonly from: 'first-delinquency' | 'delinquency-ended';
  } | null;
  /** The rules that these came from. */
  readonly by: readonly string[];
}
