import { sql } from 'kysely';
import type { AccountEvent } from '../../domain/account/events';
import type { Currency, IsoDate } from '../../domain/units';
import type { Db } from '../open-book';

/** One payment or debit result of a file as it waits for the whole file to be judged. */
export interface StagedFact {
  readonly n: number;
  readonly number: string;
  readonly id: string;
  readonly hash: string;
  readonly kind: string;
  /** Of its amount; null where it has none. */
  readonly currency: Currency | null;
  readonly body: AccountEvent;
}

const STAGE = 'n bigint, number text, id text, hash text, kind text, currency text, body jsonb';

export async function openFactStage(connection: Db): Promise<void> {
  await sql`drop table if exists pg_temp.fact_stage`.execute(connection);
  await sql.raw(`create temporary table fact_stage (${STAGE})`).execute(connection);
}

export async function stageFacts(connection: Db, facts: readonly StagedFact[]): Promise<void> {
  if (facts.length === 0) return;
  await sql`insert into fact_stage select * from json_to_recordset(${JSON.stringify(facts)}::json)
    as rows (${sql.raw(STAGE)})`.execute(connection);
}

/** Content hashes of the facts that the book has by these ids, from any file. */
export async function knownFacts(
  db: Db,
  lender: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('hostFacts')
    .select(['id', 'hash'])
    .where('lender', '=', lender)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** The staged facts into the book, each once by its id, and as work for those whose number is an account's. */
export async function writeFacts(
  tx: Db,
  feed: string,
  lender: string,
): Promise<{ readonly fresh: number; readonly work: number }> {
  const { rows } = await sql<{ fresh: number; work: number }>`
    with fresh as (
      insert into host_facts (lender, id, number, hash, kind, currency, body, feed)
      select distinct on (id) ${lender}, id, number, hash, kind, currency, body, ${feed} from fact_stage order by id, n
      on conflict (lender, id) do nothing
      returning id
    ), work as (
      insert into feed_work (feed, n, what, number, body)
      select distinct on (s.id) ${feed}, s.n, 'fact', s.number, s.body from fact_stage s
      join fresh on fresh.id = s.id
      join accounts a on a.lender = ${lender} and a.lender_number = s.number
      order by s.id, s.n
      returning 1
    )
    select (select count(*) from fresh) as fresh, (select count(*) from work) as work`.execute(tx);
  return rows[0] ?? { fresh: 0, work: 0 };
}

/** So many facts are handed to an account that begins: an account carries no more one by one. */
const HANDED = 40;

/**
 * What the host told of these numbers, in their currencies, while no workflow treated them: handed over when one begins.
 * The oldest first, at most the newest forty, for older money is in the host's figures and nobody takes it back any more.
 */
export async function waitingFacts(
  tx: Db,
  lender: string,
  currencies: ReadonlyMap<string, Currency>,
): Promise<ReadonlyMap<string, readonly AccountEvent[]>> {
  if (currencies.size === 0) return new Map();
  const rows = await tx
    .selectFrom('hostFacts')
    .select(['number', 'currency', 'body'])
    .where('lender', '=', lender)
    .where('number', 'in', [...currencies.keys()])
    .where('account', 'is', null)
    .execute();
  const found = new Map<string, AccountEvent[]>();
  for (const { number, currency, body } of rows)
    // It came before anybody knew the account's currency, and is not the account's: it goes on waiting for somebody.
    if (currency === null || currency === currencies.get(number))
      found.set(number, [...(found.get(number) ?? []), body]);
  for (const [number, facts] of found) found.set(number, facts.sort(inOrder).slice(-HANDED));
  return found;
}

function inOrder(a: AccountEvent, b: AccountEvent): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** All facts of these numbers were handed to the accounts that began. */
export async function markBegun(
  tx: Db,
  lender: string,
  begun: readonly { readonly number: string; readonly account: string; readonly currency: Currency }[],
): Promise<void> {
  if (begun.length === 0) return;
  await sql`update host_facts f set account = begun.account
    from unnest(${begun.map(({ number }) => number)}::text[], ${begun.map(({ account }) => account)}::text[],
      ${begun.map(({ currency }) => currency)}::text[]) as begun (number, account, currency)
    where f.lender = ${lender} and f.number = begun.number and f.account is null
      and coalesce(f.currency, begun.currency) = begun.currency`.execute(tx);
}

/** These stand in the journal of their accounts now. */
export async function markHanded(
  tx: Db,
  lender: string,
  facts: readonly { readonly id: string; readonly account: string }[],
): Promise<void> {
  if (facts.length === 0) return;
  await sql`update host_facts f set account = told.account
    from unnest(${facts.map(({ id }) => id)}::text[], ${facts.map(({ account }) => account)}::text[]) as told (id, account)
    where f.lender = ${lender} and f.id = told.id`.execute(tx);
}

/** The currency of these numbers, of those that a file or the book has named. */
export async function currenciesOf(
  db: Db,
  lender: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Currency>> {
  const { rows } = await sql<{ number: string; currency: Currency }>`
    select w.number, coalesce(a.currency, h.currency) as currency
    from unnest(${[...new Set(numbers)]}::text[]) as w (number)
    left join accounts a on a.lender = ${lender} and a.lender_number = w.number
    left join host_rows h on h.lender = ${lender} and h.number = w.number
    where a.ref is not null or h.number is not null`.execute(db);
  return new Map(rows.map(({ number, currency }) => [number, currency]));
}

/**
 * Whether money of the account came back on that day or after: a payment that was returned, or a refund that counts.
 * Whoever told of it, a file or somebody at a desk.
 */
export async function cameBackSince(
  db: Db,
  lender: string,
  number: string,
  since: IsoDate,
): Promise<boolean> {
  const { rows } = await sql<{ back: boolean }>`
    with told as (
      select body from host_facts where lender = ${lender} and number = ${number}
      union all
      select j.body from journal j join accounts a on a.ref = j.account
      where a.lender = ${lender} and a.lender_number = ${number}
    )
    select exists (select from told where body ->> 'at' >= ${since} and (body ->> 'kind' = 'reversal'
      or body ->> 'kind' = 'refund' and body ->> 'countsTowardsMinimum' = 'true')) as back`.execute(db);
  return rows[0]?.back === true;
}
