import { step } from './step';

/**
 * What one of the staff asked for and a second one lets happen: the lifting of a hold of weight, the end of an agreement
 * of weight. What is asked never changes; how it ended is written once.
 */
export const secondPersons = step(
  `create table second_persons (
    id text primary key,
    kind text not null check (kind in ('release', 'end-agreement')),
    account text references accounts,
    person text not null references people,
    subject text not null,
    body jsonb not null,
    content_hash text not null,
    why text,
    needs text not null,
    asked_by text not null references staff,
    asked_role text not null,
    asked_at timestamptz not null,
    until date not null,
    status text not null check (status in ('waits', 'done', 'declined', 'withdrawn')),
    decided_by text references staff,
    decided_role text,
    decided_at timestamptz,
    check ((status = 'waits') = (decided_by is null)),
    check (status <> 'done' or decided_by <> asked_by)
  )`,
  'create index second_persons_account on second_persons (account, asked_at)',
  'create index second_persons_person on second_persons (person, asked_at)',
  `create index second_persons_waiting on second_persons (until) where status = 'waits'`,
);
