import { sql } from 'kysely';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';

/**
 * Ends open call campaigns that have their end: a conversation with the right person, a promise, money, or the person
 * calling in, since the campaign was opened and not after `now`. The gate refuses such a call anyway; this keeps it out
 * of the collectors' lists. Answers how many.
 */
export async function endCampaigns(db: Db, now: Instant): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE tasks SET status = 'cancelled', result = ended.kind, closed_at = ${now}
    FROM (
      SELECT DISTINCT ON (tasks.id) tasks.id, journal.kind
      FROM tasks JOIN journal ON journal.account = tasks.account
      WHERE tasks.kind = 'campaign' AND tasks.status = 'open'
        AND journal.received_at > tasks.opened_at AND journal.at <= ${now}
        AND (
          (journal.kind = 'payment' AND NOT coalesce((journal.body ->> 'pending')::boolean, false))
          OR (journal.kind = 'promise' AND journal.body ? 'date')
          OR (journal.kind = 'contact-outcome'
              AND (journal.body ->> 'code' LIKE 'RPC-%' OR journal.body ->> 'code' = 'IN'))
        )
      ORDER BY tasks.id, journal.seq
    ) AS ended
    WHERE tasks.id = ended.id AND tasks.status = 'open'`.execute(db);
  return Number(numAffectedRows);
}
