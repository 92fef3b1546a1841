import { sql } from 'kysely';
import { inTransaction, type Db } from '../open-book';

/**
 * Forgets everything that the figures are made of, and marks every account and every day: catching up then makes it
 * again from the events. Killed in between, the next catching up goes on with it.
 */
export function forgetFigures(db: Db): Promise<void> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('report figures', 0))`.execute(tx);
    await sql`truncate report_accounts, report_spans, report_promises, report_stock, report_running, report_moves,
      report_days, report_figures`.execute(tx);
    // Files wait while the counts of due dates are added up again: a move in between would be counted twice or lost.
    await sql`lock table host_due in share row exclusive mode`.execute(tx);
    await sql`delete from host_due`.execute(tx);
    await sql`insert into host_due (lender, currency, product, due, accounts)
      select lender, currency, product, due, sum(accounts) from host_due_moves group by 1, 2, 3, 4`.execute(
      tx,
    );
    await sql`insert into report_marks (account) select ref from accounts order by ref`.execute(tx);
    await sql`insert into report_days (day, stale) select day, true from (
      select distinct day from journal union select distinct day from attempts
      union select distinct day from gate_answers) as days where day is not null`.execute(tx);
  });
}
