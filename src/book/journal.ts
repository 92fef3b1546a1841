import type { Transaction } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { contentHash } from './ids';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

/** What became of a fact: its place in the account's journal, and whether it had stood there before. */
export interface Accepted {
  readonly account: string;
  readonly seq: number;
  readonly duplicate: boolean;
  /** Of the account when the fact came: one that is closed hears of it by the rule for late facts. */
  readonly status: 'open' | 'closed';
}
/** A fact of a batch that was not taken; the others were. */
export interface NotAccepted {
  readonly account: string;
  readonly refused: 'ACCOUNT_UNKNOWN' | 'EVENT_DIFFERENT';
}
export interface Fact {
  readonly account: string;
  readonly event: AccountEvent;
}

/**
 * Accepts a fact: from the commit on it counts, and the gate sees it before the next reservation. The same id with
 * the same content is the same fact. Throws ACCOUNT_UNKNOWN, EVENT_DIFFERENT.
 */
export async function accept(
  db: Db,
  account: string,
  event: AccountEvent,
  source: string,
): Promise<Accepted> {
  const [result] = await acceptBatch(db, [{ account, event }], source);
  if (result === undefined || !('refused' in result)) return result as Accepted;
  if (result.refused === 'ACCOUNT_UNKNOWN') throw new ForbearError('ACCOUNT_UNKNOWN', { ref: account });
  throw new ForbearError('EVENT_DIFFERENT', { id: event.id, account });
}

/** Accepts many facts in one transaction, each answered in its place. */
export function acceptBatch(
  db: Db,
  facts: readonly Fact[],
  source: string,
  told: Instant | null = null,
): Promise<(Accepted | NotAccepted)[]> {
  if (facts.length === 0) return Promise.resolve([]);
  return inTransaction(db, async (tx) => {
    const accounts = await lockAccounts(tx, [...new Set(facts.map((fact) => fact.account))]);
    const known = await knownEvents(tx, facts);
    const rows: Row[] = [];
    const answers = facts.map(({ account, event }): Accepted | NotAccepted => {
      const row = accounts.get(account);
      if (row === undefined) return { account, refused: 'ACCOUNT_UNKNOWN' };
      const hash = factHash(event);
      const key = `${account} ${event.id}`;
      const before = known.get(key);
      if (before !== undefined) {
        if (before.hash !== hash) return { account, refused: 'EVENT_DIFFERENT' };
        return { account, seq: before.seq, duplicate: true, status: row.status };
      }
      row.lastSeq += 1;
      known.set(key, { hash, seq: row.lastSeq });
      rows.push(journalRow(account, event, row, hash, source, told));
      return { account, seq: row.lastSeq, duplicate: false, status: row.status };
    });
    await write(tx, rows, accounts);
    return answers;
  });
}

interface Locked {
  status: 'open' | 'closed';
  lastSeq: number;
}
type Row = ReturnType<typeof journalRow>;

/** The lock that reservations take as well. In the order of references, so that two batches never wait for each other. */
async function lockAccounts(tx: Transaction<Tables>, refs: readonly string[]): Promise<Map<string, Locked>> {
  const rows = await tx
    .selectFrom('accounts')
    .select(['ref', 'status', 'lastSeq'])
    .where('ref', 'in', refs)
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map(({ ref, status, lastSeq }) => [ref, { status, lastSeq }]));
}

async function knownEvents(
  tx: Transaction<Tables>,
  facts: readonly Fact[],
): Promise<Map<string, { hash: string; seq: number }>> {
  const rows = await tx
    .selectFrom('journal')
    .select(['account', 'eventId', 'contentHash', 'seq'])
    .where('account', 'in', [...new Set(facts.map((fact) => fact.account))])
    .where('eventId', 'in', [...new Set(facts.map((fact) => fact.event.id))])
    .execute();
  return new Map(
    rows.map((row) => [`${row.account} ${row.eventId}`, { hash: row.contentHash, seq: row.seq }]),
  );
}

/** When it was said, by whom, and its place are not content: whoever says the same again is understood. */
function factHash(event: AccountEvent): string {
  return contentHash({ ...event, at: undefined, by: undefined, seq: undefined });
}

function journalRow(
  account: string,
  event: AccountEvent,
  locked: Locked,
  hash: string,
  source: string,
  told: Instant | null,
) {
  return {
    account,
    seq: locked.lastSeq,
    eventId: event.id,
    kind: event.kind,
    body: JSON.stringify({ ...event, seq: undefined }),
    contentHash: hash,
    at: event.at,
    source,
    toldAt: told,
    late: locked.status === 'closed',
  };
}

async function write(tx: Transaction<Tables>, rows: readonly Row[], accounts: Map<string, Locked>) {
  if (rows.length === 0) return;
  // PostgreSQL takes at most 65535 parameters in a statement.
  for (let from = 0; from < rows.length; from += 5000)
    await tx
      .insertInto('journal')
      .values(rows.slice(from, from + 5000))
      .execute();
  for (const ref of new Set(rows.map((row) => row.account))) {
    const lastSeq = accounts.get(ref)?.lastSeq ?? 0;
    await tx.updateTable('accounts').set({ lastSeq }).where('ref', '=', ref).execute();
  }
}

/** The account's facts in the order of their places, each with its place. */
export async function factsOf(db: Db, account: string): Promise<AccountEvent[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'body'])
    .where('account', '=', account)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row.body, seq: row.seq }));
}

export interface Untold {
  readonly account: string;
  readonly lender: string;
  readonly event: AccountEvent;
}

/** Facts of open accounts that their workflows have not been told, the oldest first. */
export async function untold(db: Db, limit: number, account?: string): Promise<Untold[]> {
  let query = db
    .selectFrom('journal')
    .innerJoin('accounts', 'accounts.ref', 'journal.account')
    .select(['journal.account', 'accounts.lender', 'journal.seq', 'journal.body'])
    .where('journal.toldAt', 'is', null)
    .where('accounts.status', '=', 'open')
    .orderBy('journal.receivedAt')
    .orderBy('journal.seq')
    .limit(limit);
  if (account !== undefined) query = query.where('journal.account', '=', account);
  const rows = await query.execute();
  return rows.map(({ body, seq, ...rest }) => ({ ...rest, event: { ...body, seq } }));
}

/** The account's workflow has these. */
export async function markTold(db: Db, account: string, seqs: readonly number[], at: Instant): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .updateTable('journal')
    .set({ toldAt: at })
    .where('account', '=', account)
    .where('seq', 'in', seqs)
    .where('toldAt', 'is', null)
    .execute();
}
