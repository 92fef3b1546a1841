import { step } from './step';

/**
 * What reports are made of (book/morning). Marks are written by triggers, in the transaction of the event itself and
 * whoever writes it, so that no event can be forgotten; everything else here is made from the events and can be made
 * again.
 */
export const morning = step(
  // The day in whose figures something counts: when it happened, or, told after that day was closed in the morning
  // after it, when it was known. A rehearsal tells the time by its accounts alone.
  `create function report_day(at timestamptz, known timestamptz, zone text, kind text) returns date
    language sql immutable parallel safe as $$
      select case when kind = 'real'
        then greatest((at at time zone zone)::date, ((known at time zone zone) - interval '8 hours 30 minutes')::date)
        else (at at time zone zone)::date end $$`,
  'alter table journal add column day date',
  'alter table decisions add column day date',
  'alter table attempts add column day date',
  'alter table gate_answers add column day date',
  `update journal j set day = report_day(j.at, j.received_at, a.zone, c.kind)
    from accounts a, clock c where a.ref = j.account`,
  `update decisions d set day = report_day(d.at, d.recorded_at, a.zone, c.kind)
    from accounts a, clock c where a.ref = d.account`,
  'update attempts t set day = (t.at at time zone a.zone)::date from accounts a where a.ref = t.account',
  'update gate_answers g set day = (g.at at time zone a.zone)::date from accounts a where a.ref = g.account',
  `create function journal_day() returns trigger language plpgsql as $$ begin
    select report_day(new.at, new.received_at, a.zone, c.kind) into new.day
      from accounts a, clock c where a.ref = new.account;
    return new; end $$`,
  `create function decisions_day() returns trigger language plpgsql as $$ begin
    select report_day(new.at, new.recorded_at, a.zone, c.kind) into new.day
      from accounts a, clock c where a.ref = new.account;
    return new; end $$`,
  `create function contact_day() returns trigger language plpgsql as $$ begin
    select (new.at at time zone a.zone)::date into new.day from accounts a where a.ref = new.account;
    return new; end $$`,
  'create trigger journal_day before insert on journal for each row execute function journal_day()',
  'create trigger decisions_day before insert on decisions for each row execute function decisions_day()',
  'create trigger attempts_day before insert on attempts for each row execute function contact_day()',
  'create trigger gate_answers_day before insert on gate_answers for each row execute function contact_day()',
  'create index journal_day on journal (day)',
  'create index attempts_day on attempts (day)',
  'create index gate_answers_day on gate_answers (day)',
  // An account whose figures, and a day whose sums, are behind the events.
  `create table report_marks (
    id bigint generated always as identity primary key,
    account text,
    day date
  )`,
  `create function mark_account_days() returns trigger language plpgsql as $$ begin
    insert into report_marks (account, day) select distinct account, day from changed;
    return null; end $$`,
  // A step that was done or left out changes no figure of the account.
  `create function mark_decided() returns trigger language plpgsql as $$ begin
    insert into report_marks (account) select distinct account from changed
      where code in ('stage-enter', 'stage-leave', 'segment', 'segment-fall') or code like 'promise-%' or code like 'close-%';
    return null; end $$`,
  `create function mark_days() returns trigger language plpgsql as $$ begin
    insert into report_marks (day) select distinct day from changed;
    return null; end $$`,
  `create function mark_accounts() returns trigger language plpgsql as $$ begin
    insert into report_marks (account) select ref from changed;
    return null; end $$`,
  `create function mark_account() returns trigger language plpgsql as $$ begin
    insert into report_marks (account) values (new.ref);
    return null; end $$`,
  ...[
    ['journal', 'insert', 'mark_account_days'],
    ['decisions', 'insert', 'mark_decided'],
    ['attempts', 'insert', 'mark_days'],
    ['attempts', 'update', 'mark_days'],
    ['gate_answers', 'insert', 'mark_days'],
    ['accounts', 'insert', 'mark_accounts'],
  ].map(
    ([table, event, run]) =>
      `create trigger ${table}_${event}_marks after ${event} on ${table} referencing new table as changed
        for each statement execute function ${run}()`,
  ),
  // Another strategy may count otherwise.
  `create trigger accounts_strategy_mark after update on accounts for each row
    when (old.strategy is distinct from new.strategy) execute function mark_account()`,
  `create table report_accounts (
    account text primary key,
    lender text not null,
    currency text not null,
    product text not null,
    since date not null,
    opened_on date,
    entered_on date,
    entered_balance bigint not null,
    ever30 date,
    ever60 date,
    ever90 date,
    next_change date
  )`,
  // Counted every morning: without these each would read the whole of every account.
  `create index accounts_live on accounts (strategy) where status = 'open'`,
  `create index accounts_to_own on accounts (ref, lender)
    where status = 'open' and stage in ('negotiation', 'field-visit')`,
  `create index tasks_owned on tasks (account) where action = 'assign-owner' and status = 'done'`,
  'create index report_accounts_due on report_accounts (next_change) where next_change is not null',
  `create table report_spans (
    account text not null,
    from_day date not null,
    to_day date,
    bucket smallint not null,
    dpd integer not null,
    past_due bigint not null,
    balance bigint not null,
    stage text,
    segment text,
    holds text not null,
    promised boolean not null,
    written_off boolean not null,
    contacted boolean not null,
    ended text,
    rolls_on date,
    cycle date,
    start_bucket smallint,
    start_balance bigint,
    primary key (account, from_day) include (to_day, bucket, ended)
  )`,
  'create index report_spans_rolls on report_spans (rolls_on) where rolls_on is not null',
  `create table report_promises (
    account text not null,
    promise text not null,
    lender text not null,
    currency text not null,
    segment text,
    channel text not null,
    taken_by text,
    made_on date not null,
    due_on date not null,
    amount bigint not null,
    status text not null,
    judged_on date,
    paid bigint not null,
    primary key (account, promise)
  )`,
  'create index report_promises_judged on report_promises (judged_on) where judged_on is not null',
  'create index report_promises_made on report_promises (made_on)',
  `create index report_promises_open on report_promises (due_on) where status = 'open'`,
  `create table report_stock (
    day date not null,
    lender text not null,
    currency text not null,
    product text not null,
    bucket smallint not null,
    segment text not null,
    stage text not null,
    holds text not null,
    promised boolean not null,
    written_off boolean not null,
    accounts bigint not null,
    past_due bigint not null,
    balance bigint not null,
    primary key (day, lender, currency, product, bucket, segment, stage, holds, promised, written_off)
  )`,
  `create table report_running (
    day date not null,
    lender text not null,
    currency text not null,
    product text not null,
    start_bucket smallint not null,
    bucket smallint not null,
    accounts bigint not null,
    balance bigint not null,
    primary key (day, lender, currency, product, start_bucket, bucket)
  )`,
  `create table report_moves (
    day date not null,
    lender text not null,
    currency text not null,
    product text not null,
    kind text not null,
    from_bucket smallint not null,
    to_bucket smallint not null,
    accounts bigint not null,
    past_due bigint not null,
    balance bigint not null,
    primary key (day, lender, currency, product, kind, from_bucket, to_bucket)
  )`,
  // Days on which anything happened; a stale one is summed again before it is read.
  `create table report_days (
    day date primary key,
    stale boolean not null
  )`,
  `create table report_figures (
    day date not null,
    lender text not null,
    currency text not null,
    figure text not null,
    part text not null,
    step text not null,
    strategy text not null,
    n bigint not null,
    amount bigint not null,
    primary key (day, lender, currency, figure, part, step, strategy)
  )`,
  // A plan as it was made: the morning of its day shows it.
  `create table report_plans (
    day date not null,
    lender text not null,
    made_at timestamptz not null default clock_timestamp(),
    body jsonb not null,
    primary key (day, lender, made_at)
  )`,
  `create index journal_disputes on journal (account, (body->>'dispute'))
    where kind in ('dispute-raised', 'dispute-resolved')`,
  'insert into report_marks (account) select ref from accounts',
  `insert into report_days (day, stale) select distinct day, true from
    (select day from journal union select day from attempts union select day from gate_answers) as days
    where day is not null`,
);
