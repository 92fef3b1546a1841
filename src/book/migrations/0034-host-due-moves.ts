import { step } from './step';

/**
 * What each statement of a file moved in the counts of due dates: the events that `host_due` is made of. A row keeps its
 * newest due date only, so that the counts of days that are past could not be made again from the rows.
 */
export const hostDueMoves = step(
  `create table host_due_moves (
    id bigint generated always as identity primary key,
    lender text not null,
    currency text not null,
    product text not null,
    due date not null,
    accounts bigint not null,
    recorded_at timestamptz not null default clock_timestamp()
  )`,
  `create trigger host_due_moves_rows before update or delete on host_due_moves
    for each row execute function append_only()`,
  `create trigger host_due_moves_whole before truncate on host_due_moves
    for each statement execute function append_only()`,
  // What was counted before there were moves is the first of them.
  `insert into host_due_moves (lender, currency, product, due, accounts)
    select lender, currency, product, due, accounts from host_due`,
  `create or replace function count_due_inserted() returns trigger language plpgsql as $$ begin
    with moved as (
      insert into host_due_moves (lender, currency, product, due, accounts)
        select lender, currency, product, next_due, count(*) from changed where next_due is not null
        group by 1, 2, 3, 4 order by 1, 2, 3, 4
      returning lender, currency, product, due, accounts)
    insert into host_due as d (lender, currency, product, due, accounts)
      select lender, currency, product, due, accounts from moved order by 1, 2, 3, 4
    on conflict (lender, currency, product, due) do update set accounts = d.accounts + excluded.accounts;
    return null; end $$`,
  `create or replace function count_due_updated() returns trigger language plpgsql as $$ begin
    with moved as (
      insert into host_due_moves (lender, currency, product, due, accounts)
        select lender, currency, product, due, sum(n) from (
          select w.lender, w.currency, w.product, w.next_due as due, -1 as n
            from was w join changed c using (lender, number)
            where c.next_due is distinct from w.next_due and w.next_due > c.changed_on
          union all
          select c.lender, c.currency, c.product, c.next_due, 1
            from was w join changed c using (lender, number)
            where c.next_due is distinct from w.next_due and c.next_due is not null) as moved
        group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
      returning lender, currency, product, due, accounts)
    insert into host_due as d (lender, currency, product, due, accounts)
      select lender, currency, product, due, accounts from moved order by 1, 2, 3, 4
    on conflict (lender, currency, product, due) do update set accounts = d.accounts + excluded.accounts;
    return null; end $$`,
);
