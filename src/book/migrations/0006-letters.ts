import { step } from './step';

export const letters = step(
  `create table letters (
    task text primary key references tasks,
    account text not null references accounts,
    person text not null references people,
    status text not null default 'draft' check (status in ('draft', 'posted')),
    template text not null,
    template_hash text not null,
    language text not null,
    tone integer,
    sent_to text,
    subject text,
    body text,
    at timestamptz not null
  )`,
  'create index letters_account on letters (account, at)',
);
