import { sql, type Selectable, type Transaction } from 'kysely';
import { addDays } from '../domain/calendar/day';
import { ForbearError } from '../domain/errors/forbear-error';
import { mayBeAddressed } from '../domain/party/rights';
import { PARTY_ROLES, type PartyRole } from '../domain/party/roles';
import type { StepKind } from '../domain/strategy/strategy';
import type { IsoDate, Minor } from '../domain/units';
import { lockPeople } from './locks';
import { settleHolds } from './personal';
import { inTransaction, type Db } from './open-book';
import { putPerson, type NewPerson, type PersonRef } from './people';
import type { Tables } from './tables';

/** Somebody else on an account. The main party is the account's own person and never stands here. */
export interface NewParty {
  readonly role: Exclude<PartyRole, 'main'>;
  /** Found by the lender's number for the person, or made. */
  readonly person: NewPerson;
  /** The last day on which the claim against this party can be pursued, where the lender knows it. */
  readonly limitation?: IsoDate;
  /** What an heir has from the estate, where it is known: an heir answers for no more. */
  readonly estate?: Minor;
}

export type PartyRow = Selectable<Tables['parties']>;

export interface PartiesChanged {
  /** References of people whose role is new or stands again. */
  readonly added: readonly string[];
  readonly ended: readonly string[];
}

/**
 * Makes these the other parties of an account from a day on: who is new is added, who is no longer named ended the day
 * before. The same list again changes nothing. Throws ACCOUNT_UNKNOWN.
 */
export function setParties(
  db: Db,
  account: string,
  given: readonly NewParty[],
  on: IsoDate,
): Promise<PartiesChanged> {
  return inTransaction(db, async (tx) => {
    const wanted = await known(given, (person) => putPerson(tx, person));
    const standing = await lockParties(tx, account, wanted);
    const added = wanted.filter((one) => !standing.some((row) => isSame(row, one)));
    const acting = await actingOn(tx, account);
    const ended = standing.filter(
      (row) =>
        row.role !== 'main' &&
        !wanted.some((one) => isSame(row, one)) &&
        // Who acts for the person on all accounts is of the person, whatever the list of one account says.
        !(row.role === 'representative' && acting.has(row.person)),
    );
    await writeParties(tx, account, wanted, on);
    for (const row of ended) await end(tx, row, addDays(on, -1));
    await settleHolds(tx, account);
    return { added: added.map(({ person }) => person), ended: ended.map(({ person }) => person) };
  });
}

/** Adds one party, or lets it stand again. Answers the person's reference. Throws ACCOUNT_UNKNOWN. */
export function addParty(db: Db, account: string, party: NewParty, on: IsoDate): Promise<string> {
  return inTransaction(db, async (tx) => {
    const wanted = await known([party], (person) => putPerson(tx, person));
    await lockParties(tx, account, wanted);
    await writeParties(tx, account, wanted, on);
    await settleHolds(tx, account);
    return wanted[0]?.person ?? '';
  });
}

/** Ends a party's role with its last day. Throws ACCOUNT_UNKNOWN, PARTY_UNKNOWN, PARTY_MAIN. */
export function endParty(
  db: Db,
  account: string,
  person: string,
  role: PartyRole,
  lastDay: IsoDate,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const standing = await lockParties(tx, account, [{ person }]);
    if (role === 'main') throw new ForbearError('PARTY_MAIN', { account });
    const row = standing.find((one) => isSame(one, { person, role }));
    if (row === undefined) throw new ForbearError('PARTY_UNKNOWN', { account, person, role });
    await end(tx, row, lastDay);
    await settleHolds(tx, account);
  });
}

/** Who stands on an account, the main party first; with `ended` also who no longer does. */
export async function partiesOf(db: Db, account: string, ended = false): Promise<PartyRow[]> {
  let query = db
    .selectFrom('parties')
    .selectAll()
    .where('account', '=', account)
    .orderBy('since')
    .orderBy('person');
  if (!ended) query = query.where('until', 'is', null);
  const order = ({ role }: PartyRow): number => PARTY_ROLES.indexOf(role);
  return (await query.execute()).sort((a, b) => order(a) - order(b));
}

