import { step } from './step';

export const bureauCorrections = step(
  // A month's record stays as it was made; what is known better later stands beside it, the last one counts.
  `create table bureau_corrections (
    account text not null,
    month text not null,
    n integer not null check (n > 0),
    body jsonb not null,
    reason text not null,
    at timestamptz not null,
    made_at timestamptz not null default now(),
    primary key (account, month, n),
    foreign key (account, month) references bureau_records
  )`,
);
