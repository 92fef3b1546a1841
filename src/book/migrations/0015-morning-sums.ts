import { step } from './step';

/**
 * What the morning asks for besides: accounts due by the host's files, which most never come into the book, and short
 * ways to appointments, placements and very old debts.
 */
export const morningSums = step(
  // Accounts whose next due date was that day, by the host's files: a date that was named counts once, and a date that
  // was taken back before it came counts no more. Kept in the transaction of the row, whoever writes it.
  `create table host_due (
    lender text not null,
    currency text not null,
    product text not null,
    due date not null,
    accounts bigint not null,
    primary key (lender, currency, product, due)
  )`,
  `create function count_due_inserted() returns trigger language plpgsql as $$ begin
    insert into host_due as d (lender, currency, product, due, accounts)
      select lender, currency, product, next_due, count(*) from changed where next_due is not null
      group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (lender, currency, product, due) do update set accounts = d.accounts + excluded.accounts;
    return null; end $$`,
  `create function count_due_updated() returns trigger language plpgsql as $$ begin
    insert into host_due as d (lender, currency, product, due, accounts)
      select lender, currency, product, due, sum(n) from (
        select w.lender, w.currency, w.product, w.next_due as due, -1 as n
          from was w join changed c using (lender, number)
          where c.next_due is distinct from w.next_due and w.next_due > c.changed_on
        union all
        select c.lender, c.currency, c.product, c.next_due, 1
          from was w join changed c using (lender, number)
          where c.next_due is distinct from w.next_due and c.next_due is not null) as moved
      group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
    on conflict (lender, currency, product, due) do update set accounts = d.accounts + excluded.accounts;
    return null; end $$`,
  `create trigger host_rows_insert_due after insert on host_rows referencing new table as changed
    for each statement execute function count_due_inserted()`,
  `create trigger host_rows_update_due after update on host_rows
    referencing old table as was new table as changed for each statement execute function count_due_updated()`,
  `insert into host_due select lender, currency, product, next_due, count(*) from host_rows
    where next_due is not null group by 1, 2, 3, 4`,
  `create index journal_appointments on journal (account)
    where body ? 'callBackAt' or body ? 'followUpOn'`,
  `create index journal_placed on journal (account) where kind = 'hold' and body->>'type' = 'placed'`,
  `create index journal_complaints on journal (account) where kind = 'hold' and body->>'type' = 'complaint'`,
  'create index report_spans_oldest on report_spans (account) where to_day is null and bucket >= 7',
  // Each holds all that its question asks for, so that no row is fetched: rows of one day lie all over a large table.
  'drop index attempts_day',
  `create index attempts_made on attempts (day) include (account, person, channel)
    where status in ('reserved', 'accepted', 'unknown')`,
  'drop index report_spans_rolls',
  `create index report_spans_rolling on report_spans (rolls_on) include (account, from_day, to_day, past_due)
    where rolls_on is not null and not promised and ended is null`,
  `create index report_spans_late on report_spans (account) include (from_day)
    where to_day is null and bucket > 0 and ended is null`,
  `create index report_spans_was_late on report_spans (to_day) include (account, from_day)
    where bucket > 0 and ended is null`,
  // A figure of the days is new: accounts that were worked.
  'update report_days set stale = true',
);
