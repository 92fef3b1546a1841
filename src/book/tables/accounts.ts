import type { AccountView, Enrolment } from '../../activities/contract';
import type { AccountEvent } from '../../domain/account/events';
import type { AccountState } from '../../domain/account/state';
import type { Product } from '../../domain/account/terms';
import type { CreditedTo } from '../../domain/credit/credit';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Currency, Instant, IsoDate, Minor, Scalar, Zone } from '../../domain/units';
import type { Json, JsonOrNull, Made } from './columns';

// Accounts, their journals and decisions, and the strategies and clock that they live by.

export interface Accounts {
  ref: string;
  lender: string;
  lenderNumber: string;
  person: string;
  product: Product;
  currency: Currency;
  zone: Zone;
  strategy: string;
  enrolment: Json<Enrolment>;
  contentHash: string;
  status: Made<'open' | 'closed'>;
  enrolledAt: Made<Instant>;
  /** When the start of its workflow was confirmed. */
  startedAt: Instant | null;
  lastSeq: Made<number>;
  foldedSeq: Made<number>;
  closedAt: Instant | null;
  outcome: string | null;
  finalState: JsonOrNull<AccountState>;
  generation: number | null;
  stage: string | null;
  segment: string | null;
  path: string | null;
  contractDpd: number | null;
  treatmentDpd: number | null;
  cycles: number | null;
  bucket: number | null;
  pastDue: Minor | null;
  balance: Minor | null;
  oldestDue: IsoDate | null;
  holds: JsonOrNull<AccountView['holds']>;
  promise: string | null;
  viewedAt: Instant | null;
}

export interface Journal {
  account: string;
  seq: number;
  eventId: string;
  kind: string;
  body: Json<AccountEvent>;
  contentHash: string;
  at: Instant;
  receivedAt: Made<Instant>;
  source: string;
  toldAt: Instant | null;
  late: boolean;
  /** In whose figures it counts; written by the book itself. */
  day: Made<IsoDate>;
}

export interface Decisions {
  id: Made<number>;
  account: string;
  contentHash: string;
  at: Instant;
  code: string;
  args: Json<Readonly<Record<string, Scalar>>>;
  /** Null for a note; otherwise what was decided. */
  action: JsonOrNull<unknown>;
  result: JsonOrNull<unknown>;
  strategy: string;
  generation: number;
  recordedAt: Made<Instant>;
  day: Made<IsoDate>;
}

export interface Aside {
  account: string;
  contentHash: string;
  at: Instant;
  name: string;
  reason: string;
}

export interface Strategies {
  hash: string;
  name: string;
  version: number;
  document: string;
  compiled: Json<Strategy>;
  publishedAt: Made<Instant>;
}

export interface ClockRow {
  id: number;
  kind: 'real' | 'rehearsal';
  epoch: Instant | null;
  started: Instant | null;
  factor: number;
}

export interface Channels {
  channel: string;
  address: string;
  reach: 'loopback' | 'people';
}

export interface PaymentCredits {
  account: string;
  payment: string;
  person: string;
  amount: Minor;
  currency: Currency;
  valueDate: IsoDate;
  creditedTo: CreditedTo;
  sourceAccount: string | null;
  sourceEvent: string | null;
  attempt: string | null;
  step: string | null;
  agency: string | null;
  staff: string | null;
  takenBackOn: IsoDate | null;
  creditedAt: Made<Instant>;
}
