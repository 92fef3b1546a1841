import type { Product } from '../../domain/account/terms';
import type { Currency, Instant, IsoDate, Minor } from '../../domain/units';
import type { Json, Made } from './columns';

/** What reports are made of: 0011-morning.ts. All but the marks is made from the events and can be made again. */
export interface ReportMarks {
  id: Made<number>;
  account: string | null;
  day: IsoDate | null;
}

export interface ReportAccounts {
  account: string;
  lender: string;
  currency: Currency;
  product: Product;
  since: IsoDate;
  openedOn: IsoDate | null;
  enteredOn: IsoDate | null;
  enteredBalance: Minor;
  ever30: IsoDate | null;
  ever60: IsoDate | null;
  ever90: IsoDate | null;
  nextChange: IsoDate | null;
}

export interface ReportSpans {
  account: string;
  fromDay: IsoDate;
  toDay: IsoDate | null;
  bucket: number;
  dpd: number;
  pastDue: Minor;
  balance: Minor;
  stage: string | null;
  segment: string | null;
  holds: string;
  promised: boolean;
  writtenOff: boolean;
  contacted: boolean;
  ended: string | null;
  rollsOn: IsoDate | null;
  cycle: IsoDate | null;
  startBucket: number | null;
  startBalance: Minor | null;
}

export interface ReportPromises {
  account: string;
  promise: string;
  lender: string;
  currency: Currency;
  segment: string | null;
  channel: string;
  takenBy: string | null;
  madeOn: IsoDate;
  dueOn: IsoDate;
  amount: Minor;
  status: string;
  judgedOn: IsoDate | null;
  paid: Minor;
}

export interface ReportStock {
  day: IsoDate;
  lender: string;
  currency: Currency;
  product: Product;
  bucket: number;
  segment: string;
  stage: string;
  holds: string;
  promised: boolean;
  writtenOff: boolean;
  accounts: number;
  pastDue: Minor;
  balance: Minor;
}

export interface ReportRunning {
  day: IsoDate;
  lender: string;
  currency: Currency;
  product: Product;
  startBucket: number;
  bucket: number;
  accounts: number;
  balance: Minor;
}

export interface ReportMoves {
  day: IsoDate;
  lender: string;
  currency: Currency;
  product: Product;
  kind: string;
  fromBucket: number;
  toBucket: number;
  accounts: number;
  pastDue: Minor;
  balance: Minor;
}

export interface ReportDays {
  day: IsoDate;
  stale: boolean;
}

export interface ReportFigures {
  day: IsoDate;
  lender: string;
  currency: Currency;
  figure: string;
  part: string;
  step: string;
  strategy: string;
  n: number;
  amount: Minor;
}

export interface ReportPlans {
  day: IsoDate;
  /** Empty for a plan of all lenders. */
  lender: string;
  madeAt: Made<Instant>;
  body: Json<unknown>;
}
