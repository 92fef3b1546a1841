import type { Transaction } from 'kysely';
import type { AccountEvent, HoldReleased, HoldSet } from '../domain/account/events';
import { ForbearError } from '../domain/errors/forbear-error';
import { difference, hasHolds, holdEvent, lastDayOf, type WantedHold } from '../domain/party/hold-difference';
import { holdScope } from '../domain/party/hold-scope';
import { flagged, isPersonal, personalHolds, type PersonalHold } from '../domain/party/personal';
import { PARTY_RIGHTS } from '../domain/party/rights';
import type { PartyRole } from '../domain/party/roles';
import type { Instant, IsoDate, Zone } from '../domain/units';
import { append, lockAccounts, type Fact } from './append';
import { lockPeople, sharePeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { endHold, hasHeld, putHold } from './person-holds';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

/** Source of what an account's journal has from the person. */
const PERSON = 'person';

/**
 * The locks for facts that may say something of a person: everybody on those accounts, then every account of theirs.
 * Takes none where no fact does, so that payments do not wait for people.
 */
export async function lockConcerned(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const personal = facts.filter(({ event }) => isPersonal(event)).map(({ account }) => account);
  if (personal.length === 0) return;
  const people = await peopleOn(tx, [...new Set(personal)]);
  await lockPeople(tx, people);
  const accounts = await accountsOf(tx, people);
  await lockAccounts(tx, [...new Set([...accounts, ...facts.map(({ account }) => account)])]);
}

/**
 * Keeps what facts just appended say of their people, and journals it to each of their accounts. The caller holds the
 * locks of `lockConcerned`. Answers the accounts whose journals grew.
 */
export async function spread(tx: Tx, facts: readonly Fact[]): Promise<readonly string[]> {
  const grown = new Set<string>();
  for (const { account, event } of facts) {
    if (!isPersonal(event)) continue;
    const { person, zone } = await tx
      .selectFrom('accounts')
      .select(['person', 'zone'])
      .where('ref', '=', account)
      .executeTakeFirstOrThrow();
    const changed =
      event.kind === 'release'
        ? await keepRelease(tx, await peopleOn(tx, [account]), event, zone)
        : await keepHolds(tx, { person, account, event }, personalHolds(event, zone));
    for (const other of await settleAll(tx, await accountsOf(tx, changed), event.at)) grown.add(other);
  }
  return [...grown];
}

/**
 * Holds a person, whichever accounts there are or will be: decided once, and journalled to each of them in the same
 * transaction. Set again under its name it takes the new days. Answers the accounts whose journals grew.
 */
export function holdPerson(
  db: Db,
  person: string,
  said: PersonSaid & PersonalHold,
): Promise<readonly string[]> {
  return withPerson(db, person, said.at, async (tx) => {
    await putHold(tx, person, said, { origin: null, at: said.at, by: said.by ?? null }, true);
  });
}

/** Ends a hold of the person with its last day. Throws HOLD_UNKNOWN. */
export function releasePerson(
  db: Db,
  person: string,
  said: PersonSaid & { readonly hold: string; readonly lastDay: IsoDate },
): Promise<readonly string[]> {
  return withPerson(db, person, said.at, async (tx) => {
    const ended = await endHold(tx, [person], said.hold, said.lastDay);
    if (ended.length === 0) throw new ForbearError('HOLD_UNKNOWN', { hold: said.hold, person });
  });
}

export interface PersonSaid {
  readonly at: Instant;
  /** Opaque reference of who says so. */
  readonly by?: string;
}

function withPerson(
  db: Db,
  person: string,
  at: Instant,
  work: (tx: Tx) => Promise<void>,
): Promise<readonly string[]> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    await lockAccounts(tx, await accountsOf(tx, [person]));
    await work(tx);
    return settleAll(tx, await accountsOf(tx, [person]), at);
  });
}

async function settleAll(tx: Tx, accounts: readonly string[], at: Instant): Promise<readonly string[]> {
  const grown: string[] = [];
  for (const account of accounts) if (await settleHolds(tx, account, at)) grown.push(account);
  return grown;
}

/** What an account is enrolled with may say of its person: the other accounts hear of it at once. */
export async function flagHolds(
  tx: Tx,
  person: string,
  facts: Readonly<Record<string, unknown>>,
  day: IsoDate,
): Promise<boolean> {
  const flags = flagged(facts, day);
  if (flags.length === 0) return false;
  await lockPeople(tx, [person]);
  const accounts = await accountsOf(tx, [person]);
  await lockAccounts(tx, accounts);
  const at = `${day}T00:00:00.000Z`;
  for (const said of flags) await putHold(tx, person, said, { origin: null, at, by: null }, false);
  await settleAll(tx, accounts, at);
  return true;
}

