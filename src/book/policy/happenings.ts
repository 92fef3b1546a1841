import { sql, type InferResult } from 'kysely';
import type { AccountEvent, HoldReleased, HoldSet, HoldType } from '../../domain/account/events';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { isWay } from '../../domain/policy/contact-request';
import type { HappeningName } from '../../domain/policy/pack/happenings';
import type { Happening } from '../../domain/policy/pack/ledger';
import type { LookBack } from '../../domain/policy/pack/look-back';
import type { Instant, Zone } from '../../domain/units';
import { COUNTED } from '../attempts';
import { inTransaction, type Db } from '../open-book';
import { keepEvidence } from '../evidence/chain';
import { lockPeople } from '../locks';
import type { HappeningSaid } from '../tables/policy';

/** A fact of an account's journal, with whose account it is and the zone of its days. */
export interface Told {
  readonly account: string;
  readonly person: string;
  readonly zone: Zone;
  readonly event: AccountEvent;
}

/** Steps that are notices of the packs, each with their names. */
export type Served = ReadonlyMap<string, readonly HappeningName[]>;

interface Asked {
  readonly person: string;
  readonly look: LookBack;
  readonly serves: Served;
}

/** What is asked of the book for them. */
export interface HappeningsWanted {
  readonly person: string;
  /** Steps that are notices of the packs. */
  readonly notices: readonly string[];
  /** Whether a rule counts from the first contact of an account. */
  readonly firstContacts: boolean;
}

/** What the book has of them: each read by itself, or all in one statement. */
export const happeningReads = (db: Db, of: HappeningsWanted) => ({
  said: saidOf(db, of.person),
  consents: consentsSaid(db, of.person),
  invalid: invalidEndpoints(db, of.person),
  first: firstContacts(db, of),
  sent: sentNotices(db, of),
});
export type HappeningsRead = {
  readonly [K in keyof ReturnType<typeof happeningReads>]: readonly InferResult<
    ReturnType<typeof happeningReads>[K]
  >[number][];
};

/** What has happened to a person and to the person's accounts besides attempts, as far as the packs ask for it. */
export function happeningsOf(
  read: HappeningsRead,
  asked: Asked,
  told: readonly Told[],
): readonly Happening[] {
  const wanted = asked.look.happenings;
  const { person } = asked;
  return [
    ...read.said.map((row) => said(row, person)),
    ...read.consents.flatMap((row) => optOut(row, person)),
    ...read.invalid.flatMap((row) => invalid(row, person)),
    ...read.first.flatMap((row) => first(row, person)),
    ...served(read.sent, asked, told),
    ...told.flatMap((one) => ofFact(one, told)),
    ...ofHolds(told),
  ].filter(({ event }) => wanted.has(event));
}

export const NOTHING = {
  ...{ account: null, person: null, endpoint: null, channel: null, about: null, says: null, form: null },
  ...{ scope: null, until: null, not: null },
};

/** What people of the lender recorded: consents, wishes, notices on paper, a lawyer, a court. */
function saidOf(db: Db, person: string) {
  return db
    .selectFrom('happenings')
    .select(['id', 'at', 'event', 'account', 'endpoint', 'until', 'said'])
    .where('person', '=', person)
    .orderBy('at')
    .orderBy('id');
}

function said({ said: more, ...row }: HappeningsRead['said'][number], person: string): Happening {
  const { at, event, account, endpoint, until } = row;
  return { ...NOTHING, ...more, at, event, account, person, endpoint, until };
}

/** The last word on each channel; what was said before it is part of the ledger, too. */
function consentsSaid(db: Db, person: string) {
  return db
    .selectFrom('consents')
    .select(['channel', 'says', 'saidAt'])
    .where('person', '=', person)
    .orderBy('id');
}

/** Why a number is out of use that is nobody's or somebody else's, as calls and people say it. */
const NOT_THEIRS = ['wrong number', 'invalid number', 'wrong-number', 'invalid-number', 'reassigned-number'];

function optOut({ channel, says, saidAt: at }: HappeningsRead['consents'][number], person: string) {
  if (!isWay(channel)) return [];
  const made: Happening =
    says === 'refused'
      ? { ...NOTHING, at, event: 'opt-out', person, channel, scope: 'channel' }
      : { ...NOTHING, at, event: 'consent', person, channel, about: 'contact', says: 'given' };
  return [made];
}

