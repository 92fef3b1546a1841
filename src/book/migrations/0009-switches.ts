import { step } from './step';

const APPEND_ONLY = (table: string): readonly string[] => [
  `create trigger ${table}_rows before update or delete on ${table}
    for each row execute function append_only()`,
  `create trigger ${table}_whole before truncate on ${table}
    for each statement execute function append_only()`,
];

/** Stops, who made and opened them, the staff who may, and what volume and freshness are judged by. */
export const switches = step(
  `create function append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'evidence is only added to' using errcode = 'insufficient_privilege';
    end
  $$`,
  `create table staff (
    ref text primary key,
    roles text[] not null,
    key_hash text not null unique,
    added_at timestamptz not null default clock_timestamp(),
    active_at timestamptz,
    left_at timestamptz
  )`,
  `create table staff_acts (
    id bigint generated always as identity primary key,
    member text not null references staff,
    act text not null check (act in ('add', 'confirm', 'key', 'leave')),
    roles text[] not null,
    by text not null,
    at timestamptz not null default clock_timestamp()
  )`,
  ...APPEND_ONLY('staff_acts'),
  `create table switches (
    id text primary key,
    cause text not null check (cause in ('person', 'volume')),
    scope text not null check
      (scope in ('everything', 'channel', 'template', 'strategy', 'segment', 'agency', 'jurisdiction')),
    value text,
    lender text,
    notices boolean not null,
    stopped_at timestamptz not null default clock_timestamp(),
    acknowledged_at timestamptz,
    opened_at timestamptz,
    check ((scope = 'everything') = (value is null))
  )`,
  `create unique index switches_standing
    on switches (cause, scope, coalesce(value, ''), coalesce(lender, ''), notices) where opened_at is null`,
  `create table switch_acts (
    id bigint generated always as identity primary key,
    switch text not null references switches,
    act text not null check (act in ('stop', 'acknowledge', 'ask', 'open')),
    by text not null,
    role text,
    why text,
    detail jsonb,
    at timestamptz not null default clock_timestamp()
  )`,
  'create index switch_acts_switch on switch_acts (switch, id)',
  ...APPEND_ONLY('switch_acts'),
  `create table volume_counts (
    lender text not null,
    channel text not null,
    day date not null,
    shard smallint not null,
    n integer not null,
    primary key (lender, channel, day, shard)
  ) with (fillfactor = 50)`,
  `create table volume_days (
    lender text not null,
    channel text not null,
    day date not null,
    most integer not null,
    planned integer,
    released boolean not null default false,
    primary key (lender, channel, day)
  )`,
  `create table volume_rules (
    lender text not null,
    channel text not null,
    times numeric not null check (times >= 1),
    floor integer not null check (floor >= 0),
    primary key (lender, channel)
  )`,
  `create table host_data (
    lender text primary key,
    as_of timestamptz not null,
    noted_at timestamptz not null default clock_timestamp()
  )`,
  'alter table host_actions add column asked_at timestamptz, add column handed_at timestamptz',
  `create index attempts_unknown on attempts (reserved_at) where status = 'unknown'`,
  `create index gate_answers_old_data on gate_answers (recorded_at) where rule = 'host-data-old'`,
);
