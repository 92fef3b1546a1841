import type { Snapshot } from '../../domain/bureau/cut-off/snapshot';
import { strategyByHash } from '../strategies';
import type { AccountEvent } from '../../domain/account/events';
import type { Enrolment } from '../../domain/account/enrolment';
import type { Journal } from '../../domain/bureau/cut-off/take-snapshot';
import type { Product } from '../../domain/account/terms';
import type { Db } from '../open-book';

export interface JournalOf {
  readonly ref: string;
  readonly enrolment: Enrolment;
  readonly journal: Journal;
}

/** Journals of a lender's accounts by reference, page by page. */
export async function journalsAfter(
  db: Db,
  lender: string,
  products: readonly Product[],
  after: string,
  limit: number,
): Promise<JournalOf[]> {
  if (products.length === 0) return [];
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'enrolment', 'strategy'])
    .where('lender', '=', lender)
    .where('product', 'in', [...products])
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit)
    .execute();
  return withFacts(db, rows);
}

/** Journals of these accounts. */
export async function journalsOf(db: Db, accounts: readonly string[]): Promise<ReadonlyMap<string, Journal>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'enrolment', 'strategy'])
    .where('ref', 'in', [...accounts])
    .execute();
  return new Map((await withFacts(db, rows)).map(({ ref, journal }) => [ref, journal]));
}

async function withFacts(
  db: Db,
  rows: readonly { readonly ref: string; readonly enrolment: Enrolment; readonly strategy: string }[],
): Promise<JournalOf[]> {
  if (rows.length === 0) return [];
  const facts = new Map<string, AccountEvent[]>();
  const told = await db
    .selectFrom('journal')
    .select(['account', 'seq', 'body'])
    .where(
      'account',
      'in',
      rows.map(({ ref }) => ref),
    )
    .orderBy('account')
    .orderBy('seq')
    .execute();
  for (const { account, seq, body } of told) {
    const list = facts.get(account) ?? [];
    list.push({ ...body, seq });
    facts.set(account, list);
  }
  const found: JournalOf[] = [];
  for (const { ref, enrolment, strategy } of rows) {
    const { counting } = await strategyByHash(db, strategy);
    found.push({ ref, enrolment, journal: { enrolment, facts: facts.get(ref) ?? [], counting } });
  }
  return found;
}

/** Keeps snapshots of a month, each once: made twice, the first stands. */
export async function keepSnapshots(
  db: Db,
  reporting: string,
  month: string,
  snapshots: readonly { readonly account: string; readonly snapshot: Snapshot }[],
): Promise<void> {
  if (snapshots.length === 0) return;
  await db
    .insertInto('bureauSnapshots')
    .values(
      snapshots.map(({ account, snapshot }) => ({
        ...{ reporting, month, account, body: JSON.stringify(snapshot) },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How far a month's snapshots are: the last reference, empty before the first. */
export async function lastSnapshot(db: Db, reporting: string, month: string): Promise<string> {
  const row = await db
    .selectFrom('bureauSnapshots')
    .select((eb) => eb.fn.max('account').as('last'))
    .where('reporting', '=', reporting)
    .where('month', '=', month)
    .executeTakeFirst();
  return row?.last ?? '';
}

export interface Kept {
  readonly account: string;
  readonly snapshot: Snapshot;
}

/** A month's snapshots by account, page by page. */
export async function snapshotsAfter(
  db: Db,
  reporting: string,
  month: string,
  after: string,
  limit: number,
): Promise<Kept[]> {
  const rows = await db
    .selectFrom('bureauSnapshots')
    .select(['account', 'body'])
    .where('reporting', '=', reporting)
    .where('month', '=', month)
    .where('account', '>', after)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(({ account, body }) => ({ account, snapshot: body }));
}

/** The snapshots of these accounts of a month. */
export async function snapshotsOf(
  db: Db,
  reporting: string,
  month: string,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, Snapshot>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('bureauSnapshots')
    .select(['account', 'body'])
    .where('reporting', '=', reporting)
    .where('month', '=', month)
    .where('account', 'in', [...accounts])
    .execute();
  return new Map(rows.map(({ account, body }) => [account, body]));
}
