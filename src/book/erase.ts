import { sql, type Transaction } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { lockAccounts } from './append';
import { databaseNow } from './clock';
import { dropIdentity } from './furnishing/identities';
import { keepEvidence } from './evidence/chain';
import { lockPeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

/** So long after a person's last account was closed what is known of the person is kept at least. [house] */
export const KEEP_YEARS = 5;

export interface Erased {
  readonly person: string;
  readonly accounts: number;
  readonly endpoints: number;
  readonly messages: number;
  readonly letters: number;
}

/**
 * Takes out of the book who a person is: name, numbers, addresses, what was written to them, the lender's own numbers
 * of person and accounts. What was done and decided stays, under references that lead to nobody; the salt goes by which
 * their chain of evidence could be told to be theirs. Cannot be undone.
 * @param keepYears longer than the house rule where a rule of the country wants it; never shorter
 * Throws what `actor` throws, PERSON_UNKNOWN, PERSON_HAS_ACCOUNT, PERSON_KEPT_UNTIL.
 */
export function erase(
  db: Db,
  person: string,
  { claim, why, keepYears = KEEP_YEARS }: { claim: Claim; why: string; keepYears?: number },
): Promise<Erased> {
  return inTransaction(db, async (tx) => {
    const { ref: by, role } = await actor(tx, claim, 'erase');
    await lockPeople(tx, [person]);
    const accounts = await accountsAround(tx, person);
    await lockAccounts(tx, accounts);
    await mustBeOver(tx, person, accounts, Math.max(keepYears, KEEP_YEARS));
    // The last link of the chain, before nobody can tell any more whose it is.
    const body = { by, role, why, keepYears: Math.max(keepYears, KEEP_YEARS) };
    await keepEvidence(tx, person, { kind: 'erased', account: null, at: null, body });
    const [endpoints, messages, letters] = [
      await blankEndpoints(tx, person),
      await blankMessages(tx, person),
      await blankLetters(tx, person),
    ];
    await blankPlaces(tx, person);
    await dropIdentity(tx, person);
    const own = await blankAccounts(tx, person);
    await tx
      .updateTable('people')
      .set({ name: null, lenderPerson: null, erasedAt: await databaseNow(tx) })
      .where('ref', '=', person)
      .execute();
    await blankBudgets(tx, person);
    await tx.updateTable('chains').set({ person: null, salt: null }).where('person', '=', person).execute();
    return { person, accounts: own, endpoints, messages, letters };
  });
}

/** Every account that the person stands on, in whatever role. */
async function accountsAround(tx: Tx, person: string): Promise<string[]> {
  const rows = await tx.selectFrom('parties').select('account').where('person', '=', person).execute();
  return rows.map(({ account }) => account);
}

async function mustBeOver(
  tx: Tx,
  person: string,
  accounts: readonly string[],
  keepYears: number,
): Promise<void> {
  const known = await tx
    .selectFrom('people')
    .select(['createdAt', 'erasedAt'])
    .where('ref', '=', person)
    .executeTakeFirst();
  if (known === undefined) return fail('PERSON_UNKNOWN', { ref: person });
  if (known.erasedAt !== null) return fail('PERSON_IS_ERASED', { ref: person, at: known.erasedAt });
  const rows =
    accounts.length === 0
      ? []
      : await tx
          .selectFrom('accounts')
          .select(['ref', 'status', 'closedAt'])
          .where('ref', 'in', [...accounts])
          .execute();
  const open = rows.find(({ status }) => status === 'open');
  if (open !== undefined) return fail('PERSON_HAS_ACCOUNT', { ref: person, account: open.ref });
  const ends = rows.map(({ closedAt }) => closedAt).filter((at): at is Instant => at !== null);
  const last = [known.createdAt, ...ends].reduce((a, b) => (a > b ? a : b));
  const until = new Date(last);
  until.setUTCFullYear(until.getUTCFullYear() + keepYears);
  if (until.toISOString() > (await databaseNow(tx)))
    fail('PERSON_KEPT_UNTIL', { ref: person, until: until.toISOString().slice(0, 10) });
}

async function blankEndpoints(tx: Tx, person: string): Promise<number> {
  const done = await tx
    .updateTable('endpoints')
    // Unique for each person and kind: its own reference says nothing.
    .set((eb) => ({ value: eb.ref('ref'), usable: false, retiredReason: 'erased' }))
    .where('person', '=', person)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Where the person's addresses lie, and where teams were seen. */
async function blankPlaces(tx: Tx, person: string): Promise<void> {
  const nowhere = { latitude: null, longitude: null };
  const own = tx.selectFrom('endpoints').select('ref').where('person', '=', person);
  await tx
    .updateTable('places')
    .set({ ...nowhere, offLimits: null })
    .where('endpoint', 'in', own)
    .execute();
  await tx.updateTable('visits').set(nowhere).where('person', '=', person).execute();
}

/** What the person earns and spends, as it was stated for an offer. */
async function blankBudgets(tx: Tx, person: string): Promise<void> {
  await tx
    .updateTable('offers')
    .set({ asked: sql`asked - 'income' - 'essentials' - 'household'` })
    .where('person', '=', person)
    .execute();
}

async function blankMessages(tx: Tx, person: string): Promise<number> {
  const done = await tx
    .updateTable('messages')
    .set({ sentTo: null, subject: null, body: null })
    .where('person', '=', person)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

async function blankLetters(tx: Tx, person: string): Promise<number> {
  const done = await tx
    .updateTable('letters')
    .set({ sentTo: null, subject: null, body: null })
    .where('person', '=', person)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** The lender's numbers of the person's own accounts, and what the lender's files say of them. */
async function blankAccounts(tx: Tx, person: string): Promise<number> {
  const own = await tx
    .selectFrom('accounts')
    .select(['ref', 'lender', 'lenderNumber'])
    .where('person', '=', person)
    .execute();
  for (const { ref, lender, lenderNumber } of own) {
    await tx.deleteFrom('hostRows').where('lender', '=', lender).where('number', '=', lenderNumber).execute();
    await tx
      .updateTable('hostFacts')
      .set({ number: ref })
      .where('lender', '=', lender)
      .where('number', '=', lenderNumber)
      .execute();
    await tx.updateTable('accounts').set({ lenderNumber: ref }).where('ref', '=', ref).execute();
  }
  return own.length;
}
