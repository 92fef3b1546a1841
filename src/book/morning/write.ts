import { sql, type Transaction } from 'kysely';
import { changesOf } from '../../domain/morning/sums';
import type { Projection } from '../../domain/morning/spans';
import type { Cohort, Span } from '../../domain/morning/span';
import type { IsoDate } from '../../domain/units';
import type { Tables } from '../tables';
import type { Filed } from './histories';
import { spanOf, spanRow } from './span-rows';

export type Projected = Filed & { readonly projection: Projection };

/** PostgreSQL takes at most 65535 parameters in a statement. */
const ROWS = 2000;

/** Replaces what the book has of these accounts, and moves the sums of the days by the difference. */
export async function writeProjections(
  tx: Transaction<Tables>,
  projected: readonly Projected[],
): Promise<void> {
  const refs = projected.map(({ cohort }) => cohort.account);
  const before = await spansOf(tx, refs);
  const sums = new Sums();
  const gone: { account: string; from: IsoDate }[] = [];
  const fresh: ReturnType<typeof spanRow>[] = [];
  for (const { cohort, projection } of projected) {
    const old = before.get(cohort.account) ?? [];
    const { spans } = projection;
    // Closed days never change, so that all but the last spans are the same.
    const same = commonLength(old, spans);
    if (same === old.length && same === spans.length) continue;
    // The last span that is the same comes along: a move is between two spans. What both have cancels out.
    const from = Math.max(0, same - 1);
    sums.add(cohort, old.slice(from), -1);
    sums.add(cohort, spans.slice(from), 1);
    gone.push(...old.slice(same).map(({ from }) => ({ account: cohort.account, from })));
    fresh.push(...spans.slice(same).map((span) => spanRow(cohort.account, span)));
  }
  await removeSpans(tx, gone);
  for (const rows of inRows(fresh)) await tx.insertInto('reportSpans').values(rows).execute();
  await sums.write(tx);
  await writeAccounts(tx, projected);
  await writePromises(tx, projected);
}

async function spansOf(tx: Transaction<Tables>, refs: readonly string[]): Promise<Map<string, Span[]>> {
  const rows = await tx
    .selectFrom('reportSpans')
    .selectAll()
    .where('account', 'in', refs)
    .orderBy('account')
    .orderBy('fromDay')
    .execute();
  const spans = new Map<string, Span[]>();
  for (const row of rows) spans.set(row.account, [...(spans.get(row.account) ?? []), spanOf(row)]);
  return spans;
}

function commonLength(a: readonly Span[], b: readonly Span[]): number {
  let same = 0;
  while (same < a.length && same < b.length && JSON.stringify(a[same]) === JSON.stringify(b[same])) same += 1;
  return same;
}

async function removeSpans(
  tx: Transaction<Tables>,
  gone: readonly { account: string; from: IsoDate }[],
): Promise<void> {
  if (gone.length === 0) return;
  await sql`delete from report_spans s using unnest(
      ${gone.map(({ account }) => account)}::text[], ${gone.map(({ from }) => from)}::date[]) as gone(account, from_day)
    where s.account = gone.account and s.from_day = gone.from_day`.execute(tx);
}

async function writeAccounts(tx: Transaction<Tables>, projected: readonly Projected[]): Promise<void> {
  const rows = projected.map(({ cohort, openedOn, history, projection }) => ({
    ...cohort,
    since: history.since,
    openedOn,
    ...projection.milestones,
    nextChange: projection.nextChange,
  }));
  for (const part of inRows(rows))
    await tx
      .insertInto('reportAccounts')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet((eb) => ({
          enteredOn: eb.ref('excluded.enteredOn'),
          enteredBalance: eb.ref('excluded.enteredBalance'),
          ever30: eb.ref('excluded.ever30'),
          ever60: eb.ref('excluded.ever60'),
          ever90: eb.ref('excluded.ever90'),
          nextChange: eb.ref('excluded.nextChange'),
        })),
      )
      .execute();
}

async function writePromises(tx: Transaction<Tables>, projected: readonly Projected[]): Promise<void> {
  const rows = projected.flatMap(({ cohort, projection }) =>
    projection.promises.map(({ by, date, ...made }) => {
      const { account, lender, currency } = cohort;
      return { ...made, account, lender, currency, takenBy: by, dueOn: date };
    }),
  );
  for (const part of inRows(rows))
    await tx
      .insertInto('reportPromises')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['account', 'promise']).doUpdateSet((eb) => ({
          status: eb.ref('excluded.status'),
          judgedOn: eb.ref('excluded.judgedOn'),
          paid: eb.ref('excluded.paid'),
        })),
      )
      .execute();
}

