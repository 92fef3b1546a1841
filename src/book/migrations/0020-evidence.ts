import { step } from './step';

/**
 * What was asked of the gate and what came of it, chained by hash for each person; once a day the ends of all chains
 * are sealed together. From here on `known` stands in the chain alone.
 */
export const evidence = step(
  `create table chains (
    id text primary key,
    person text unique references people,
    salt text,
    subject text not null,
    length integer not null default 0,
    head text not null,
    check ((person is null) = (salt is null))
  )`,
  `create table evidence (
    chain text not null references chains,
    n integer not null check (n > 0),
    kind text not null,
    account text references accounts,
    at timestamptz not null,
    recorded_at timestamptz not null,
    body jsonb not null,
    prev text not null,
    hash text not null,
    primary key (chain, n)
  )`,
  'create index evidence_account on evidence (account, recorded_at)',
  `create table seals (
    no integer primary key check (no > 0),
    day date not null unique,
    sealed_at timestamptz not null,
    heads integer not null,
    root text not null,
    prev text not null,
    hash text not null
  )`,
  `create table sealed_heads (
    seal integer not null references seals deferrable initially deferred,
    chain text not null references chains,
    n integer not null,
    head text not null,
    primary key (chain, n)
  )`,
  'create index sealed_heads_seal on sealed_heads (seal, chain)',
  ...['evidence', 'seals', 'sealed_heads'].flatMap((table) => [
    `create trigger ${table}_rows before update or delete on ${table}
      for each row execute function append_only()`,
    `create trigger ${table}_whole before truncate on ${table}
      for each statement execute function append_only()`,
  ]),
  'alter table people add erased_at timestamptz',
  'alter table gate_answers alter column known drop not null, add strategy text',
);
