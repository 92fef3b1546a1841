import type { Snapshot } from '../../domain/bureau/cut-off/snapshot';
import type { Identity } from '../../domain/bureau/identity';
import type { BureauRules, Reporting } from '../../domain/bureau/reporting';
import type { Instant, IsoDate } from '../../domain/units';
import type { Json, JsonOrNull, Made } from './columns';

// What bureaus are told, and what they answer.

export interface BureauReportings {
  name: string;
  lender: string;
  /** The settings as they were given. */
  document: string;
  settings: Json<Reporting>;
  rules: Json<BureauRules>;
  changedAt: Made<Instant>;
  stoppedAt: Instant | null;
}

export interface Identities {
  person: string;
  /** Personal: the whole of it. */
  body: Json<Identity>;
  changedAt: Made<Instant>;
}

export interface BureauSnapshots {
  reporting: string;
  account: string;
  month: string;
  body: Json<Snapshot>;
  madeAt: Made<Instant>;
}

/** One file: n is 0 for the month's own, from 1 on for corrections between two months. */
export interface BureauFiles {
  id: string;
  /** In the order in which they were opened. */
  no: Made<number>;
  reporting: string;
  month: string;
  n: number;
  onDate: IsoDate;
  /** The cut-off day before. */
  since: IsoDate;
  status: Made<'open' | 'made' | 'sent' | 'nothing'>;
  name: string;
  /** Bytes of each record, where they are all alike. */
  length: number | null;
  records: number | null;
  aside: number | null;
  bytes: number | null;
  /** sha-256 of the file. */
  hash: string | null;
  openedAt: Made<Instant>;
  madeAt: Instant | null;
  sentAt: Instant | null;
}

/** What a file says of an account, without its people. */
export interface BureauTold {
  file: string;
  account: string;
  state: 'in' | 'aside';
  /** In the words of the format. */
  fields: JsonOrNull<unknown>;
  /** What the next month must agree with, in the words of the format. */
  told: JsonOrNull<unknown>;
  length: number | null;
  /** It corrects what was told of the same period. */
  corrects: Made<boolean>;
  /** Why it was put aside: codes of the catalogue, with the field. */
  codes: JsonOrNull<readonly string[]>;
  /** What it is told for, beside the month itself: facts and acts by their ids. */
  why: Json<readonly string[]>;
}

export type BureauQueueKind = 'figures' | 'dispute' | 'resolved' | 'notice' | 'delete' | 'fraud' | 'rejected';

/** What may make something that was told wrong, until a file or the lender's system has it. */
export interface BureauQueue {
  id: Made<number>;
  reporting: string;
  account: string;
  kind: BureauQueueKind;
  /** Id of the fact or the act. */
  reason: string;
  at: Instant;
  madeAt: Made<Instant>;
  /** The file that told it, `host`, or `nothing`: there was nothing to tell. */
  handledBy: string | null;
}

export interface BureauAnswers {
  file: string;
  account: string;
  result: 'accepted' | 'rejected';
  code: string | null;
  at: Instant;
}