/**
 * What holds a new account from its first moment: its journal has none of it yet. Whoever holds one of its people at
 * this moment waits for the account to stand in the book, and holds it then; enrolments do not wait for each other.
 */
export async function holdsForNew(tx: Tx, parties: readonly Standing[]): Promise<readonly HoldSet[]> {
  const people = [...new Set(parties.map(({ person }) => person))];
  await sharePeople(tx, people);
  return (await wantedHolds(tx, parties)).map((wanted) => holdEvent(wanted, wanted.saidAt, 0));
}

/**
 * Brings an account's journal to what its people's holds say now, also after somebody came to the account or left it.
 * Writes only what differs; answers whether anything did. The caller holds the account's lock.
 */
export async function settleHolds(tx: Tx, account: string, at?: Instant): Promise<boolean> {
  const parties = await tx
    .selectFrom('parties')
    .select(['person', 'role'])
    .where('account', '=', account)
    .where('until', 'is', null)
    .execute();
  const wanted = await wantedHolds(tx, parties);
  if (wanted.length === 0) return false;
  const { zone, told } = await journalled(tx, account);
  const has = hasHolds(account, wanted, told, zone);
  const events = wanted.flatMap((one) => difference(one, has.get(one.hold), at ?? one.saidAt));
  await append(
    tx,
    events.map((event) => ({ account, event })),
    PERSON,
  );
  return events.length > 0;
}

export interface Standing {
  readonly person: string;
  readonly role: PartyRole;
}
/** The holds of everybody on an account who may be told of it, and what each holds. */
async function wantedHolds(tx: Tx, parties: readonly Standing[]): Promise<readonly WantedHold[]> {
  const people = parties.filter(({ role }) => PARTY_RIGHTS[role].told).map(({ person }) => person);
  if (people.length === 0) return [];
  const rows = await tx
    .selectFrom('personHolds')
    .selectAll()
    .where('person', 'in', [...new Set(people)])
    .orderBy('recordedAt')
    .orderBy('hold')
    .execute();
  const debtors = parties.filter(({ role }) => PARTY_RIGHTS[role].debtor).map(({ person }) => person);
  const holds = rows.map(({ person, hold, fromDate, until }) => ({ person, hold, from: fromDate, until }));
  return rows.map(({ person, hold, type, fromDate: from, until, origin, saidAt }) => {
    const scope = holdScope({ person, hold, from, until }, debtors, holds);
    return { hold, type, from, until, party: scope === 'party' ? person : undefined, origin, saidAt };
  });
}

async function journalled(tx: Tx, account: string) {
  const { zone } = await tx
    .selectFrom('accounts')
    .select('zone')
    .where('ref', '=', account)
    .executeTakeFirstOrThrow();
  const rows = await tx
    .selectFrom('journal')
    .select('body')
    .where('account', '=', account)
    .where('kind', 'in', ['hold', 'release'])
    .orderBy('seq')
    .execute();
  return { zone, told: rows.map(({ body }) => body) };
}

/** Answers the person held, for whom anything may have changed. */
async function keepHolds(
  tx: Tx,
  { person, account, event }: { person: string; account: string; event: AccountEvent },
  holds: readonly PersonalHold[],
): Promise<readonly string[]> {
  const people = new Set<string>();
  for (const said of holds) {
    const whom = said.party ?? person;
    // The account has what was said of its own person by itself; a flag sets no hold, and another's is not its own.
    const own = whom === person && event.kind !== 'facts' && event.kind !== 'host-update';
    const told = { origin: own ? account : null, at: event.at, by: event.by ?? null };
    // A mandate is checked once: whoever says again that he acts for the person rests nothing.
    if (said.type === 'mandate-check' && event.kind !== 'hold' && (await hasHeld(tx, whom, said.type)))
      continue;
    await putHold(tx, whom, said, told, event.kind === 'hold');
    people.add(whom);
  }
  return [...people];
}

async function keepRelease(
  tx: Tx,
  people: readonly string[],
  event: HoldReleased,
  zone: Zone,
): Promise<readonly string[]> {
  return endHold(tx, people, event.hold, lastDayOf(event, zone));
}

/** Everybody who stands on one of these accounts. */
export async function peopleOn(tx: Tx, accounts: readonly string[]): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('parties')
    .select('person')
    .distinct()
    .where('account', 'in', accounts)
    .where('until', 'is', null)
    .execute();
  return rows.map(({ person }) => person);
}

/** Every account on which one of these people stands. */
export async function accountsOf(tx: Tx, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const rows = await tx
    .selectFrom('parties')
    .select('account')
    .distinct()
    .where('person', 'in', people)
    .where('until', 'is', null)
    .orderBy('account')
    .execute();
  return rows.map(({ account }) => account);
}
