import type { OfferAsked } from '../../domain/offer/asked';
import type { AnswerGiven } from '../../domain/offer/given';
import type { AgreementEnded, HoldReleased } from '../../domain/account/events';
import type { Right, Role } from '../../domain/staff/roles';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import type { Json, JsonOrNull, Made } from './columns';

// Offers, budgets, deputies, and what waits for a second person.

export type OfferStatus = 'asked' | AnswerGiven['answer'] | 'approved' | 'declined' | 'withdrawn' | 'expired';

export interface Offers {
  id: string;
  account: string;
  person: string;
  kind: string;
  asked: Json<OfferAsked>;
  contentHash: string;
  askedBy: string;
  askedAt: Instant;
  rule: string | null;
  status: OfferStatus;
  answer: JsonOrNull<AnswerGiven>;
  amount: Made<Minor>;
  best: Minor | null;
  reservedRole: string | null;
  reservedMonth: string | null;
  approver: string | null;
  until: IsoDate | null;
  decidedBy: string | null;
  decidedRole: string | null;
  decidedAt: Instant | null;
}

export interface RoleBudgets {
  id: Made<number>;
  role: string;
  amount: Minor;
  by: string;
  at: Made<Instant>;
}

export interface StaffDeputies {
  id: Made<number>;
  member: string;
  deputy: string;
  fromDay: IsoDate;
  untilDay: IsoDate;
  at: Made<Instant>;
}

/** What is done when a second person lets it: the fact without its id, its moment and who says so. */
export type SecondBody =
  | Omit<HoldReleased, 'id' | 'at' | 'by' | 'seq' | 'asked'>
  | Omit<AgreementEnded, 'id' | 'at' | 'by' | 'seq' | 'asked'>;

export interface SecondPersons {
  id: string;
  kind: 'release' | 'end-agreement';
  /** Null: a hold of the person on all accounts. */
  account: string | null;
  person: string;
  /** Name of the hold, or id of the agreement. */
  subject: string;
  body: Json<SecondBody>;
  contentHash: string;
  why: string | null;
  needs: Right;
  askedBy: string;
  askedRole: Role;
  askedAt: Instant;
  until: IsoDate;
  status: 'waits' | 'done' | 'declined' | 'withdrawn';
  decidedBy: string | null;
  decidedRole: Role | null;
  decidedAt: Instant | null;
}
