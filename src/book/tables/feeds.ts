import type { AccountEvent } from '../../domain/account/events';
import type { Product } from '../../domain/account/terms';
import type { Currency, Instant, IsoDate, Minor, Scalar } from '../../domain/units';
import type { Json, JsonOrNull, Made } from './columns';

// A lender's files, and the rows and facts that they brought.

export type FeedKind = 'snapshot' | 'delta' | 'payments' | 'debits';

/** `taken`: checked whole and in the book, its work under way; `booked`: accounts and journal have it; `done`: all were told. */
export type FeedStatus = 'refused' | 'taken' | 'booked' | 'done';

export interface Feeds {
  id: string;
  lender: string;
  /** The mapping's name: a snapshot covers the rows of its source. */
  source: string;
  kind: FeedKind;
  businessDate: IsoDate;
  asOf: Instant;
  fileHash: string;
  status: FeedStatus;
  /** Why it was refused. */
  code: string | null;
  args: JsonOrNull<Readonly<Record<string, Scalar>>>;
  counts: Json<Readonly<Record<string, number>>>;
  strategy: string | null;
  overriddenBy: string | null;
  /** The feed of another day whose file it is byte for byte. */
  sameAs: string | null;
  /** Who answers for it that it was taken all the same. */
  sameBy: string | null;
  receivedAt: Made<Instant>;
  doneAt: Instant | null;
}

export interface HostRows {
  lender: string;
  /** The lender's own number of the account. */
  number: string;
  source: string;
  /** Of the whole row but its as-of moment. */
  hash: string;
  /** Of what a workflow would be told of it. */
  told: string;
  product: Product;
  currency: Currency;
  pastDue: Minor;
  cycles: number;
  balance: Minor;
  oldestDue: IsoDate | null;
  nextDue: IsoDate | null;
  /** Business date on which it last changed. */
  changedOn: IsoDate;
  /** From when on the strategy wants it as it stands; null without an account: only a change can make it wanted. */
  wantedOn: IsoDate | null;
  /** The row itself while it waits for that day. */
  body: JsonOrNull<unknown>;
  leftOn: IsoDate | null;
  leftReason: string | null;
}

export interface HostFacts {
  lender: string;
  id: string;
  number: string;
  hash: string;
  kind: string;
  body: Json<AccountEvent>;
  feed: string;
  /** Of its amount; null where it has none. */
  currency: Currency | null;
  /** Null while the account is treated by no workflow. */
  account: string | null;
  receivedAt: Made<Instant>;
}

export interface FeedWork {
  feed: string;
  n: number;
  what: 'enrol' | 'update' | 'fact';
  number: string;
  body: Json<unknown>;
}

export interface FeedWatches {
  name: string;
  lender: string;
  /** Where the files come, as the worker sees it. */
  folder: string;
  /** The settings as they were given. */
  document: string;
  /** The mappings that they name, as they were given. */
  mappings: Json<Readonly<Record<string, string>>>;
  changedAt: Made<Instant>;
  stoppedAt: Instant | null;
  lookedAt: Instant | null;
  seen: JsonOrNull<FolderSeen>;
}

/** What somebody said of a file of a watched folder that was refused. */
export interface FeedAnswers {
  id: Made<number>;
  watch: string;
  /** The feed as which it was refused. */
  feed: string;
  file: string;
  /** Who answers for it that more may leave with it. */
  letLeaveBy: string | null;
  /** Who answers for it that it is that of another day as well. */
  sameBy: string | null;
  answeredAt: Made<Instant>;
  /** When it was put where it is taken from. */
  fetchedAt: Instant | null;
}

/** What was seen at the last look into a watched folder. */
export interface FolderSeen {
  /** Files that could be taken. */
  readonly ready: number;
  readonly notes: readonly {
    readonly feed: string | null;
    readonly file: string | null;
    readonly code: string;
    readonly args: Readonly<Record<string, Scalar>>;
  }[];
}
