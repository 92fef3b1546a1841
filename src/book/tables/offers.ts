import type { OfferAsked } from '../../domain/offer/asked';
import type { AnswerGiven } from '../../domain/offer/given';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import type { Json, JsonOrNull, Made } from './columns';

// Offers, budgets and deputies.

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
