import type { Selectable, Transaction } from 'kysely';
import type { Enrolment } from '../activities/contract';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Terms } from '../domain/account/terms';
import type { Instant } from '../domain/units';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import { append, type Fact } from './append';
import { lockForBatch, type BatchPeople } from './batch-locks';
import { keepCredits } from './credits';
import { keepNamedBy } from './lender-reach';
import { acting } from './mandates';
import { firstParties, writeParties, type NewParty } from './parties';
import { flagHolds, holdsForNew } from './personal';
import type { NewPerson } from './people';
import { settleReach } from './reach';
import type { Tables } from './tables';

/** An account as it comes in: what the book cannot know, without the references that the book makes. */
export interface NewAccount {
  /** The lender's own number. It stands here and nowhere else. */
  readonly lenderNumber: string;
  readonly person: NewPerson;
  /** Who else stands on it; the person is its main party. */
  readonly parties?: readonly NewParty[];
  readonly terms: Omit<Terms, 'ref' | 'person' | 'digit'>;
  readonly facts: Enrolment['facts'];
  readonly enteredOn: Enrolment['enteredOn'];
  readonly events: Enrolment['events'];
  /** Hash of the published strategy. */
  readonly strategy: string;
  /** Hash of the row as it was sent: the same row again changes nothing, another one is refused. */
  readonly contentHash: string;
}

export interface Enrolled {
  readonly ref: string;
  readonly person: string;
  readonly outcome: 'created' | 'same' | 'different';
}

export type AccountRow = Selectable<Tables['accounts']>;

/** Puts an account and its person into the book, once by the lender's number. */
export async function enrolAccount(db: Db, account: NewAccount): Promise<Enrolled> {
  const [enrolled] = await enrolAccounts(db, [account]);
  if (enrolled === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref: 'of that number' });
  return enrolled;
}

/**
 * The same for many in one transaction, each answered in its place. `along` are facts of other accounts that the caller
 * will accept in the same transaction: what they lock is locked with the rest.
 */
export function enrolAccounts(
  db: Db,
  accounts: readonly NewAccount[],
  along: readonly Fact[] = [],
): Promise<Enrolled[]> {
  return inTransaction(db, async (tx) => {
    const known = await byNumbers(tx, accounts);
    const fresh = accounts.filter((account) => !known.has(numberOf(account)));
    const people = await lockForBatch(tx, fresh, along);
    // Written in the order of their numbers: the same number in two batches is waited for, and never in a ring.
    for (const account of [...fresh].sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1)))
      if (!known.has(numberOf(account))) known.set(numberOf(account), await enrolOne(tx, account, people));
    // Money that it comes with stood before us; a placement that it comes with takes what is paid within it.
    const brought = fresh.flatMap((account) => {
      const { ref, made } = known.get(numberOf(account)) ?? { ref: '', made: false };
      return made ? account.events.map((event) => ({ account: ref, event })) : [];
    });
    await keepCredits(tx, brought);
    const begun = fresh.flatMap((account) => {
      const { ref, person, made } = known.get(numberOf(account)) ?? { ref: '', person: '', made: false };
      return made ? [{ account: ref, person, endpoints: account.person.endpoints }] : [];
    });
    await keepNamedBy(tx, begun);
    return accounts.map((account): Enrolled => {
      const found = known.get(numberOf(account));
      if (found === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref: 'of that number' });
      if (!found.made) return compared(found, account.contentHash);
      // Twice in one batch: the second is compared with the first.
      known.set(numberOf(account), { ...found, made: false });
      return { ref: found.ref, person: found.person, outcome: 'created' };
    });
  });
}