/** Whether a step of that kind may be addressed to the person: the account's own always, others by their role. */
export async function isAddressed(
  db: Db,
  account: { readonly ref: string; readonly person: string },
  person: string,
  kind: StepKind,
): Promise<boolean> {
  if (person === account.person) return true;
  const parties = await partiesOf(db, account.ref);
  const spoken = kind === 'notice' ? 'notice' : 'contact';
  return parties.some((one) => one.person === person && mayBeAddressed(one.role, spoken));
}

/** Accounts on which a person stands, in whatever role, with that role. */
export function rolesOf(db: Db, person: string): Promise<PartyRow[]> {
  return db
    .selectFrom('parties')
    .selectAll()
    .where('person', '=', person)
    .where('until', 'is', null)
    .orderBy('account')
    .orderBy('role')
    .execute();
}

/** The parties that a new account is to have: its person, and whoever came with it. */
export async function firstParties(
  person: string,
  others: readonly NewParty[],
  find: (person: NewPerson) => Promise<PersonRef>,
): Promise<readonly WantedParty[]> {
  return [{ person, role: 'main', limitation: null, estate: null }, ...(await known(others, find))];
}

export interface WantedParty {
  readonly person: string;
  readonly role: PartyRole;
  readonly limitation: IsoDate | null;
  readonly estate: Minor | null;
}

async function known(
  given: readonly NewParty[],
  find: (person: NewPerson) => Promise<PersonRef>,
): Promise<WantedParty[]> {
  const found = new Map<string, WantedParty>();
  // In one order, so that two lists with the same new people do not wait for each other.
  const ordered = [...given].sort((a, b) => compare(a.person.lenderPerson, b.person.lenderPerson));
  for (const { person, role, limitation = null, estate = null } of ordered) {
    const { ref } = await find(person);
    found.set(`${ref} ${role}`, { person: ref, role, limitation, estate });
  }
  return [...found.values()];
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everybody concerned, then the account: the order in which reservations and facts take them too. */
async function lockParties(
  tx: Transaction<Tables>,
  account: string,
  more: readonly { readonly person: string }[],
): Promise<PartyRow[]> {
  const before = await partiesOf(tx, account);
  await lockPeople(
    tx,
    [...before, ...more].map(({ person }) => person),
  );
  const row = await tx
    .selectFrom('accounts')
    .select('ref')
    .where('ref', '=', account)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref: account });
  return partiesOf(tx, account);
}

/** Writes parties of an account that stands in the book, or lets them stand again. */
export async function writeParties(
  tx: Transaction<Tables>,
  account: string,
  wanted: readonly WantedParty[],
  since: IsoDate,
): Promise<void> {
  if (wanted.length === 0) return;
  await tx
    .insertInto('parties')
    .values(wanted.map((one) => ({ account, since, ...one })))
    .onConflict((conflict) =>
      conflict.columns(['account', 'person', 'role']).doUpdateSet((eb) => ({
        until: null,
        // What is not said again stands as it was said.
        limitation: eb.fn.coalesce('excluded.limitation', 'parties.limitation'),
        estate: eb.fn.coalesce('excluded.estate', 'parties.estate'),
        since: eb
          .case()
          .when('parties.until', 'is', null)
          .then(eb.ref('parties.since'))
          .else(eb.ref('excluded.since'))
          .end(),
      })),
    )
    .execute();
}

const end = (tx: Transaction<Tables>, row: PartyRow, lastDay: IsoDate): Promise<void> =>
  endRole(tx, row, lastDay);

/** Ends a role that stands, not before its own first day. */
export async function endRole(
  tx: Transaction<Tables>,
  { account, person, role }: Pick<PartyRow, 'account' | 'person' | 'role'>,
  lastDay: IsoDate,
): Promise<void> {
  await tx
    .updateTable('parties')
    .set({ until: sql<IsoDate>`greatest(since, ${lastDay}::date)` })
    .where('account', '=', account)
    .where('person', '=', person)
    .where('role', '=', role)
    .where('until', 'is', null)
    .execute();
}

/** Who acts for the account's person on every account. */
async function actingOn(tx: Transaction<Tables>, account: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('mandates')
    .innerJoin('accounts', 'accounts.person', 'mandates.person')
    .select('mandates.representative')
    .where('accounts.ref', '=', account)
    .where('mandates.until', 'is', null)
    .execute();
  return new Set(rows.map(({ representative }) => representative));
}

function isSame(row: PartyRow, one: { readonly person: string; readonly role: PartyRole }): boolean {
  return row.person === one.person && row.role === one.role;
}
