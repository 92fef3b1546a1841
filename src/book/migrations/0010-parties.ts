import { step } from './step';

/** Everybody on an account, what belongs to a person, and which accounts a contact speaks of. */
export const parties = step(
  `create table parties (
    account text not null references accounts,
    person text not null references people,
    role text not null
      check (role in ('main', 'joint', 'guarantor', 'supplementary', 'heir', 'representative')),
    since date not null,
    until date,
    limitation date,
    primary key (account, person, role)
  )`,
  'create index parties_person on parties (person)',
  `create unique index parties_main on parties (account) where role = 'main'`,
  `insert into parties (account, person, role, since)
    select ref, person, 'main', enrolled_at::date from accounts`,
  `create table person_holds (
    person text not null references people,
    hold text not null,
    type text not null,
    from_date date not null,
    until date,
    origin text references accounts,
    said_at timestamptz not null,
    said_by text,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (person, hold)
  )`,
  `create table consents (
    id bigint generated always as identity primary key,
    person text not null references people,
    channel text not null,
    says text not null check (says in ('given', 'refused')),
    said_at timestamptz not null,
    said_by text,
    recorded_at timestamptz not null default clock_timestamp()
  )`,
  'create index consents_person on consents (person, channel, id)',
  'alter table attempts add tone smallint, add asked_by text references accounts',
  'alter table attempts drop constraint attempts_account_step_anchor_n_channel_try_key',
  'alter table attempts add unique (account, person, step, anchor, n, channel, try)',
  'alter table tasks drop constraint tasks_account_step_anchor_n_kind_key',
  'alter table tasks add unique (account, person, step, anchor, n, kind)',
  `create table named_accounts (
    attempt text not null references attempts,
    account text not null references accounts,
    past_due bigint not null,
    primary key (attempt, account)
  )`,
  'create index named_accounts_account on named_accounts (account)',
);