async function enrolOne(tx: Transaction<Tables>, account: NewAccount, people: BatchPeople): Promise<Known> {
  const person = await people.find(account.person);
  const ref = newRef();
  const named = await firstParties(person.ref, account.parties ?? [], people.find);
  const isNamed = (ref: string): boolean =>
    named.some((one) => one.role === 'representative' && one.person === ref);
  const acts = people.actingFor(person.ref).filter((ref) => !isNamed(ref));
  const parties = [...named, ...acts.map(acting)];
  const flags = await flagHolds(tx, person.ref, account.facts, account.enteredOn);
  // What holds its people holds it from its first moment, and stands in its journal as everybody else's does.
  const isNobodyKnown = (person.made || people.isUnheard(person.ref)) && parties.length === 1 && !flags;
  if (flags) people.hears(person.ref);
  const held = isNobodyKnown ? [] : await holdsForNew(tx, parties);
  const terms: Terms = { ...account.terms, ref, person: person.ref, digit: person.digit };
  const enrolment: Enrolment = {
    terms,
    facts: account.facts,
    enteredOn: account.enteredOn,
    events: [...account.events, ...held],
  };
  const made = await tx
    .insertInto('accounts')
    .values({
      ref,
      lender: terms.lender,
      lenderNumber: account.lenderNumber,
      person: person.ref,
      product: terms.product,
      currency: terms.currency,
      zone: terms.zone,
      strategy: account.strategy,
      enrolment: JSON.stringify(enrolment),
      contentHash: account.contentHash,
    })
    .onConflict((conflict) => conflict.columns(['lender', 'lenderNumber']).doNothing())
    .returning('ref')
    .executeTakeFirst();
  if (made !== undefined) {
    await writeParties(tx, ref, parties, account.enteredOn);
    if (held.length > 0)
      await append(
        tx,
        held.map((event) => ({ account: ref, event })),
        'person',
      );
    // Who cannot be reached any more cannot be on this account either.
    if (!isNobodyKnown) await settleReach(tx, ref, `${account.enteredOn}T00:00:00.000Z`);
    return { ref, person: person.ref, contentHash: account.contentHash, made: true };
  }
  // Another process enrolled it a moment ago.
  const other = (await byNumbers(tx, [account])).get(numberOf(account));
  if (other === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
  return other;
}

interface Known {
  readonly ref: string;
  readonly person: string;
  readonly contentHash: string;
  readonly made: boolean;
}

const numberOf = ({ terms, lenderNumber }: NewAccount): string => keyOf(terms.lender, lenderNumber);

const keyOf = (lender: string, lenderNumber: string): string => `${lender}\u0000${lenderNumber}`;

async function byNumbers(db: Db, accounts: readonly NewAccount[]): Promise<Map<string, Known>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['lender', 'lenderNumber', 'ref', 'person', 'contentHash'])
    .where('lender', 'in', [...new Set(accounts.map(({ terms }) => terms.lender))])
    .where('lenderNumber', 'in', [...new Set(accounts.map(({ lenderNumber }) => lenderNumber))])
    .execute();
  return new Map(
    rows.map(({ lender, lenderNumber, ...known }) => [
      keyOf(lender, lenderNumber),
      { ...known, made: false },
    ]),
  );
}

function compared({ ref, person, contentHash }: Known, sent: string): Enrolled {
  return { ref, person, outcome: contentHash === sent ? 'same' : 'different' };
}

/** The account of that reference. Throws ACCOUNT_UNKNOWN. */
export async function accountOf(db: Db, ref: string): Promise<AccountRow> {
  const row = await db.selectFrom('accounts').selectAll().where('ref', '=', ref).executeTakeFirst();
  if (row === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
  return row;
}

/** The account that a person at the command line means: by reference, or by the lender's own number. */
export async function findAccount(db: Db, text: string): Promise<AccountRow> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where((eb) => eb.or([eb('ref', '=', text), eb('lenderNumber', '=', text)]))
    .limit(2)
    .execute();
  // The text may be a card number typed by mistake, so that the error repeats it only when it is a reference.
  if (rows.length !== 1 || rows[0] === undefined)
    throw new ForbearError('ACCOUNT_UNKNOWN', { ref: /^[a-z0-9]{16}$/.test(text) ? text : 'of that number' });
  return rows[0];
}

export interface AccountFilter {
  readonly status?: 'open' | 'closed';
  readonly stage?: string;
  readonly segment?: string;
  readonly outcome?: string;
  /** Only references after this one: for the next page. */
  readonly after?: string;
  readonly limit?: number;
}

/** Accounts in the order of their references, page by page. */
export function listAccounts(db: Db, filter: AccountFilter = {}): Promise<AccountRow[]> {
  let query = db
    .selectFrom('accounts')
    .selectAll()
    .orderBy('ref')
    .limit(filter.limit ?? 100);
  for (const column of ['status', 'stage', 'segment', 'outcome'] as const) {
    const wanted = filter[column];
    if (wanted !== undefined) query = query.where(column, '=', wanted);
  }
  if (filter.after !== undefined) query = query.where('ref', '>', filter.after);
  return query.execute();
}

/** The start of the account's workflow is confirmed; also after it was started again. */
export async function markStarted(db: Db, ref: string, at: Instant): Promise<void> {
  await db.updateTable('accounts').set({ startedAt: at }).where('ref', '=', ref).execute();
}

/** A fact that came after closing goes on with the account: open again, its workflow still to be started. */
export async function reopen(db: Db, ref: string): Promise<boolean> {
  const done = await db
    .updateTable('accounts')
    .set({ status: 'open', startedAt: null, closedAt: null, outcome: null })
    .where('ref', '=', ref)
    .where('status', '=', 'closed')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Another published strategy decides from now on. */
export async function moveStrategy(db: Db, ref: string, strategy: string): Promise<void> {
  await db.updateTable('accounts').set({ strategy }).where('ref', '=', ref).execute();
}
