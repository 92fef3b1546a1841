import type { HoldType } from '../../domain/account/events';
import type { PartyRole } from '../../domain/party/roles';
import type { EndpointKind } from '../../domain/policy/channels';
import type { Instant, IsoDate, Minor, Zone } from '../../domain/units';
import type { Made } from './columns';

// People, what belongs to them, and the parties of accounts.

export interface People {
  ref: string;
  lender: string;
  /** The lender's own number for the person: joins several accounts. Personal. */
  lenderPerson: string | null;
  digit: number;
  name: string | null;
  language: string;
  /** Null is unknown: the gate asks a human. */
  zone: Zone | null;
  createdAt: Made<Instant>;
  /** When who it is was taken out of the book. */
  erasedAt: Instant | null;
}

export interface Endpoints {
  ref: string;
  person: string;
  kind: EndpointKind;
  value: string;
  verified: boolean;
  usable: Made<boolean>;
  retiredReason: string | null;
  retiredAt: Instant | null;
  preferred: boolean;
  /** Where it is known from, as the packs say it; null: as the lender says of all its files. */
  source: string | null;
  /** Of a number or mail address: the person's own or that of the work; null: not said. Visits ask `places`. */
  place: Made<'home' | 'work' | null>;
  createdAt: Made<Instant>;
}

/** The lender's row of the account names the endpoint. */
export interface LenderEndpoints {
  account: string;
  endpoint: string;
}

export interface Parties {
  account: string;
  person: string;
  role: PartyRole;
  since: IsoDate;
  /** The last day of it; null while it stands. */
  until: IsoDate | null;
  /** What the lender says of this party's own limitation; null: reckoned from the book. */
  limitation: IsoDate | null;
  /** What an heir has from the estate, where it is known, in the account's currency. */
  estate: Made<Minor | null>;
}

/** Somebody who acts for a person on every account there is and will be. */
export interface Mandates {
  person: string;
  representative: string;
  since: IsoDate;
  until: IsoDate | null;
  checkedBy: string;
  checkedAt: Instant;
}

export interface PersonHolds {
  person: string;
  hold: string;
  type: HoldType;
  fromDate: IsoDate;
  until: IsoDate | null;
  /** The account on which it was said; null: of the person. */
  origin: string | null;
  saidAt: Instant;
  saidBy: string | null;
  recordedAt: Made<Instant>;
}

export interface Consents {
  id: Made<number>;
  person: string;
  channel: string;
  says: 'given' | 'refused';
  saidAt: Instant;
  saidBy: string | null;
  recordedAt: Made<Instant>;
}

/** The member of staff to whom a person belongs, over all of that person's accounts. */
export interface Owners {
  person: string;
  owner: string;
  /** The task by which it came; null: by hand. */
  task: string | null;
  since: Instant;
}

export interface OwnerActs {
  id: Made<number>;
  person: string;
  before: string | null;
  /** Null: the person was released. */
  owner: string | null;
  by: string;
  reason: string;
  task: string | null;
  at: Instant;
  recordedAt: Made<Instant>;
}

/** The other accounts of the person that a contact named. */
export interface NamedAccounts {
  attempt: string;
  account: string;
  pastDue: Minor;
}