function inRows<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < rows.length; from += ROWS) parts.push(rows.slice(from, from + ROWS));
  return parts;
}

interface Sum {
  accounts: number;
  pastDue: number;
  balance: number;
}

/** What a batch moves the sums of the days by: many accounts, few rows. */
class Sums {
  private readonly tables = {
    reportStock: new Map(),
    reportRunning: new Map(),
    reportMoves: new Map(),
  } as Record<'reportStock' | 'reportRunning' | 'reportMoves', Map<string, Sum>>;

  add(cohort: Cohort, spans: readonly Span[], sign: 1 | -1): void {
    const { stock, running, moves } = changesOf(cohort, spans);
    for (const { accounts, pastDue, balance, ...key } of stock)
      this.sum('reportStock', key, { accounts, pastDue, balance }, sign);
    for (const { accounts, pastDue, balance, ...key } of running)
      this.sum('reportRunning', key, { accounts, pastDue, balance }, sign);
    for (const { accounts, pastDue, balance, from, to, ...key } of moves)
      this.sum(
        'reportMoves',
        { ...key, fromBucket: from, toBucket: to },
        { accounts, pastDue, balance },
        sign,
      );
  }

  private sum(table: keyof Sums['tables'], key: object, by: Sum, sign: 1 | -1): void {
    const name = JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
    const sum = this.tables[table].get(name) ?? { accounts: 0, pastDue: 0, balance: 0 };
    sum.accounts += sign * by.accounts;
    sum.pastDue += sign * by.pastDue;
    sum.balance += sign * by.balance;
    this.tables[table].set(name, sum);
  }

  /** In one order, so that nobody waits in a circle; sums that came to nothing leave no row. */
  async write(tx: Transaction<Tables>): Promise<void> {
    const stock = this.rows('reportStock');
    for (const rows of inRows(stock)) await addUp(tx, 'report_stock', STOCK, rows, AMOUNTS);
    for (const rows of inRows(this.rows('reportRunning')))
      await addUp(tx, 'report_running', RUNNING, rows, ['accounts', 'balance']);
    for (const rows of inRows(this.rows('reportMoves')))
      await addUp(tx, 'report_moves', MOVES, rows, AMOUNTS);
  }

  private rows(table: keyof Sums['tables']): Record<string, unknown>[] {
    return [...this.tables[table]]
      .filter(([, { accounts, pastDue, balance }]) => accounts !== 0 || pastDue !== 0 || balance !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sum]) => ({ ...Object.fromEntries(JSON.parse(name) as [string, unknown][]), ...sum }));
  }
}

const BOOK = ['day', 'lender', 'currency', 'product'] as const;
const STOCK = [...BOOK, 'bucket', 'segment', 'stage', 'holds', 'promised', 'written_off'] as const;
const RUNNING = [...BOOK, 'start_bucket', 'bucket'] as const;
const MOVES = [...BOOK, 'kind', 'from_bucket', 'to_bucket'] as const;
const AMOUNTS = ['accounts', 'past_due', 'balance'] as const;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

async function addUp(
  tx: Transaction<Tables>,
  table: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
  amounts: readonly string[],
): Promise<void> {
  const json = JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value]))),
  );
  const columns = [...key, ...amounts].join(', ');
  const added = amounts.map((name) => `${name} = t.${name} + excluded.${name}`).join(', ');
  const none = amounts.map((name) => `t.${name} = 0`).join(' and ');
  const same = key.map((name) => `t.${name} = r.${name}`).join(' and ');
  await sql`insert into ${sql.table(table)} as t (${sql.raw(columns)})
    select ${sql.raw(columns)} from jsonb_populate_recordset(null::${sql.table(table)}, ${json}::jsonb)
    on conflict (${sql.raw(key.join(', '))}) do update set ${sql.raw(added)}`.execute(tx);
  await sql`delete from ${sql.table(table)} t
    using jsonb_populate_recordset(null::${sql.table(table)}, ${json}::jsonb) r
    where ${sql.raw(same)} and ${sql.raw(none)}`.execute(tx);
}
