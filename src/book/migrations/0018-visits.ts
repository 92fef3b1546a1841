import { step } from './step';

/**
 * Where addresses lie and what is known of them, and every visit: who went, showing what, for which purpose, and what
 * shows that it was made.
 */
export const visits = step(
  `create table places (
    endpoint text primary key references endpoints,
    kind text check (kind in ('home', 'delivery', 'register', 'work')),
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    verified_on date,
    off_limits text,
    said_by text,
    said_at timestamptz not null default now(),
    check ((latitude is null) = (longitude is null))
  )`,
  `create table visits (
    task text not null references tasks,
    n integer not null check (n > 0),
    account text not null references accounts,
    person text not null references people,
    place text references endpoints,
    party jsonb not null,
    purpose text not null,
    set_out_at timestamptz not null,
    result text,
    ended_at timestamptz,
    seen_at timestamptz,
    latitude double precision,
    longitude double precision,
    recordings jsonb not null default '[]',
    primary key (task, n)
  )`,
  'create index visits_account on visits (account, set_out_at)',
);
