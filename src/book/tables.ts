import type { ColumnType, Generated } from 'kysely';
import type { AccountView, Enrolment } from '../activities/contract';
import type { AccountEvent, HoldType } from '../domain/account/events';
import type { AccountState } from '../domain/account/state';
import type { Product } from '../domain/account/terms';
import type { CreditedTo } from '../domain/credit/credit';
import type { Why } from '../domain/decide/decision';
import type { PartyRole } from '../domain/party/roles';
import type { EndpointKind } from '../domain/policy/channels';
import type { Stop } from '../domain/policy/switches';
import type { Role } from '../domain/staff/roles';
import type { Strategy } from '../domain/strategy/strategy';
import type { Currency, Instant, IsoDate, Minor, Scalar, TimeOfDay, Zone } from '../domain/units';

/** A JSON column: written as text, read as the value. */
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** A column with a default that may be left out. */
type Made<T> = Generated<T>;

/** The tables of the book as the queries see them; the migrations make them, with the same names in snake case. */
export interface Tables {
  people: People;
  endpoints: Endpoints;
  accounts: Accounts;
  journal: Journal;
  decisions: Decisions;
  aside: Aside;
  strategies: Strategies;
  attempts: Attempts;
  gateAnswers: GateAnswers;
  receipts: Receipts;
  messages: Messages;
  clock: ClockRow;
  channels: Channels;
  tasks: Tasks;
  letters: Letters;
  cases: Cases;
  hostActions: HostActions;
  bureauNotices: BureauNotices;
  bureauRecords: BureauRecords;
  feeds: Feeds;
  hostRows: HostRows;
  hostFacts: HostFacts;
  feedWork: FeedWork;
  paymentCredits: PaymentCredits;
  staff: Staff;
  staffActs: StaffActs;
  switches: Switches;
  switchActs: SwitchActs;
  volumeCounts: VolumeCounts;
  volumeDays: VolumeDays;
  volumeRules: VolumeRules;
  hostData: HostData;
  parties: Parties;
  personHolds: PersonHolds;
  consents: Consents;
  namedAccounts: NamedAccounts;
  reportMarks: ReportMarks;
  reportAccounts: ReportAccounts;
  reportSpans: ReportSpans;
  reportPromises: ReportPromises;
  reportStock: ReportStock;
  reportRunning: ReportRunning;
  reportMoves: ReportMoves;
  reportDays: ReportDays;
  reportFigures: ReportFigures;
  reportPlans: ReportPlans;
}

