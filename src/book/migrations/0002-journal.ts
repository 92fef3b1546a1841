import { step } from './step';

export const journal = step(
  `create table journal (
    account text not null references accounts,
    seq bigint not null,
    event_id text not null,
    kind text not null,
    body jsonb not null,
    content_hash text not null,
    at timestamptz not null,
    received_at timestamptz not null default clock_timestamp(),
    source text not null,
    told_at timestamptz,
    late boolean not null,
    primary key (account, seq),
    unique (account, event_id)
  )`,
  'create index journal_untold on journal (received_at) where told_at is null',
  `create table decisions (
    id bigint generated always as identity primary key,
    account text not null references accounts,
    content_hash text not null,
    at timestamptz not null,
    code text not null,
    args jsonb not null,
    action jsonb,
    result jsonb,
    strategy text not null,
    generation integer not null,
    recorded_at timestamptz not null default now(),
    unique (account, content_hash)
  )`,
  `create table aside (
    account text not null references accounts,
    content_hash text not null,
    at timestamptz not null,
    name text not null,
    reason text not null,
    primary key (account, content_hash)
  )`,
);
