import { sql } from 'kysely';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';
import { addEndpoints, type NewEndpoint } from './people';

/** Why an endpoint is out of use that the lender's files name no more. Named again, it is used again. */
const REPLACED = 'replaced';

/** An account with the ways to its person that the lender's row gives. */
export interface Named {
  readonly account: string;
  readonly person: string;
  readonly endpoints: readonly NewEndpoint[];
}

/** Keeps which endpoints the lender named with accounts that have just begun; one statement for all of them. */
export async function keepNamedBy(db: Db, accounts: readonly Named[]): Promise<void> {
  const named = accounts.flatMap(({ account, person, endpoints }) =>
    endpoints.map(({ kind, value }) => ({ account, person, kind, value })),
  );
  if (named.length === 0) return;
  const column = (name: keyof (typeof named)[number]): string[] => named.map((one) => one[name]);
  await sql`
    insert into lender_endpoints (account, endpoint)
    select n.account, e.ref from unnest(${column('account')}::text[], ${column('person')}::text[],
      ${column('kind')}::text[], ${column('value')}::text[]) as n (account, person, kind, value)
    join endpoints e on e.person = n.person and e.kind = n.kind and e.value = n.value
    on conflict do nothing`.execute(db);
}

/** Whether a row names another way to its person than the one of before. A kind that it says nothing of stays. */
export async function namesOther(db: Db, { account, person, endpoints }: Named): Promise<boolean> {
  if (endpoints.length === 0) return false;
  const rows = await db
    .selectFrom('endpoints')
    .leftJoin('lenderEndpoints', (join) =>
      join
        .onRef('lenderEndpoints.endpoint', '=', 'endpoints.ref')
        .on('lenderEndpoints.account', '=', account),
    )
    .select(['kind', 'value', 'usable', 'retiredReason', 'lenderEndpoints.account as named'])
    .where('person', '=', person)
    .execute();
  const now = new Set(endpoints.map(keyOf));
  const kinds = new Set<string>(endpoints.map(({ kind }) => kind));
  const before = new Set(rows.filter(({ named }) => named !== null).map(keyOf));
  const added = [...now].some((key) => !before.has(key));
  const dropped = rows.some((row) => row.named !== null && kinds.has(row.kind) && !now.has(keyOf(row)));
  const back = rows.some((row) => row.retiredReason === REPLACED && !row.usable && now.has(keyOf(row)));
  return added || dropped || back;
}

/**
 * The row of one account names these ways to its person now. What it named before, of the same kinds, and no other
 * account's row names, is out of use: for all accounts, since it is the person's. What people noted themselves stays, and
 * so does what was found wrong. The caller holds the person's lock (`changeReach`).
 */
export async function nameAnew(db: Db, named: Named, at: Instant): Promise<void> {
  const { account, person, endpoints } = named;
  await addEndpoints(db, person, endpoints);
  await keepNamedBy(db, [named]);
  const kinds = [...new Set(endpoints.map(({ kind }) => kind))];
  const values = endpoints.map(({ value }) => value);
  await sql`
    with dropped as (
      delete from lender_endpoints le using endpoints e
      where le.account = ${account} and e.ref = le.endpoint and e.person = ${person}
        and e.kind = any(${kinds}::text[]) and not e.value = any(${values}::text[])
      returning le.endpoint
    )
    update endpoints e set usable = false, retired_reason = ${REPLACED}, retired_at = ${at}
    from dropped where e.ref = dropped.endpoint and e.usable
      and not exists (select from lender_endpoints le where le.endpoint = e.ref and le.account <> ${account})`.execute(
    db,
  );
  await sql`
    update endpoints e set usable = true, retired_reason = null, retired_at = null
    from lender_endpoints le where le.account = ${account} and le.endpoint = e.ref
      and not e.usable and e.retired_reason = ${REPLACED}`.execute(db);
}

const keyOf = ({ kind, value }: { readonly kind: string; readonly value: string }): string =>
  `${kind} ${value}`;