interface People {
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
}
interface Endpoints {
  ref: string;
  person: string;
  kind: EndpointKind;
  value: string;
  verified: boolean;
  usable: Made<boolean>;
  retiredReason: string | null;
  retiredAt: Instant | null;
  preferred: boolean;
  createdAt: Made<Instant>;
}
interface Accounts {
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
interface Journal {
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
interface Decisions {
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
interface Aside {
  account: string;
  contentHash: string;
  at: Instant;
  name: string;
  reason: string;
}
interface Strategies {
  hash: string;
  name: string;
  version: number;
  document: string;
  compiled: Json<Strategy>;
  publishedAt: Made<Instant>;
}
export type AttemptStatus = 'reserved' | 'accepted' | 'refused-before' | 'unknown' | 'not-sent';
interface Attempts {
  id: string;
  token: string;
  person: string;
  account: string;
  strategy: string;
  step: string;
  anchor: IsoDate;
  n: number;
  channel: string;
  try: number;
  endpoint: string | null;
  tone: number | null;
  /** The account whose own step made it speak for this one, which it does not lead; null: the account's own step. */
  askedBy: string | null;
  /** The gate's now: virtual in a rehearsal. The caps count by it. */
  at: Instant;
  reservedAt: Instant;
  expiresAt: Instant;
  status: AttemptStatus;
  settledAt: Instant | null;
  carrierId: string | null;
  carrierKey: string | null;
  delivery: string | null;
  deliveryAt: Instant | null;
  day: Made<IsoDate>;
}
interface GateAnswers {
  id: Made<number>;
  account: string;
  person: string;
  step: string;
  anchor: IsoDate;
  n: number;
  channel: string;
  at: Instant;
  answer: string;
  rule: string | null;
  until: Instant | null;
  attempt: string | null;
  known: Json<unknown>;
  recordedAt: Made<Instant>;
  day: Made<IsoDate>;
}
interface Receipts {
  id: Made<number>;
  channel: string;
  carrierId: string;
  status: string;
  at: Instant;
  attempt: string | null;
  receivedAt: Made<Instant>;
}
interface Messages {
  attempt: string;
  account: string;
  person: string;
  template: string;
  templateHash: string;
  language: string;
  tone: number | null;
  channel: string;
  sentTo: string | null;
  subject: string | null;
  body: string | null;
  at: Instant;
}
interface ClockRow {
  id: number;
  kind: 'real' | 'rehearsal';
  epoch: Instant | null;
  started: Instant | null;
  factor: number;
}
interface Channels {
  channel: string;
  address: string;
  reach: 'loopback' | 'people';
}
export type TaskKind = 'campaign' | 'visit' | 'letter' | 'task';
interface Tasks {
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
interface Letters {
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
interface Cases {
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
interface HostActions {
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
}
interface BureauNotices {
  account: string;
  step: string;
  onDate: IsoDate;
  episode: IsoDate | null;
}
interface PaymentCredits {
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
interface BureauRecords {
  account: string;
  month: string;
  body: Json<unknown>;
  madeAt: Made<Instant>;
}
interface Parties {
  account: string;
  person: string;
  role: PartyRole;
  since: IsoDate;
  /** The last day of it; null while it stands. */
  until: IsoDate | null;
  /** What the lender says of this party's own limitation; null: reckoned from the book. */
  limitation: IsoDate | null;
}
interface PersonHolds {
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
interface Consents {
  id: Made<number>;
  person: string;
  channel: string;
  says: 'given' | 'refused';
  saidAt: Instant;
  saidBy: string | null;
  recordedAt: Made<Instant>;
}
/** The other accounts of the person that a contact named. */
interface NamedAccounts {
  attempt: string;
  account: string;
  pastDue: Minor;
}

interface Staff {
  /** Opaque, as in every `by`: never a name. */
  ref: string;
  roles: Role[];
  /** sha-256 of the key that shows who somebody is. */
  keyHash: string;
  addedAt: Made<Instant>;
  /** Null while a second person has not confirmed. */
  activeAt: Instant | null;
  leftAt: Instant | null;
}
interface StaffActs {
  id: Made<number>;
  member: string;
  act: 'add' | 'confirm' | 'key' | 'leave';
  roles: Role[];
  by: string;
  at: Made<Instant>;
}
interface Switches {
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
interface SwitchActs {
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
interface VolumeCounts {
  lender: string;
  channel: string;
  day: IsoDate;
  /** Many rows for one count, so that reservations do not wait for each other. */
  shard: number;
  n: number;
}
interface VolumeDays {
  lender: string;
  channel: string;
  day: IsoDate;
  /** The largest of the eight weeks before. */
  most: number;
  planned: number | null;
  released: Made<boolean>;
}
interface VolumeRules {
  lender: string;
  channel: string;
  times: number;
  floor: number;
}
interface HostData {
  lender: string;
  asOf: Instant;
  notedAt: Made<Instant>;
}

/** What reports are made of: 0011-morning.ts. All but the marks is made from the events and can be made again. */
interface ReportMarks {
  id: Made<number>;
  account: string | null;
  day: IsoDate | null;
}
interface ReportAccounts {
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
interface ReportSpans {
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
interface ReportPromises {
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
interface ReportStock {
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
interface ReportRunning {
  day: IsoDate;
  lender: string;
  currency: Currency;
  product: Product;
  startBucket: number;
  bucket: number;
  accounts: number;
  balance: Minor;
}
interface ReportMoves {
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
interface ReportDays {
  day: IsoDate;
  stale: boolean;
}
interface ReportFigures {
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

interface ReportPlans {
  day: IsoDate;
  /** Empty for a plan of all lenders. */
  lender: string;
  madeAt: Made<Instant>;
  body: Json<unknown>;
}

export type FeedKind = 'snapshot' | 'delta' | 'payments' | 'debits';
/** `taken`: checked whole and in the book, its work under way; `booked`: accounts and journal have it; `done`: all were told. */
export type FeedStatus = 'refused' | 'taken' | 'booked' | 'done';
interface Feeds {
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
  receivedAt: Made<Instant>;
  doneAt: Instant | null;
}
interface HostRows {
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
interface HostFacts {
  lender: string;
  id: string;
  number: string;
  hash: string;
  kind: string;
  body: Json<AccountEvent>;
  feed: string;
  /** Null while the account is treated by no workflow. */
  account: string | null;
  receivedAt: Made<Instant>;
}
interface FeedWork {
  feed: string;
  n: number;
  what: 'enrol' | 'update' | 'fact';
  number: string;
  body: Json<unknown>;
}

/** A reason as it stands beside a decision. */
export type DecisionWhy = Why;