function invalidEndpoints(db: Db, person: string) {
  return db
    .selectFrom('endpoints')
    .select(['ref', 'retiredAt'])
    .where('person', '=', person)
    .where('usable', '=', false)
    .where('retiredReason', 'in', NOT_THEIRS);
}

function invalid({ ref, retiredAt: at }: HappeningsRead['invalid'][number], person: string) {
  const event = 'endpoint-invalid' as const;
  return at === null ? [] : [{ ...NOTHING, at, event, person, endpoint: ref }];
}

const accountsOf = (db: Db, person: string) =>
  db.selectFrom('parties').select('account').distinct().where('person', '=', person);

/** The first contact of each account, by an index: however many follow it. */
function firstContacts(db: Db, { person, firstContacts: wanted }: HappeningsWanted) {
  return db
    .selectFrom(accountsOf(db, person).as('its'))
    .select('its.account')
    .select((eb) =>
      eb
        .selectFrom('attempts')
        .select('attempts.at')
        .whereRef('attempts.account', '=', 'its.account')
        .where('attempts.person', '=', person)
        .where('attempts.status', 'in', [...COUNTED])
        .orderBy('attempts.at')
        .limit(1)
        .as('at'),
    )
    .where(sql<boolean>`${wanted}::boolean`);
}

function first({ account, at }: HappeningsRead['first'][number], person: string): readonly Happening[] {
  return at === null ? [] : [{ ...NOTHING, at, event: 'initial-communication', account, person }];
}

/** Names of notices that count from when they arrived, not from when they were sent. */
const ON_ARRIVAL: readonly HappeningName[] = ['demand-arrived', 'payment-order-served'];

/** Steps that went out. What may not have gone out serves nothing. */
function sentNotices(db: Db, { person, notices }: HappeningsWanted) {
  return db
    .selectFrom('attempts')
    .select(['account', 'step', 'at'])
    .where('account', 'in', accountsOf(db, person))
    .where('person', '=', person)
    .where(sql<boolean>`step = any(${notices}::text[])`)
    .where('status', '=', 'accepted');
}

/** Steps that went out, or arrived where that is what counts. */
function served(
  sent: HappeningsRead['sent'],
  { person, serves, look }: Asked,
  told: readonly Told[],
): readonly Happening[] {
  const named = (step: string, arrived: boolean): readonly HappeningName[] =>
    (serves.get(step) ?? []).filter(
      (name) => ON_ARRIVAL.includes(name) === arrived && look.happenings.has(name),
    );
  return [
    ...sent.flatMap(({ account, step, at }) =>
      named(step, false).map((event): Happening => ({ ...NOTHING, at, event, account, person })),
    ),
    ...told.flatMap(({ account, event }): Happening[] =>
      event.kind === 'delivery' && event.status === 'arrived'
        ? named(event.step, true).map((name) => ({ ...NOTHING, at: event.at, event: name, account, person }))
        : [],
    ),
  ];
}

function ofFact({ account, person, event }: Told, all: readonly Told[]): readonly Happening[] {
  const of = (name: HappeningName, whose = person): Happening => {
    return { ...NOTHING, at: event.at, event: name, account, person: whose };
  };
  switch (event.kind) {
    case 'dispute-raised':
      return [of('dispute')];
    case 'dispute-resolved':
      return [of('dispute-resolved')];
    case 'promise':
      return event.givenBy === 'debtor' ? [of('promise'), of('acknowledged')] : [];
    case 'agreement':
      return event.terms.kind === 'plan' ? [of('agreed-plan')] : [];
    case 'agreement-ended':
      return event.agreement === planThen(all, account, event.at) ? [of('plan-broken')] : [];
    case 'complaint':
      return [of('complaint')];
    case 'complaint-answered':
      return [of('complaint-answered')];
    case 'visit-outcome':
      return event.code === 'agreed-plan' ? [of('agreed-plan', event.party ?? person)] : [];
    default:
      return [];
  }
}

/** The plan of an account that was agreed last by then: that another agreement ended breaks no plan. */
function planThen(all: readonly Told[], account: string, at: Instant): string | null {
  let last: string | null = null;
  for (const { account: its, event } of all)
    if (its === account && event.kind === 'agreement' && event.terms.kind === 'plan' && event.at <= at)
      last = event.agreement;
  return last;
}

interface HoldWords {
  readonly begins: readonly HappeningName[];
  readonly ends: readonly HappeningName[];
  /** Days of the person's own on which windows are closed. */
  readonly closedDay?: string;
}

