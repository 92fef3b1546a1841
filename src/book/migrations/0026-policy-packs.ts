import { step } from './step';

/** Packs of rules as they are published, what a contact was for the packs, and what else happened that they ask for. */
export const policyPacks = step(
  `create table policy_packs (
    hash text primary key,
    name text not null,
    version integer not null,
    effective date not null,
    document text not null,
    compiled jsonb not null,
    published_at timestamptz not null default clock_timestamp(),
    unique (name, version)
  )`,
  'alter table attempts add purpose text, add party text, add place text',
  'alter table endpoints add source text',
  `create table happenings (
    id bigint generated always as identity primary key,
    person text not null references people,
    account text references accounts,
    endpoint text references endpoints,
    event text not null,
    at timestamptz not null,
    until timestamptz,
    said jsonb not null,
    said_by text,
    recorded_at timestamptz not null default clock_timestamp()
  )`,
  'create index happenings_person on happenings (person, at)',
);
