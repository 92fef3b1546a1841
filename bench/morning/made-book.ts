import { Client, escapeIdentifier } from 'pg';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { openBook, type Book } from '../../src/book/open-book';
import { publish } from '../../src/book/strategies';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import { ROOT } from '../support/root';

/** The last closed day of the book, and the day after it: the morning of the report. */
export const LAST = '2026-11-24';
export const TODAY = '2026-11-25';
const FIRST = '2025-11-25';

/** Events of a kind that an account has in its year. */
const EACH = { attempts: 12, gateAnswers: 14, results: 4, payments: 3 } as const;

/**
 * Fills an empty book with so many loans and a year of events and snapshots, set by set in PostgreSQL. What stands in
 * it is made up, with the proportions of ladders 13; its figures are what the projector writes for such lives.
 */
export async function makeBook(url: string, accounts: number, say: (what: string) => void): Promise<Book> {
  const book = await openBook(url, { migrate: true, max: 4 });
  const file = join(ROOT, 'strategies', 'consumer-loan.yaml');
  const text = readFileSync(file, 'utf8');
  const { hash } = await publish(book.db, strategyOf(text, file), text);
  const client = new Client({ connectionString: url });
  await client.connect();
  // Neither triggers nor references are asked for each of the rows: they are right by how they are made.
  await client.query("set session_replication_role = 'replica'");
  await client.query("set maintenance_work_mem = '512MB'");
  await client.query("set work_mem = '256MB'");
  try {
    const indexes = await withoutIndexes(client);
    for (const [what, statement] of statements(accounts, hash)) {
      say(what);
      await client.query(statement);
    }
    say('indexes');
    for (const index of indexes) await client.query(index);
    say('statistics');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return book;
}

/** Indexes of large tables are made at the end, in one go. Answers how to make them. */
async function withoutIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes
     where tablename in ('accounts', 'journal', 'attempts', 'gate_answers', 'payment_credits', 'report_spans', 'report_promises')
       and schemaname = 'public' and indexname not in (select conname from pg_constraint)`,
  );
  for (const { indexname } of rows) await client.query(`drop index ${escapeIdentifier(indexname)}`);
  return rows.map(({ indexdef }) => indexdef);
}

/** A number that looks like chance, the same in every run: of an account, a number and a purpose. */
const chance = (purpose: number, n = '0'): string =>
  `(abs(hashint8extended(i * 1000 + ${n}, ${purpose})) % 1000000) / 1000000.0`;
const dayOf = (purpose: number, n: string): string =>
  `(date '${FIRST}' + floor(${chance(purpose, n)} * 365)::int)`;
const REF = `'b' || lpad(to_hex(i), 15, '0')`;
const PERSON = `'p' || lpad(to_hex(i), 15, '0')`;

function statements(accounts: number, hash: string): [string, string][] {
  const all = `generate_series(1::bigint, ${accounts}) as i`;
  const many = (n: number): string => `${all} cross join generate_series(1, ${n}) as k`;
  const noon = (day: string): string => `(${day} + time '04:00') at time zone 'UTC'`;
  return [
    [
      'people',
      `insert into people (ref, lender, lender_person, digit, name, language, zone)
       select ${PERSON}, 'bank', 'C' || i, i % 100, null, 'zh', 'Asia/Shanghai' from ${all}`,
    ],
    [
      'accounts',
      `insert into accounts (ref, lender, lender_number, person, product, currency, zone, strategy, enrolment,
         content_hash, status, enrolled_at, started_at, last_seq, folded_seq, stage, segment, path)
       select ${REF}, 'bank', 'N' || i, ${PERSON}, 'consumer_loan', 'CNY', 'Asia/Shanghai', '${hash}',
         jsonb_build_object('terms', jsonb_build_object('ref', ${REF}, 'lender', 'bank', 'person', ${PERSON}, 'digit', i % 100,
             'product', 'consumer_loan', 'currency', 'CNY', 'zone', 'Asia/Shanghai', 'books', 'obligations'),
           'facts', '{}'::jsonb, 'enteredOn', '${FIRST}', 'events', (select jsonb_agg(jsonb_build_object(
             'kind', 'obligation', 'id', 'o' || m, 'at', '${FIRST}T00:00:00.000Z', 'obligation', 'o' || m,
             'due', (date '${FIRST}' + 5 + m * 30)::text, 'amount', 50000 + i % 1000)) from generate_series(0, 11) as m)),
         'made', 'open', timestamptz '${FIRST} 02:00Z', now(), ${EACH.results + EACH.payments}, ${EACH.results + EACH.payments},
         (array['reminder', 'negotiation', 'agency', 'legal'])[1 + i % 4], (array['L', 'M', 'H'])[1 + i % 3],
         (array['L', 'M', 'H'])[1 + i % 3] from ${all}`,
    ],
    [
      'results and payments',
      `insert into journal (account, seq, event_id, kind, body, content_hash, at, received_at, source, told_at, late, day)
       select ${REF}, k, 'e' || k,
         case when k <= ${EACH.results} then 'contact-outcome' else 'payment' end,
         case when k <= ${EACH.results}
           then jsonb_build_object('kind', 'contact-outcome', 'id', 'e' || k, 'channel', 'call', 'step', 'I15',
             'code', (array['NA', 'NA', 'BUSY', 'TP', 'RPC-PTP', 'RPC-INT'])[1 + (i + k) % 6], 'at', ${noon('d.day')})
           else jsonb_build_object('kind', 'payment', 'id', 'e' || k, 'amount', 10000 + i % 5000, 'method', 'transfer',
             'valueDate', d.day::text, 'at', ${noon('d.day')}) end,
         'made', ${noon('d.day')}, ${noon('d.day')}, 'made', now(), false, d.day
       from ${many(EACH.results + EACH.payments)} cross join lateral (select ${dayOf(1, 'k')} as day) as d`,
    ],
    [
      'credits',
      `insert into payment_credits (account, payment, person, amount, currency, value_date, credited_to, source_account,
         source_event, step, staff)
       select j.account, j.event_id, 'p' || substr(j.account, 2), (j.body->>'amount')::bigint, 'CNY',
         (j.body->>'valueDate')::date, c.to, case when c.to <> 'unprompted' then j.account end,
         case when c.to <> 'unprompted' then 'e1' end, case when c.to = 'contact' then 'I15' end,
         case when c.to = 'contact' then 'staff-' || length(j.account) end
       from journal j cross join lateral (select (array['unprompted', 'unprompted', 'contact', 'visit', 'agency'])
         [1 + abs(hashtext(j.account || j.event_id)) % 5] as to) as c
       where j.kind = 'payment'`,
    ],
    [
      'attempts',
      `insert into attempts (id, token, person, account, strategy, step, anchor, n, channel, try, at, reserved_at,
         expires_at, status, delivery, day)
       select 'a' || i || '-' || k, 't', ${PERSON}, ${REF}, '${hash}', 'I' || (10 + k % 12), date '${FIRST}', k,
         c.channel, 1, ${noon('d.day')}, ${noon('d.day')}, ${noon('d.day')}, 'accepted',
         case when c.channel = 'sms' then 'delivered' end, d.day
       from ${many(EACH.attempts)} cross join lateral (select ${dayOf(2, 'k')} as day) as d
         cross join lateral (select (array['sms', 'call', 'voice_ai', 'email'])[1 + (i + k) % 4] as channel) as c`,
    ],
    [
      'answers of the gate',
      `insert into gate_answers (account, person, step, anchor, n, channel, at, answer, rule, known, day)
       select ${REF}, ${PERSON}, 'I' || (10 + k % 12), date '${FIRST}', k, 'sms', ${noon('d.day')},
         case when k <= ${EACH.attempts} then 'allow' else 'defer' end, case when k > ${EACH.attempts} then 'cap' end,
         jsonb_build_object('strategy', '${hash}'), d.day
       from ${many(EACH.gateAnswers)} cross join lateral (select ${dayOf(2, 'k')} as day) as d`,
    ],
    [
      'work for people',
      `insert into tasks (id, kind, account, person, step, anchor, n, action, queue, on_date, due, inputs, status)
       select 't' || i, 'task', ${REF}, ${PERSON}, 'I20', date '${FIRST}', 0, 'assign-owner', 'owner', date '${TODAY}',
         timestamptz '${TODAY} 02:00Z', '{}', case when i % 8 = 0 then 'open' else 'done' end
       from ${all} where i % 4 = 1 or i % 8 = 0`,
    ],
    [
      'snapshots',
      // A span a month and one more for every second month: payments and buckets change it between.
      `insert into report_spans (account, from_day, to_day, bucket, dpd, past_due, balance, stage, segment, holds, promised,
         written_off, contacted, ended, rolls_on, cycle, start_bucket, start_balance)
       select ${REF}, s.from_day, lead(s.from_day) over (partition by i order by s.from_day), s.bucket, s.bucket * 30,
         s.bucket * (50000 + i % 1000), (12 - k / 2) * (50000 + i % 1000),
         case when s.bucket > 0 then (array['reminder', 'negotiation', 'agency', 'legal'])[1 + i % 4] end,
         (array['L', 'M', 'H'])[1 + i % 3], case when i % 50 = 0 then 'illness' else '' end, (i + k) % 20 = 0, false, true, null,
         case when s.bucket > 0 then s.from_day + 30 end, s.month, s.start_bucket, (12 - k / 2) * (50000 + i % 1000)
       from ${many(18)} cross join lateral (select
         case when k % 3 = 0 then date '${FIRST}' + (k / 3) * 60 + 45 + (i % 14)::int
           else (date_trunc('month', date '${FIRST}' + (k - k / 3) * 30) + interval '1 month - 1 day')::date end as from_day,
         (date_trunc('month', date '${FIRST}' + (k - k / 3) * 30) + interval '1 month - 1 day')::date as month,
         floor(greatest(0, ${chance(3, 'k')} * 9 - 4))::int as bucket,
         floor(greatest(0, ${chance(4, 'k')} * 9 - 4))::int as start_bucket) as s
       where s.from_day <= date '${LAST}' on conflict do nothing`,
    ],
    [
      'accounts of the figures',
      `insert into report_accounts (account, lender, currency, product, since, opened_on, entered_on, entered_balance,
         ever30, ever60, ever90, next_change)
       select ${REF}, 'bank', 'CNY', 'consumer_loan', date '${FIRST}', date '${FIRST}' - (i % 700)::int,
         ${dayOf(5, '1')}, 600000, ${dayOf(5, '1')} + 30, case when i % 3 = 0 then ${dayOf(5, '1')} + 60 end,
         case when i % 7 = 0 then ${dayOf(5, '1')} + 90 end, date '${TODAY}' + 1 + (i % 30)::int from ${all}`,
    ],
    [
      'rolls to come',
      // Of the running spans, each within thirty days of the morning: the stop-roll gap looks at them.
      `update report_spans set rolls_on = date '${TODAY}' + (abs(hashtext(account)) % 30)
       where to_day is null and bucket > 0`,
    ],
    ['stock', stock()],
    ['running cycles', running()],
    ['moves', moves()],
    [
      'promises',
      `insert into report_promises (account, promise, lender, currency, segment, channel, taken_by, made_on, due_on, amount,
         status, judged_on, paid)
       select ${REF}, 'p', 'bank', 'CNY', (array['L', 'M', 'H'])[1 + i % 3], 'call', 'staff-' || i % 50, d.day, d.day + 5, 50000,
         case when d.day + 6 > date '${LAST}' then 'open' when i % 5 < 3 then 'kept' else 'broken' end,
         case when d.day + 6 <= date '${LAST}' then d.day + 6 end, case when i % 5 < 3 then 50000 else 0 end
       from ${all} cross join lateral (select ${dayOf(6, '1')} as day) as d where i % 2 = 0`,
    ],
    [
      'days',
      `insert into report_days (day, stale) select day::date, true
       from generate_series(date '${FIRST}', date '${LAST}', interval '1 day') as day`,
    ],
    ['marks', 'truncate report_marks'],
  ];
}

const BOOK = `'bank' as lender, 'CNY' as currency, 'consumer_loan' as product`;

const stock = (): string => `insert into report_stock
  select day, ${BOOK}, bucket, coalesce(segment, ''), coalesce(stage, ''), holds, promised, written_off, sum(n),
    sum(n * past_due), sum(n * balance)
  from report_spans cross join lateral (values (from_day, 1), (to_day, -1)) as v(day, n)
  where day is not null group by day, bucket, coalesce(segment, ''), coalesce(stage, ''), holds, promised, written_off`;

const running = (): string => `insert into report_running
  select day, ${BOOK}, start_bucket, bucket, sum(n), sum(n * start_balance)
  from report_spans cross join lateral (values (from_day, 1), (to_day, -1)) as v(day, n)
  where day is not null and start_bucket is not null group by day, start_bucket, bucket`;

const moves = (): string => `insert into report_moves
  select from_day, ${BOOK}, kind, was, bucket, count(*), sum(past_due), sum(balance) from (
    select from_day, bucket, past_due, balance, was, case when was < 0 then 'enrolled' when was = 0 then 'late'
      when bucket = 0 then 'cured' when bucket > was then 'worse' else 'better' end as kind
    from (select *, lag(bucket, 1, -1::smallint) over (partition by account order by from_day) as was from report_spans) as s
    where was <> bucket
    union all
    select from_day, bucket, past_due, balance, was, 'cycle' from (
      select *, lag(start_bucket) over (partition by account order by from_day) as was,
        lag(cycle) over (partition by account order by from_day) as before from report_spans) as c
    where was is not null and cycle is distinct from before) as m
  group by from_day, kind, was, bucket`;

/** Events that stand in the book, by what an account has. */
export function eventsOf(accounts: number): number {
  return accounts * (EACH.attempts + EACH.gateAnswers + EACH.results + EACH.payments);
}
