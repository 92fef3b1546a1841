import { sql } from 'kysely';
import type { Currency, IsoDate, Minor } from '../../domain/units';
import type { Db } from '../open-book';
import { ofLender, type Of } from './stock';

/** Days, both ends included. */
export interface Period {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface MoveRow {
  readonly currency: Currency;
  readonly kind: string;
  readonly fromBucket: number;
  readonly toBucket: number;
  readonly accounts: number;
  readonly pastDue: Minor;
  readonly balance: Minor;
}

export async function movesIn(db: Db, { from, to }: Period, lender: Of): Promise<MoveRow[]> {
  const { rows } = await sql<MoveRow>`
    select currency, kind, from_bucket, to_bucket, sum(accounts) as accounts, sum(past_due) as past_due,
      sum(balance) as balance
    from report_moves where day between ${from} and ${to} and ${ofLender(lender)}
    group by currency, kind, from_bucket, to_bucket`.execute(db);
  return rows;
}

export interface DueRow {
  readonly currency: Currency;
  readonly accounts: number;
}

/** Accounts whose due date fell in the period by the host's files, whether they are in the book or not. */
export async function hostDueIn(db: Db, { from, to }: Period, lender: Of): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select currency, sum(accounts) as accounts from host_due
    where due between ${from} and ${to} and ${ofLender(lender)} group by currency`.execute(db);
  return rows;
}

export interface MoveDay {
  readonly day: IsoDate;
  readonly currency: Currency;
  readonly kind: string;
  readonly accounts: number;
}

/** Accounts that moved, by day and kind; not the ends of cycles, which fall on days of their own. */
export async function moveCourse(db: Db, { from, to }: Period, lender: Of): Promise<MoveDay[]> {
  const { rows } = await sql<MoveDay>`
    select day, currency, kind, sum(accounts) as accounts from report_moves
    where day between ${from} and ${to} and kind <> 'cycle' and ${ofLender(lender)}
    group by day, currency, kind`.execute(db);
  return rows;
}

export interface RunningRow {
  readonly currency: Currency;
  readonly startBucket: number;
  readonly bucket: number;
  readonly accounts: number;
  readonly balance: Minor;
}

/** Of what began the running cycles in each bucket, where it stands at the close of the day. */
export async function runningOn(db: Db, day: IsoDate, lender: Of): Promise<RunningRow[]> {
  const { rows } = await sql<RunningRow>`
    select currency, start_bucket, bucket, sum(accounts) as accounts, sum(balance) as balance
    from report_running where day <= ${day} and ${ofLender(lender)}
    group by currency, start_bucket, bucket having sum(accounts) <> 0 or sum(balance) <> 0`.execute(db);
  return rows;
}

export interface FigureRow {
  readonly day: IsoDate;
  readonly currency: Currency;
  readonly figure: string;
  readonly part: string;
  readonly step: string;
  readonly strategy: string;
  readonly n: number;
  readonly amount: Minor;
}

/** The sums of events of single days. */
export async function figuresOn(db: Db, days: readonly IsoDate[], lender: Of): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select day, currency, figure, part, step, strategy, sum(n) as n, sum(amount) as amount
    from report_figures where day = any(${[...days]}::date[]) and ${ofLender(lender)}
    group by day, currency, figure, part, step, strategy`.execute(db);
  return rows;
}

/** Sums of events by day and figure over a period, without step and version. */
export async function figureCourse(db: Db, { from, to }: Period, lender: Of): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select day, currency, figure, part, '' as step, '' as strategy, sum(n) as n, sum(amount) as amount
    from report_figures where day between ${from} and ${to} and ${ofLender(lender)}
    group by day, currency, figure, part order by day`.execute(db);
  return rows;
}

export interface PromiseRow {
  readonly currency: Currency;
  readonly day: IsoDate;
  readonly what: 'made' | 'judged' | 'due';
  readonly status: string;
  readonly n: number;
  readonly amount: Minor;
  readonly paid: Minor;
}

/** Promises made and judged on each day of a period. */
export async function promisesIn(db: Db, { from, to }: Period, lender: Of): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    select currency, made_on as day, 'made' as what, '' as status, count(*) as n, sum(amount) as amount, 0 as paid
      from report_promises where made_on between ${from} and ${to} and ${ofLender(lender)} group by 1, 2
    union all
    select currency, judged_on, 'judged', status, count(*), sum(amount), sum(least(paid, amount))
      from report_promises where judged_on between ${from} and ${to} and ${ofLender(lender)} group by 1, 2, 4`.execute(
    db,
  );
  return rows;
}

/** Open promises for that day. */
export async function promisesFor(db: Db, day: IsoDate, lender: Of): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    select currency, due_on as day, 'due' as what, status, count(*) as n, sum(amount) as amount, 0 as paid
    from report_promises where status = 'open' and due_on = ${day} and ${ofLender(lender)} group by 1, 2, 4`.execute(
    db,
  );
  return rows;
}
