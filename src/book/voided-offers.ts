import { sql } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import type { AgreementKind } from '../domain/agreement/agreement';
import type { Db } from './open-book';
import type { OfferRow } from './offers';

/** How a settlement or a waiver was judged: what it gave up is given up for good, or owed again; else it runs. */
const JUDGED: Readonly<Record<string, 'done' | 'void' | 'runs'>> = {
  'settlement-done': 'done',
  'waiver-done': 'done',
  'settlement-broken': 'void',
  'waiver-void': 'void',
  'agreement-kept': 'runs',
};

/** Agreements that are paid take each other's place (see `agreementMade`). */
const PAID: readonly AgreementKind[] = ['plan', 'settlement', 'waiver'];

/**
 * Offers that became agreements and give nothing up any more, so that the budget is back: broken, void, ended by the
 * staff, or with another agreement in their place. What was kept to its end stays given up, whatever came later.
 */
export async function voidedOf(
  db: Db,
  offers: readonly Pick<OfferRow, 'id' | 'account'>[],
): Promise<ReadonlySet<string>> {
  if (offers.length === 0) return new Set();
  const ids = offers.map(({ id }) => id);
  const accounts = [...new Set(offers.map(({ account }) => account))];
  const judged = await lastJudged(db, ids, accounts);
  const over = await endedOrReplaced(db, new Set(ids), accounts);
  return new Set(
    ids.filter((id) => judged.get(id) === 'void' || (judged.get(id) !== 'done' && over.has(id))),
  );
}

/** The last word counts: money that comes back undoes a judgement. */
async function lastJudged(db: Db, ids: readonly string[], accounts: readonly string[]) {
  const rows = await db
    .selectFrom('decisions')
    .select(['code', sql<string>`args->>'agreement'`.as('agreement')])
    .where('account', 'in', [...accounts])
    .where('code', 'in', Object.keys(JUDGED))
    .where(sql<string>`args->>'agreement'`, 'in', [...ids])
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ agreement, code }) => [agreement, JUDGED[code]]));
}

async function endedOrReplaced(
  db: Db,
  ids: ReadonlySet<string>,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('journal')
    .select(['account', 'body'])
    .where('account', 'in', [...accounts])
    // Written out, so that the index of these few facts serves.
    .where(sql<boolean>`kind in ('agreement', 'agreement-ended')`)
    .orderBy('account')
    .orderBy('seq')
    .execute();
  const over = new Set<string>();
  const running = new Map<string, { readonly id: string; readonly kind: AgreementKind }[]>();
  for (const { account, body } of rows) {
    const event: AccountEvent = body;
    const before = running.get(account) ?? [];
    if (event.kind === 'agreement-ended' && before.some(({ id }) => id === event.agreement))
      over.add(event.agreement);
    if (event.kind !== 'agreement' || before.some(({ id }) => id === event.agreement)) continue;
    const { kind } = event.terms;
    for (const one of before)
      if (one.kind === kind || (PAID.includes(kind) && PAID.includes(one.kind))) over.add(one.id);
    running.set(account, [...before, { id: event.agreement, kind }]);
  }
  return new Set([...over].filter((id) => ids.has(id)));
}
