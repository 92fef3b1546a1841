import type { Selectable } from 'kysely';
import type { Enrolment } from '../activities/contract';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Terms } from '../domain/account/terms';
import type { Instant } from '../domain/units';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import { append } from './append';
import { firstParties, writeParties, type NewParty } from './parties';
import { flagHolds, holdsForNew } from './personal';
import { putPerson, type NewPerson } from './people';
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
export function enrolAccount(db: Db, account: NewAccount): Promise<Enrolled> {
  return inTransaction(db, async (tx) => {
    const known = await byNumber(tx, account.terms.lender, account.lenderNumber);
    if (known !== undefined) return compared(known, account.contentHash);
    const person = await putPerson(tx, account.person);
    const ref = newRef();
    const parties = await firstParties(tx, person.ref, account.parties ?? []);
    const flags = await flagHolds(tx, person.ref, account.facts, account.enteredOn);
    // What holds its people holds it from its first moment, and stands in its journal as everybody else's does.
    const isNobodyKnown = person.made && parties.length === 1 && !flags;
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
      return { ref, person: person.ref, outcome: 'created' };
    }
    // Another process enrolled it a moment ago.
    const other = await byNumber(tx, account.terms.lender, account.lenderNumber);
    if (other === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
    return compared(other, account.contentHash);
  });
}

type Known = { ref: string; person: string; contentHash: string };

function byNumber(db: Db, lender: string, lenderNumber: string): Promise<Known | undefined> {
  return db
    .selectFrom('accounts')
    .select(['ref', 'person', 'contentHash'])
    .where('lender', '=', lender)
    .where('lenderNumber', '=', lenderNumber)
    .executeTakeFirst();
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
