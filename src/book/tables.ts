import type { Why } from '../domain/decide/decision';
import type {
  Accounts,
  Aside,
  Channels,
  ClockRow,
  Decisions,
  Journal,
  PaymentCredits,
  Strategies,
} from './tables/accounts';
import type { Attempts, GateAnswers, Messages, Receipts } from './tables/contacts';
import type {
  BureauAnswers,
  BureauFiles,
  BureauQueue,
  BureauReportings,
  BureauSnapshots,
  BureauTold,
  Identities,
} from './tables/bureau';
import type { Chains, Evidence, SealedHeads, Seals } from './tables/evidence';
import type { FeedAnswers, FeedWatches, FeedWork, Feeds, HostFacts, HostRows } from './tables/feeds';
import type {
  ReportAccounts,
  ReportDays,
  ReportFigures,
  ReportMarks,
  ReportMoves,
  ReportPlans,
  ReportPromises,
  ReportRunning,
  ReportSpans,
  ReportStock,
} from './tables/morning';
import type { Offers, RoleBudgets, SecondPersons, StaffDeputies } from './tables/offers';
import type { PlanCuts, Plans } from './tables/plans';
import type {
  Consents,
  Endpoints,
  LenderEndpoints,
  Mandates,
  NamedAccounts,
  OwnerActs,
  Owners,
  Parties,
  People,
  PersonHolds,
} from './tables/people';
import type { Happenings, PolicyPacks } from './tables/policy';
import type {
  HostData,
  Staff,
  StaffActs,
  SwitchActs,
  Switches,
  VolumeCounts,
  VolumeDays,
  VolumeRuleActs,
  VolumeRules,
} from './tables/switches';
import type {
  BureauCorrections,
  BureauNotices,
  BureauRecords,
  Cases,
  HostActions,
  Letters,
  Tasks,
} from './tables/work';
import type { Places, Visits } from './tables/visits';

export type { AttemptStatus } from './tables/contacts';
export type { TaskKind } from './tables/work';
export type { FeedKind } from './tables/feeds';
export type { FeedStatus, FolderSeen } from './tables/feeds';

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
  bureauCorrections: BureauCorrections;
  bureauReportings: BureauReportings;
  identities: Identities;
  bureauSnapshots: BureauSnapshots;
  bureauFiles: BureauFiles;
  bureauTold: BureauTold;
  bureauQueue: BureauQueue;
  bureauAnswers: BureauAnswers;
  feeds: Feeds;
  hostRows: HostRows;
  hostFacts: HostFacts;
  feedWork: FeedWork;
  feedWatches: FeedWatches;
  feedAnswers: FeedAnswers;
  paymentCredits: PaymentCredits;
  offers: Offers;
  roleBudgets: RoleBudgets;
  staffDeputies: StaffDeputies;
  secondPersons: SecondPersons;
  staff: Staff;
  staffActs: StaffActs;
  switches: Switches;
  switchActs: SwitchActs;
  volumeCounts: VolumeCounts;
  volumeDays: VolumeDays;
  volumeRules: VolumeRules;
  volumeRuleActs: VolumeRuleActs;
  hostData: HostData;
  parties: Parties;
  personHolds: PersonHolds;
  consents: Consents;
  namedAccounts: NamedAccounts;
  lenderEndpoints: LenderEndpoints;
  mandates: Mandates;
  owners: Owners;
  ownerActs: OwnerActs;
  chains: Chains;
  evidence: Evidence;
  seals: Seals;
  sealedHeads: SealedHeads;
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
  plans: Plans;
  planCuts: PlanCuts;
  places: Places;
  visits: Visits;
  policyPacks: PolicyPacks;
  happenings: Happenings;
}

/** A reason as it stands beside a decision. */
export type DecisionWhy = Why;
