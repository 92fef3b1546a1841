import { sql, type RawBuilder } from 'kysely';
import type { IsoDate } from '../../domain/units';
import { inTransaction, type Db } from '../open-book';

/**
 * Sums the events of days again whose sums are behind, at most up to and including `to`. Each day in a transaction of
 * its own: what is written while it is summed marks the day anew. The accounts must have been caught up with before.
 * Answers how many days.
 */
export async function sumDays(
  db: Db,
  from: IsoDate,
  to: IsoDate,
  onProgress?: (days: number, of: number) => void,
): Promise<number> {
  const stale = await db
    .selectFrom('reportDays')
    .select('day')
    .where('stale', '=', true)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .execute();
  for (const [i, { day }] of stale.entries()) {
    await inTransaction(db, (tx) => sumDay(tx, day));
    onProgress?.(i + 1, stale.length);
  }
  return stale.length;
}

async function sumDay(tx: Db, day: IsoDate): Promise<void> {
  await tx.updateTable('reportDays').set({ stale: false }).where('day', '=', day).execute();
  await tx.deleteFrom('reportFigures').where('day', '=', day).execute();
  for (const source of SOURCES)
    await sql`insert into report_figures (day, lender, currency, figure, part, step, strategy, n, amount)
      select ${day}::date, lender, currency, figure, part, step, strategy, sum(n), sum(amount)
      from (${source(day)}) as events
      group by lender, currency, figure, part, step, strategy`.execute(tx);
}

// Joined with the accounts of the figures, which are narrow: the accounts themselves carry their enrolment.
type Source = (day: IsoDate) => RawBuilder<unknown>;

/** Our own attempts that went out or may have: what is certainly unsent counts nowhere, nor what agencies do. */
const attempts: Source = (day) => sql`
  select a.lender, a.currency, figure, t.channel as part, t.step, t.strategy, 1 as n, 0 as amount
  from attempts t join report_accounts a on a.account = t.account
  cross join lateral (values ('attempts', true), ('attempts-unknown', t.status = 'unknown'),
    ('delivered', t.delivery = 'delivered'), ('undelivered', t.delivery <> 'delivered')) as f(figure, holds)
  where t.day = ${day} and t.status in ('reserved', 'accepted', 'unknown') and t.agency is null and f.holds`;

const gate: Source = (day) => sql`
  select a.lender, a.currency, 'gate-' || g.answer as figure, coalesce(g.rule, '') as part, g.step,
    coalesce(g.strategy, g.known->>'strategy', '') as strategy, 1 as n, 0 as amount
  from gate_answers g join report_accounts a on a.account = g.account where g.day = ${day}`;

const facts: Source = (day) => sql`
  select a.lender, a.currency, figure, part, coalesce(j.body->>'step', '') as step, '' as strategy, 1 as n,
    coalesce(f.amount, 0) as amount
  from journal j join report_accounts a on a.account = j.account
  cross join lateral (select * from (values
    ('payments', coalesce(j.body->>'method', 'unknown'), (j.body->>'amount')::bigint,
      j.kind = 'payment' and coalesce((j.body->>'pending')::boolean, false) = false),
    ('announced', coalesce(j.body->>'method', 'unknown'), (j.body->>'amount')::bigint,
      j.kind = 'payment' and (j.body->>'pending')::boolean),
    ('results', (j.body->>'channel') || '/' || (j.body->>'code'), 0,
      j.kind = 'contact-outcome' and j.body->>'agency' is null),
    ('late-reasons', j.body->>'reason', 0, j.kind = 'contact-outcome' and j.body->>'reason' is not null),
    ('visits', j.body->>'code', 0, j.kind = 'visit-outcome' and j.body->>'agency' is null),
    ('disputes', j.body->>'reason', 0, j.kind = 'dispute-raised'),
    ('disputes-resolved', j.body->>'outcome', 0, j.kind = 'dispute-resolved'),
    ('holds', j.body->>'type', 0, j.kind = 'hold'),
    ('holds', 'complaint', 0, j.kind = 'complaint'),
    ('opt-outs', 'all', 0, (j.kind = 'hold' and j.body->>'type' = 'cease-contact')
      or (j.kind = 'contact-outcome' and j.body->>'code' = 'RPC-CEASE')),
    ('notices-undelivered', j.body->>'status', 0,
      j.kind = 'delivery' and j.body->>'status' in ('undelivered', 'returned'))
    ) as v(figure, part, amount, holds) where v.holds) as f
  where j.day = ${day}
    and j.kind in ('payment', 'contact-outcome', 'visit-outcome', 'dispute-raised', 'dispute-resolved', 'hold', 'complaint', 'delivery')`;

/** Money that came back on the day, with the amount of the payment that it takes back. */
const reversals: Source = (day) => sql`
  select a.lender, a.currency, 'reversals' as figure, j.body->>'reason' as part, '' as step, '' as strategy, 1 as n,
    coalesce((p.body->>'amount')::bigint, 0) as amount
  from journal j join report_accounts a on a.account = j.account
  left join journal p on p.account = j.account and p.event_id = j.body->>'of'
  where j.day = ${day} and j.kind = 'reversal' and coalesce((j.body->>'undone')::boolean, false) = false`;

/** Accounts for which anything was attempted, each once. */
const worked: Source = (day) => sql`
  select a.lender, a.currency, 'worked' as figure, '' as part, '' as step, '' as strategy, 1 as n, 0 as amount
  from (select distinct account from attempts where day = ${day} and status in ('reserved', 'accepted', 'unknown')
    and agency is null) as t
  join report_accounts a on a.account = t.account`;

const SOURCES: readonly Source[] = [attempts, worked, gate, facts, reversals];
