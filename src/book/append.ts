import type { Transaction } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import type { Instant } from '../domain/units';
import { contentHash } from './ids';
import type { Tables } from './tables';

/** What became of a fact: its place in the account's journal, and whether it had stood there before. */
export interface Accepted {
  readonly account: string;
  readonly seq: number;
  readonly duplicate: boolean;
  /** Of the account when the fact came: one that is closed hears of it by the rule for late facts. */
  readonly status: 'open' | 'closed';
  /** Other accounts that heard of the person with it, when there are any. */
  readonly also?: readonly string[];
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
 * Appends facts to the journals of their accounts, under the locks of those accounts; what stood there before is
 * answered with its place. What a fact says of the person beside the account is the matter of `journal.ts`.
 */
export async function append(
  tx: Transaction<Tables>,
  facts: readonly Fact[],
  source: string,
  told: Instant | null = null,
): Promise<(Accepted | NotAccepted)[]> {
  if (facts.length === 0) return [];
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
}

interface Locked {
  status: 'open' | 'closed';
  lastSeq: number;
}
type Row = ReturnType<typeof journalRow>;

/** The lock that reservations take as well. In the order of references, so that two batches never wait for each other. */
export async function lockAccounts(
  tx: Transaction<Tables>,
  refs: readonly string[],
): Promise<Map<string, Locked>> {
  if (refs.length === 0) return new Map();
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
