import { step } from './step';

/** What each role may give up a month, and who stands in for whom. Both are only added to: the last word stands. */
export const authority = step(
  `create table role_budgets (
    id bigint generated always as identity primary key,
    role text not null,
    amount bigint not null check (amount >= 0),
    by text not null,
    at timestamptz not null default clock_timestamp()
  )`,
  `create trigger role_budgets_rows before update or delete on role_budgets
    for each row execute function append_only()`,
  `create table staff_deputies (
    id bigint generated always as identity primary key,
    member text not null references staff,
    deputy text not null references staff,
    from_day date not null,
    until_day date not null,
    at timestamptz not null default clock_timestamp(),
    check (until_day >= from_day and member <> deputy)
  )`,
  'create index staff_deputies_deputy on staff_deputies (deputy, until_day)',
);
