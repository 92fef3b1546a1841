import { sql } from 'kysely';
import type { Enrolment } from '../../domain/account/enrolment';
import type { AccountEvent } from '../../domain/account/events';
import type { Why } from '../../domain/decide/decision';
import type { Currency, Instant, IsoDate, Zone } from '../../domain/units';
import type { Db } from '../open-book';
import type { Tables } from '../tables';
import { ofLender, type Of } from './stock';

export interface OpenAccount {
  readonly ref: string;
  readonly lender: string;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly strategy: string;
  readonly enrolment: Enrolment;
  readonly facts: readonly { readonly at: Instant; readonly event: AccountEvent }[];
  readonly decisions: readonly {
    readonly at: Instant;
    readonly why: Why;
    readonly action: unknown;
    readonly result: unknown;
  }[];
  readonly tasks: readonly OpenTask[];
}
export interface OpenTask {
  readonly kind: Tables['tasks']['kind'];
  readonly step: string;
  readonly anchor: IsoDate;
  readonly n: number;
  readonly queue: string | null;
  readonly onDate: IsoDate;
  readonly attempts: number;
  readonly days: number;
}

export async function countOpen(db: Db, lender: Of): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from accounts
    where status = 'open' and ${ofLender(lender)}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Lenders that have open accounts, as many as two of them. */
export async function openLenders(db: Db): Promise<string[]> {
  const { rows } = await sql<{ lender: string }>`
    select min(lender) as lender from accounts where status = 'open' having count(*) > 0
    union select max(lender) from accounts where status = 'open' having count(*) > 0`.execute(db);
  return rows.map(({ lender }) => lender);
}

/** A page of open accounts with all that the core needs to say what comes next: four queries, however many. */
export async function openPage(db: Db, after: string, limit: number, lender: Of): Promise<OpenAccount[]> {
  let query = db
    .selectFrom('accounts')
    .select(['ref', 'lender', 'currency', 'zone', 'strategy', 'enrolment'])
    .where('status', '=', 'open')
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit);
  if (lender !== null) query = query.where('lender', '=', lender);
  const accounts = await query.execute();
  const refs = accounts.map(({ ref }) => ref);
  if (refs.length === 0) return [];
  const facts = await db
    .selectFrom('journal')
    .select(['account', 'at', 'seq', 'body'])
    .where('account', 'in', refs)
    .orderBy('account')
    .orderBy('seq')
    .execute();
  const decisions = await db
    .selectFrom('decisions')
    .select(['account', 'at', 'code', 'args', 'action', 'result'])
    .where('account', 'in', refs)
    .orderBy('account')
    .orderBy('id')
    .execute();
  const tasks = await db
    .selectFrom('tasks')
    .select(['account', 'kind', 'step', 'anchor', 'n', 'queue', 'onDate', 'dailyAttempts', 'days'])
    .where('account', 'in', refs)
    .where('status', '=', 'open')
    .execute();
  const [factsBy, decisionsBy, tasksBy] = [grouped(facts), grouped(decisions), grouped(tasks)];
  return accounts.map((account) => ({
    ...account,
    facts: (factsBy.get(account.ref) ?? []).map(({ at, seq, body }) => ({ at, event: { ...body, seq } })),
    decisions: (decisionsBy.get(account.ref) ?? []).map(({ at, code, args, action, result }) => ({
      at,
      why: { code, args },
      action,
      result,
    })),
    tasks: (tasksBy.get(account.ref) ?? []).map(({ dailyAttempts, days, account: _account, ...task }) => ({
      ...task,
      attempts: dailyAttempts ?? 1,
      days: days ?? 1,
    })),
  }));
}

function grouped<R extends { readonly account: string }>(rows: readonly R[]): Map<string, R[]> {
  const by = new Map<string, R[]>();
  for (const row of rows) {
    const list = by.get(row.account);
    if (list === undefined) by.set(row.account, [row]);
    else list.push(row);
  }
  return by;
}
