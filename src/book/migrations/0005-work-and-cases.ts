import { step } from './step';

export const workAndCases = step(
  `create table tasks (
    id text primary key,
    kind text not null check (kind in ('campaign', 'visit', 'letter', 'task')),
    account text not null references accounts,
    person text not null references people,
    step text not null,
    anchor date not null,
    n integer not null,
    action text,
    queue text,
    on_date date not null,
    window_from text,
    window_to text,
    place text references endpoints,
    daily_attempts integer,
    days integer,
    due timestamptz not null,
    chase_at timestamptz,
    chased integer not null default 0,
    status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
    result text,
    inputs jsonb not null,
    opened_at timestamptz not null default now(),
    closed_at timestamptz,
    unique (account, step, anchor, n, kind)
  )`,
  `create index tasks_open on tasks (on_date, queue) where status = 'open'`,
  'create index tasks_account on tasks (account)',
  `create table cases (
    id text primary key,
    account text not null references accounts,
    step text not null,
    anchor date not null,
    n integer not null,
    status text not null default 'drafted' check (status in ('drafted', 'approved', 'filed', 'rejected')),
    dossier jsonb not null,
    approved_by text,
    drafted_at timestamptz not null,
    approved_at timestamptz,
    filed_at timestamptz,
    unique (account, step, anchor, n)
  )`,
  `create table host_actions (
    id text primary key,
    account text not null references accounts,
    step text not null,
    anchor date not null,
    n integer not null,
    action text not null,
    status text not null default 'requested' check (status in ('requested', 'answered')),
    result text,
    requested_at timestamptz not null,
    answered_at timestamptz,
    unique (account, step, anchor, n)
  )`,
  `create table bureau_notices (
    account text not null references accounts,
    step text not null,
    on_date date not null,
    episode date,
    primary key (account, step, on_date)
  )`,
  `create table bureau_records (
    account text not null references accounts,
    month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    body jsonb not null,
    made_at timestamptz not null default now(),
    primary key (account, month)
  )`,
);
