import type { Instant, IsoDate, Minor, TimeOfDay } from '../../domain/units';
import type { Json, Made } from './columns';

// Work for people, the host, counsel and the bureau.

export type TaskKind = 'campaign' | 'visit' | 'letter' | 'task';

export interface Tasks {
  id: string;
  kind: TaskKind;
  account: string;
  person: string;
  step: string;
  anchor: IsoDate;
  n: number;
  action: string | null;
  queue: string | null;
  onDate: IsoDate;
  windowFrom: TimeOfDay | null;
  windowTo: TimeOfDay | null;
  /** The endpoint, never the address itself. */
  place: string | null;
  dailyAttempts: number | null;
  days: number | null;
  due: Instant;
  chaseAt: Instant | null;
  chased: Made<number>;
  status: Made<'open' | 'done' | 'cancelled'>;
  result: string | null;
  inputs: Json<unknown>;
  openedAt: Made<Instant>;
  closedAt: Instant | null;
}

export interface Letters {
  task: string;
  account: string;
  person: string;
  status: Made<'draft' | 'posted'>;
  template: string;
  templateHash: string;
  language: string;
  tone: number | null;
  sentTo: string | null;
  subject: string | null;
  body: string | null;
  at: Instant;
}

export interface Cases {
  id: string;
  account: string;
  step: string;
  anchor: IsoDate;
  n: number;
  status: Made<'drafted' | 'approved' | 'filed' | 'rejected'>;
  dossier: Json<unknown>;
  approvedBy: string | null;
  draftedAt: Instant;
  approvedAt: Instant | null;
  filedAt: Instant | null;
}

export interface HostActions {
  id: string;
  account: string;
  step: string;
  anchor: IsoDate;
  n: number;
  action: string;
  status: Made<'requested' | 'answered'>;
  result: string | null;
  requestedAt: Instant;
  answeredAt: Instant | null;
  /** Real time of the last call of the lender's system, and of its end: what is between them is under way. */
  askedAt: Instant | null;
  handedAt: Instant | null;
  /** What is to be paid back, in minor units; null where it is about no money. */
  amount: Minor | null;
}

export interface BureauNotices {
  account: string;
  step: string;
  onDate: IsoDate;
  episode: IsoDate | null;
}

export interface BureauRecords {
  account: string;
  month: string;
  body: Json<unknown>;
  madeAt: Made<Instant>;
}

export interface BureauCorrections {
  account: string;
  month: string;
  n: number;
  body: Json<unknown>;
  reason: string;
  at: Instant;
  madeAt: Made<Instant>;
}
