import type { Kysely } from 'kysely';
import { enrolAccounts } from '../../book/accounts';
import { countWork, dropWork, nextWork, sourceOf, type Work } from '../../book/feeds/feed-work';
import { advanceFeed, feedById, type Feed } from '../../book/feeds/feeds';
import { markBegun, markHanded, waitingFacts } from '../../book/feeds/host-facts';
import { acceptBatch, type Fact } from '../../book/journal';
import { inTransaction, type Db } from '../../book/open-book';
import { setParties } from '../../book/parties';
import { nameAnew, namesOther } from '../../book/lender-reach';
import { changeReach } from '../../book/reach';
import type { Tables } from '../../book/tables';
import type { AccountEvent } from '../../domain/account/events';
import type { EnrolRow } from '../row/row';
import { toAccount, toParty } from '../row/to-account';

/** Accounts begun or told of in one transaction: what a reservation of one of them may have to wait for. */
const BATCH = 200;

/**
 * Does what a feed that was taken still has to do: begins accounts and writes facts into journals, batch by batch, each
 * in a transaction that also drops the work, so that a process killed between two of them leaves nothing half and the
 * next one does nothing twice.
 * @param onProgress told after each batch how much of the work is done
 */
export async function book(
  connection: Kysely<Tables>,
  id: string,
  onProgress?: (done: number, all: number) => void,
): Promise<void> {
  const feed = await feedById(connection, id);
  const all = onProgress === undefined ? 0 : await countWork(connection, id);
  let done = 0;
  for (;;) {
    const work = await nextWork(connection, id, BATCH);
    const last = work.at(-1);
    if (last === undefined) break;
    const refs = await accountsOf(connection, feed.lender, work);
    // People are locked before accounts, everywhere: so they go first, by themselves, and repeating it changes nothing.
    for (const piece of work) if (piece.what === 'update') await updatePeople(connection, feed, piece, refs);
    await inTransaction(connection, async (tx) => {
      const told = tellings(feed, work, refs);
      await begin(tx, feed, work, refs, told);
      // What is told of an account that has just begun: nobody else can hold it yet.
      const late = work.filter(({ what, number }) => what !== 'enrol' && !refs.has(number));
      const also = late.length === 0 ? [] : tellings(feed, late, await accountsOf(tx, feed.lender, late));
      await tell(tx, feed, [...told, ...also]);
      await dropWork(tx, id, last.n);
    });
    done += work.length;
    onProgress?.(done, all);
  }
  await advanceFeed(connection, id, 'booked');
}

type Refs = ReadonlyMap<string, { readonly ref: string; readonly person: string }>;

async function accountsOf(db: Db, lender: string, work: readonly Work[]): Promise<Refs> {
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'person', 'lenderNumber'])
    .where('lender', '=', lender)
    .where(
      'lenderNumber',
      'in',
      work.map(({ number }) => number),
    )
    .execute();
  return new Map(rows.map((row) => [row.lenderNumber, row]));
}

interface RowWork {
  readonly row: EnrolRow;
  /** Whether the workflow is told: only its figures and facts concern it. */
  readonly tell?: boolean;
}

async function updatePeople(
  db: Kysely<Tables>,
  feed: Feed,
  { number, body }: Work,
  refs: Refs,
): Promise<void> {
  const account = refs.get(number);
  if (account === undefined) return;
  const { row } = body as RowWork;
  const named = { account: account.ref, person: account.person, endpoints: row.endpoints };
  if (await namesOther(db, named))
    await changeReach(db, account.person, feed.asOf, (tx) => nameAnew(tx, named, feed.asOf));
  const { name } = row.person;
  if (name !== null)
    await db
      .updateTable('people')
      .set({ name })
      .where('ref', '=', account.person)
      .where('name', 'is', null)
      .execute();
  if (row.parties !== undefined)
    await setParties(
      db,
      account.ref,
      row.parties.map((party) => toParty(row, party)),
      feed.businessDate,
    );
}

/**
 * New accounts, each with what the host told of it before; one that is there already is told of its row instead. `along`
 * is what the same transaction tells of other accounts, for the order of the locks.
 */
async function begin(
  tx: Db,
  feed: Feed,
  work: readonly Work[],
  refs: Refs,
  along: readonly Fact[],
): Promise<void> {
  const rows = feed.strategy === null ? [] : work.filter(({ what }) => what === 'enrol');
  const read = rows.map(({ number, body }) => ({
    number,
    row: ofFeed((body as RowWork).row ?? (body as EnrolRow), feed),
  }));
  const currencies = new Map(read.map(({ number, row }) => [number, row.currency]));
  const told = await waitingFacts(tx, feed.lender, currencies);
  const given = read.map(({ number, row }) => {
    const account = toAccount(row, feed.strategy ?? '', feed.asOf);
    return { row, account: { ...account, events: [...account.events, ...(told.get(number) ?? [])] } };
  });
  const known = given.flatMap(({ row }) => {
    const ref = refs.get(row.account)?.ref;
    return ref === undefined ? [] : factsOf(row, feed, ref, true);
  });
  const enrolled = await enrolAccounts(
    tx,
    given.map(({ account }) => account),
    [...known, ...along],
  );
  await markBegun(
    tx,
    feed.lender,
    enrolled.flatMap(({ ref }, i) => {
      const one = read[i];
      return one === undefined ? [] : [{ number: one.number, account: ref, currency: one.row.currency }];
    }),
  );
  const facts = given.flatMap(({ row }, i): Fact[] => {
    const { ref = '', outcome = 'created' } = enrolled[i] ?? {};
    return outcome === 'created' ? [] : factsOf(row, feed, ref, true);
  });
  await acceptBatch(tx, facts, sourceOf(feed.id));
}

/** A row that waited for its day is as of the feed that it is taken with. */
function ofFeed(row: EnrolRow, feed: Feed): EnrolRow {
  return row.host === null || row.host.asOf >= feed.asOf
    ? row
    : { ...row, host: { ...row.host, asOf: feed.asOf } };
}

/** What is told of accounts that are there. */
function tellings(feed: Feed, work: readonly Work[], refs: Refs): readonly Telling[] {
  return work.flatMap(({ what, number, body }): Telling[] => {
    const account = refs.get(number)?.ref;
    if (account === undefined || what === 'enrol') return [];
    if (what === 'fact') return [{ account, event: body as AccountEvent, handed: true }];
    const { row, tell: concerns } = body as RowWork;
    return concerns === true ? factsOf(row, feed, account) : [];
  });
}

interface Telling extends Fact {
  /** It waited as a fact of its own, and is handed over. */
  readonly handed?: true;
}

async function tell(tx: Db, feed: Feed, facts: readonly Telling[]): Promise<void> {
  await acceptBatch(tx, facts, sourceOf(feed.id));
  const handed = facts.filter((fact) => fact.handed).map(({ account, event }) => ({ id: event.id, account }));
  await markHanded(tx, feed.lender, handed);
}

/** One fact for a row: the host's figures with its flags and scores, under an id that the same feed gives again. */
function factsOf(row: EnrolRow, feed: Feed, account: string, wanted = false): Fact[] {
  if (row.host === null) return [];
  const id = `feed:${feed.lender}:${feed.source}:${feed.asOf}:${account}`;
  const event: AccountEvent = {
    ...{ kind: 'host-update', id, at: feed.asOf, figures: row.host },
    ...(wanted ? { wanted } : {}),
    ...(Object.keys(row.facts).length === 0 ? {} : { facts: row.facts }),
  };
  return [{ account, event }];
}
