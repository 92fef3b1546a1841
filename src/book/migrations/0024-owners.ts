import { step } from './step';

/** Who of the staff owns a person, every hand-over with its reason, and until when a member of staff is away. */
export const owners = step(
  `create table owners (
    person text primary key references people,
    owner text not null,
    task text references tasks,
    since timestamptz not null
  )`,
  'create index owners_owner on owners (owner)',
  `create table owner_acts (
    id bigint generated always as identity primary key,
    person text not null references people,
    before text,
    owner text,
    by text not null,
    reason text not null,
    task text references tasks,
    at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp()
  )`,
  'create index owner_acts_person on owner_acts (person, id)',
  `create trigger owner_acts_rows before update or delete on owner_acts
    for each row execute function append_only()`,
  `create trigger owner_acts_whole before truncate on owner_acts
    for each statement execute function append_only()`,
  'alter table staff add column away_until date',
  'alter table staff_acts drop constraint staff_acts_act_check',
  `alter table staff_acts add constraint staff_acts_act_check
    check (act in ('add', 'confirm', 'key', 'leave', 'away', 'back'))`,
);
