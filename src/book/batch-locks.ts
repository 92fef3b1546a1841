import { sql, type Transaction } from 'kysely';
import { flagged, isPersonal } from '../domain/party/personal';
import type { NewAccount } from './accounts';
import { lockAccounts, type Fact } from './append';
import { lockPeople, sharePeople } from './locks';
import { mandatesOf, type MandateRow } from './mandates';
import { putPerson, type NewPerson, type PersonRef } from './people';
import { accountsOf, peopleOn } from './personal';
import { settleReach } from './reach';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

/** The people of a batch as the book has them by now. */
export interface BatchPeople {
  find(person: NewPerson): Promise<PersonRef>;
  /** Nobody else can know the person yet, and nothing holds it: it was made in this transaction. */
  isUnheard(ref: string): boolean;
  /** Who acts for the person on every account, and so on a new one. */
  actingFor(ref: string): readonly string[];
  /** Something was said of the person: from now on it is to be asked after. */
  hears(ref: string): void;
}

/**
 * Everything that a batch of new accounts and of facts will lock, in the one order that everybody takes: people are made
 * in the order of the lender's numbers, then locked in that of their references, then the accounts. So two files with
 * the same people in another order wait for each other and never in a ring.
 */
export async function lockForBatch(
  tx: Tx,
  accounts: readonly NewAccount[],
  facts: readonly Fact[] = [],
): Promise<BatchPeople> {
  const described = accounts.flatMap(({ person, parties = [] }) => [
    person,
    ...parties.map((party) => party.person),
  ]);
  const found = new Map<string, PersonRef>();
  const made = new Set<string>();
  for (const person of described.filter(hasNumber).sort(byNumber)) {
    const ref = await putPerson(tx, person);
    found.set(keyOf(person), ref);
    if (ref.made) made.add(ref.ref);
  }
  const refOf = (person: NewPerson): string => found.get(keyOf(person))?.ref ?? '';
  const concerned = accounts.filter((one) => flagged(one.facts, one.enteredOn).length > 0);
  const personal = facts.filter(({ event }) => isPersonal(event)).map(({ account }) => account);
  const { mandates, lost, held } = await lockEverybody(tx, {
    known: [...found.values()].map(({ ref }) => ref).filter((ref) => !made.has(ref)),
    flagged: concerned.map(({ person }) => refOf(person)).filter((ref) => ref !== ''),
    personal: [...new Set(personal)],
  });
  const touched = await accountsOf(tx, [...new Set(held)]);
  await lockAccounts(tx, [...new Set([...touched, ...facts.map(({ account }) => account)])]);
  // The file may bring a way to somebody who had none left: the accounts that are there hear of it.
  const at = `${accounts[0]?.enteredOn ?? ''}T00:00:00.000Z`;
  for (const account of await accountsOf(tx, lost)) await settleReach(tx, account, at);
  return {
    find: async (person) => found.get(keyOf(person)) ?? putPerson(tx, person),
    actingFor: (ref) =>
      mandates.filter(({ person }) => person === ref).map(({ representative }) => representative),
    isUnheard: (ref) => made.has(ref),
    hears: (ref) => made.delete(ref),
  };
}

interface Everybody {
  readonly known: readonly string[];
  readonly flagged: readonly string[];
  /** Accounts of facts that may say something of a person. */
  readonly personal: readonly string[];
}

interface LockedPeople {
  readonly mandates: readonly MandateRow[];
  readonly lost: readonly string[];
  /** Whoever is locked alone, because something is said of them. */
  readonly held: readonly string[];
}

/**
 * Locks the people and whoever acts for them. Who that is, and who cannot be reached, may change while the locks are
 * waited for: then they are given back and taken anew, for those who came to it may stand before the others in the order.
 */
async function lockEverybody(tx: Tx, of: Everybody): Promise<LockedPeople> {
  for (;;) {
    const before = await around(tx, of);
    const all = [...of.known, ...before.mandates.map(({ representative }) => representative)];
    await sql`savepoint everybody`.execute(tx);
    // One kind of lock for all of them: who shares some and takes others alone would stand in his own way.
    if (before.held.length > 0) await lockPeople(tx, [...all, ...before.held]);
    else await sharePeople(tx, all);
    const now = await around(tx, of);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    await sql`rollback to savepoint everybody`.execute(tx);
  }
}

async function around(tx: Tx, { known, flagged: concerned, personal }: Everybody): Promise<LockedPeople> {
  const mandates = await mandatesOf(tx, known);
  const all = [...known, ...mandates.map(({ representative }) => representative)];
  const lost = [...(await unreachable(tx, all))].sort();
  const on = personal.length === 0 ? [] : [...(await peopleOn(tx, personal))].sort();
  return { mandates, lost, held: [...lost, ...concerned, ...on] };
}

/** Those of them who stand on an account that was told that nobody on it can be reached. */
async function unreachable(tx: Tx, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const rows = await tx
    .selectFrom('parties')
    .innerJoin('journal', 'journal.account', 'parties.account')
    .select('parties.person')
    .distinct()
    .where('parties.person', 'in', people)
    .where('journal.kind', '=', 'contact-changed')
    .execute();
  return rows.map(({ person }) => person);
}

/** One without a number is nobody's but this row's, and always new. */
const hasNumber = ({ lenderPerson }: NewPerson): boolean => lenderPerson !== undefined;

const keyOf = ({ lender, lenderPerson = '' }: NewPerson): string => `${lender}\u0000${lenderPerson}`;

function byNumber(one: NewPerson, other: NewPerson): number {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
