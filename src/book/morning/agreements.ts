import { sql } from 'kysely';
import type { AgreementKind } from '../../domain/agreement/agreement';
import { DECIDERS, type Decider } from '../../domain/agreement/authority';
import type { Currency, IsoDate, Minor } from '../../domain/units';
import { budgetOf } from '../authority';
import { budgetLeft } from '../offers';
import type { Db } from '../open-book';
import { ofLender, type Of } from './stock';

export interface AgreementRow {
  readonly kind: AgreementKind;
  readonly currency: Currency;
  /** In the order of the asked days: running at the close of each, and made on it. */
  readonly running: readonly number[];
  readonly made: readonly number[];
}

/** Decisions by which an agreement is over (judge.ts), for good or ill. */
const OVER = [
  ...['agreement-over', 'plan-done', 'plan-broken', 'settlement-done', 'settlement-broken'],
  ...['waiver-done', 'waiver-void'],
];

/**
 * Agreements by kind and currency, from the journal and what the workflows decided. One runs from the day on which it
 * came into the journal until it was paid, broken, over, taken back or planned anew, or its account was closed.
 */
export async function agreementsOn(db: Db, days: readonly IsoDate[], lender: Of): Promise<AgreementRow[]> {
  const last = [...days].sort().pop() ?? '';
  const counts = days.map(
    (day) => sql`(count(*) filter (where g.day <= ${day} and (o.day is null or o.day > ${day})
      and exists (select from report_spans s where s.account = g.account and s.from_day <= ${day}
        and (s.to_day is null or s.to_day > ${day}) and s.ended is null)))::int`,
  );
  const made = days.map((day) => sql`(count(*) filter (where g.day = ${day}))::int`);
  const { rows } = await sql<AgreementRow>`
    with agreed as materialized (
      select j.account, a.zone, j.day, j.body->>'agreement' as id, j.body->'terms'->>'kind' as kind,
        j.body->'terms'->>'replaces' as replaces, r.currency
      from journal j join accounts a on a.ref = j.account join report_accounts r on r.account = j.account
      where j.kind = 'agreement' and j.day <= ${last} and ${ofLender(lender, 'a.')}),
    over as (
      select account, id, min(day) as day from (
        select j.account, j.body->>'agreement' as id, j.day from journal j where j.kind = 'agreement-ended'
        union all select account, replaces, day from agreed where replaces is not null
        union all select d.account, d.args->>'agreement', (d.at at time zone g.zone)::date
          from agreed g join decisions d on d.account = g.account
          where d.code = any(${OVER}) and d.args->>'agreement' = g.id) as ends
      group by account, id)
    select g.kind, g.currency, array[${sql.join(counts)}] as running, array[${sql.join(made)}] as made
    from agreed g left join over o on o.account = g.account and o.id = g.id
    group by g.kind, g.currency order by g.kind, g.currency`.execute(db);
  return rows;
}

export interface WaivedRow {
  readonly role: Decider;
  readonly currency: Currency;
  /** Minor units given up by agreements on each of the asked days. */
  readonly amounts: readonly Minor[];
}

/** What was given up by offers that were accepted or approved on each day, by the role that did. */
export async function waivedOn(db: Db, days: readonly IsoDate[], lender: Of): Promise<WaivedRow[]> {
  const sums = days.map((day) => sql`coalesce(sum(amount) filter (where day = ${day}), 0)::float8`);
  const { rows } = await sql<WaivedRow>`
    select role, currency, array[${sql.join(sums)}] as amounts from (
      select o.reserved_role as role, r.currency, o.amount,
        (coalesce(o.decided_at, o.asked_at) at time zone a.zone)::date as day
      from offers o join accounts a on a.ref = o.account join report_accounts r on r.account = o.account
      where o.status in ('accept', 'approved') and o.amount > 0 and ${ofLender(lender, 'a.')}) as given
    where day = any(${[...days]}::date[]) group by role, currency order by role, currency`.execute(db);
  return rows;
}

export interface BudgetUse {
  readonly role: Decider;
  readonly used: Minor;
  readonly budget: Minor;
}

/** How much of its month's budget each role has given up or holds for an approval, of roles that used any of it. */
export async function budgetsUsed(db: Db, day: IsoDate): Promise<BudgetUse[]> {
  const found: BudgetUse[] = [];
  for (const role of DECIDERS) {
    const budget = await budgetOf(db, role);
    const used = budget - (await budgetLeft(db, role, day));
    if (used > 0) found.push({ role, used, budget });
  }
  return found;
}
