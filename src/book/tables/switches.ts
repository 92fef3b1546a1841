import type { Stop } from '../../domain/policy/switches';
import type { Role } from '../../domain/staff/roles';
import type { Instant, IsoDate } from '../../domain/units';
import type { JsonOrNull, Made } from './columns';

// Staff, stops, volume and how old the host data is.

export interface Staff {
  /** Opaque, as in every `by`: never a name. */
  ref: string;
  roles: Role[];
  /** sha-256 of the key that shows who somebody is. */
  keyHash: string;
  addedAt: Made<Instant>;
  /** Null while a second person has not confirmed. */
  activeAt: Instant | null;
  leftAt: Instant | null;
  /** The last day on which the member is away; null: is not. */
  awayUntil: Made<IsoDate | null>;
}

export interface StaffActs {
  id: Made<number>;
  member: string;
  act: 'add' | 'confirm' | 'key' | 'leave' | 'away' | 'back';
  roles: Role[];
  by: string;
  at: Made<Instant>;
}

export interface Switches {
  id: string;
  cause: Stop['cause'];
  scope: Stop['scope'];
  value: string | null;
  lender: string | null;
  notices: boolean;
  stoppedAt: Made<Instant>;
  /** From here on nothing is on its way that the stop is for. */
  acknowledgedAt: Instant | null;
  openedAt: Instant | null;
}

export interface SwitchActs {
  id: Made<number>;
  switch: string;
  act: 'stop' | 'acknowledge' | 'ask' | 'open';
  by: string;
  /** As the staff of the book has it; null for whom it does not know. */
  role: string | null;
  why: string | null;
  detail: JsonOrNull<unknown>;
  at: Made<Instant>;
}

export interface VolumeCounts {
  lender: string;
  channel: string;
  day: IsoDate;
  /** Many rows for one count, so that reservations do not wait for each other. */
  shard: number;
  n: number;
}

export interface VolumeDays {
  lender: string;
  channel: string;
  day: IsoDate;
  /** The largest of the eight weeks before. */
  most: number;
  planned: number | null;
  released: Made<boolean>;
}

export interface VolumeRules {
  lender: string;
  channel: string;
  times: number;
  floor: number;
}

export interface VolumeRuleActs {
  id: Made<number>;
  lender: string;
  channel: string;
  /** `ask`: a looser rule that waits for a second person; `confirm`: that one's word. */
  act: 'set' | 'ask' | 'confirm';
  times: number;
  floor: number;
  confirms: number | null;
  by: string;
  role: string;
  why: string | null;
  at: Made<Instant>;
}

export interface HostData {
  lender: string;
  asOf: Instant;
  notedAt: Made<Instant>;
}
