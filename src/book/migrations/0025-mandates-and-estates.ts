import { step } from './step';

/** Who acts for a person on all accounts, by a mandate that was checked once; what an heir has from the estate. */
export const mandatesAndEstates = step(
  'alter table parties add column estate bigint check (estate >= 0)',
  `create table mandates (
    person text not null references people,
    representative text not null references people,
    since date not null,
    until date,
    checked_by text not null,
    checked_at timestamptz not null,
    primary key (person, representative)
  )`,
);
