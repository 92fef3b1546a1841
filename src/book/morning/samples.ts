import { sql } from 'kysely';
import type { IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { FigureRow } from './flow';

/** One value of a metric, with its labels. Labels are words of documents and codes, never anything of a person. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What the book says of the business at this moment, from the figures of the reports: a few small tables are summed,
 * no account is looked at. `today` must have been summed before.
 */
export async function readSamples(db: Db, today: IsoDate): Promise<Sample[]> {
  return [
    ...(await stock(db, today)),
    ...(await moves(db, today)),
    ...(await events(db, today)),
    ...(await order(db)),
  ];
}

async function stock(db: Db, today: IsoDate): Promise<Sample[]> {
  const { rows } = await sql<{
    currency: string;
    bucket: number;
    stage: string;
    n: number;
    due: number;
    promised: number;
  }>`
    select currency, bucket, stage, sum(accounts) as n, sum(past_due) as due,
      coalesce(sum(accounts) filter (where promised), 0) as promised
    from report_stock where day <= ${today} group by currency, bucket, stage`.execute(db);
  return rows.flatMap(({ currency, bucket, stage, n, due, promised }) => {
    const labels = { currency, bucket: `M${bucket}`, stage: stage === '' ? 'none' : stage };
    return [
      { metric: 'forbear_accounts', labels, value: Number(n) },
      { metric: 'forbear_past_due_minor_units', labels, value: Number(due) },
      { metric: 'forbear_promises_open', labels, value: Number(promised) },
    ];
  });
}

async function moves(db: Db, today: IsoDate): Promise<Sample[]> {
  const { rows } = await sql<{ currency: string; kind: string; n: number }>`
    select currency, kind, sum(accounts) as n from report_moves where day = ${today} and kind <> 'cycle'
    group by currency, kind`.execute(db);
  const promises = await sql<{ currency: string; status: string; n: number }>`
    select currency, status, count(*) as n from report_promises where judged_on = ${today} group by 1, 2`.execute(
    db,
  );
  return [
    ...rows.map(({ currency, kind, n }) => ({
      metric: 'forbear_moves_today',
      labels: { currency, move: kind },
      value: Number(n),
    })),
    ...promises.rows.map(({ currency, status, n }) => ({
      metric: 'forbear_promises_judged_today',
      labels: { currency, verdict: status },
      value: Number(n),
    })),
  ];
}

async function events(db: Db, today: IsoDate): Promise<Sample[]> {
  const { rows } = await sql<Omit<FigureRow, 'day' | 'step' | 'strategy'>>`
    select currency, figure, part, sum(n) as n, sum(amount) as amount
    from report_figures where day = ${today} group by currency, figure, part`.execute(db);
  return rows.flatMap(({ currency, figure, part, n, amount }): Sample[] => {
    if (figure === 'attempts')
      return [{ metric: 'forbear_contacts_today', labels: { channel: part }, value: Number(n) }];
    if (figure.startsWith('gate-'))
      return [
        {
          metric: 'forbear_gate_answers_today',
          // A rule of a switch names what was stopped: only its kind is a label.
          labels: { answer: figure.slice('gate-'.length), rule: part.split(':')[0] ?? '' },
          value: Number(n),
        },
      ];
    if (figure !== 'payments' && figure !== 'reversals') return [];
    const labels = { currency, kind: figure };
    return [
      { metric: 'forbear_money_today_minor_units', labels, value: Number(amount) },
      { metric: 'forbear_money_facts_today', labels, value: Number(n) },
    ];
  });
}

/** Whether what must be told is told, and what must be known is known. */
async function order(db: Db): Promise<Sample[]> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from journal where told_at is null) as untold,
    (select coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0) from journal where told_at is null) as oldest,
    (select count(*) from attempts where status = 'unknown') as unknown,
    (select count(*) from switches where opened_at is null) as stops,
    (select count(*) from report_marks) as behind`.execute(db);
  const tasks = await sql<{ kind: string; n: number }>`
    select kind, count(*) as n from tasks where status = 'open' group by kind`.execute(db);
  const host = await sql<{ lender: string; age: number }>`
    select lender, extract(epoch from clock_timestamp() - as_of) as age from host_data`.execute(db);
  const of = (metric: string, value: unknown, labels: Sample['labels'] = {}): Sample => ({
    ...{ metric, labels, value: Number(value ?? 0) },
  });
  const [one = {}] = rows;
  return [
    of('forbear_facts_untold', one['untold']),
    of('forbear_facts_untold_oldest_seconds', one['oldest']),
    of('forbear_attempts_unknown', one['unknown']),
    of('forbear_stops', one['stops']),
    of('forbear_figures_behind', one['behind']),
    ...tasks.rows.map(({ kind, n }) => of('forbear_tasks_open', n, { kind })),
    ...host.rows.map(({ lender, age }) => of('forbear_host_data_age_seconds', age, { lender })),
  ];
}