/** What a hold of the book is in the words of the packs. Holds that only the house knows are none. */
const HOLD_WORDS: Readonly<Partial<Record<HoldType, HoldWords>>> = {
  'cease-contact': { begins: ['cease-request'], ends: [] },
  attorney: { begins: ['attorney-named'], ends: ['attorney-released'] },
  bankruptcy: {
    begins: ['bankruptcy-petition', 'insolvency-accepted'],
    ends: ['bankruptcy-dismissed', 'insolvency-ended'],
  },
  deceased: { begins: ['deceased'], ends: [] },
  vulnerable: { begins: ['vulnerable'], ends: ['vulnerability-ended'] },
  bereavement: { begins: [], ends: [], closedDay: 'bereavement' },
  disaster: { begins: [], ends: [], closedDay: 'calamity' },
  'identity-theft': { begins: ['dispute'], ends: ['dispute-resolved'] },
  complaint: { begins: ['complaint'], ends: ['complaint-answered'] },
};

/**
 * Holds of all accounts, each as it was set last: set again under the same name it takes the new days. One that ended has its end told; where no end has a name (somebody asked to be left alone and
 * asked to be contacted again) nothing is told of it any more: staff lifted it and answer for it.
 */
function ofHolds(told: readonly Told[]): readonly Happening[] {
  const last = lastSettings(told);
  return told.flatMap(({ account, person, zone, event }): Happening[] => {
    if (event.kind !== 'hold' || last.get(holdKey(account, event)) !== event) return [];
    const words = HOLD_WORDS[event.type];
    if (words === undefined) return [];
    const ended = endOf(event, told, account, zone);
    const whose = { ...NOTHING, account, person: event.party ?? person };
    const at = instantOf(event.from, '00:00', zone);
    if (ended !== null && ended <= at) return [];
    if (words.closedDay !== undefined)
      return [{ ...whose, at, event: 'closed-day', about: words.closedDay, until: lastMoment(ended) }];
    if (ended !== null && words.ends.length === 0) return [];
    return [
      ...words.begins.map((name): Happening => ({ ...whose, at, event: name })),
      ...(ended === null ? [] : words.ends.map((name): Happening => ({ ...whose, at: ended, event: name }))),
    ];
  });
}

function lastSettings(told: readonly Told[]): ReadonlyMap<string, HoldSet> {
  const last = new Map<string, HoldSet>();
  for (const { account, event } of told) if (event.kind === 'hold') last.set(holdKey(account, event), event);
  return last;
}

const holdKey = (account: string, { hold }: HoldSet): string => JSON.stringify([account, hold]);

/** The first moment after a hold: by its own last day or by a release after it was set, whichever is first. Null: it goes on. */
function endOf(hold: HoldSet, told: readonly Told[], account: string, zone: Zone): Instant | null {
  const after = (day: string): Instant => instantOf(addDays(day, 1), '00:00', zone);
  const released = told.flatMap(({ account: its, event }) =>
    event.kind === 'release' && its === account && event.hold === hold.hold && event.at >= hold.at
      ? [lastDayOf(event, zone)]
      : [],
  );
  const last = [hold.until, ...released].filter((day): day is string => day !== undefined).sort()[0];
  return last === undefined ? null : after(last);
}

const lastDayOf = ({ lastDay, at }: HoldReleased, zone: Zone): string =>
  lastDay ?? addDays(localDate(at, zone), -1);

/** A day of the person's own without an end lasts: there is none that a year away is not open. */
const FAR = '2999-12-31T00:00:00.000Z';
const lastMoment = (ended: Instant | null): Instant =>
  ended === null ? FAR : new Date(Date.parse(ended) - 1).toISOString();

export interface NewHappening extends HappeningSaid {
  readonly event: HappeningName;
  readonly at: Instant;
  readonly account?: string | null;
  readonly endpoint?: string | null;
  readonly until?: Instant | null;
  /** Opaque reference of who says so. */
  readonly by?: string | null;
}

/**
 * Records what happened to a person that only packs ask for, under the person's lock: the next contact is judged by it.
 * Stays for the evidence. References and words of the packs only, nothing personal.
 */
export function recordHappening(db: Db, person: string, happening: NewHappening): Promise<void> {
  const { event, at, account = null, endpoint = null, until = null, by = null, ...more } = happening;
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const row = { person, account, endpoint, event, at, until, saidBy: by };
    await tx
      .insertInto('happenings')
      .values({ ...row, said: JSON.stringify(more) })
      .execute();
    const body = { event, endpoint, until, by, ...more };
    await keepEvidence(tx, person, { kind: 'told', account, at, body });
  });
}
