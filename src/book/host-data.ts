import { sql } from 'kysely';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';

/** As of when the lender's newest file told of its accounts; null where none ever came. */
export async function hostDataOf(db: Db, lender: string): Promise<Instant | null> {
  return (await hostDataRow(db, lender).executeTakeFirst())?.asOf ?? null;
}

export function hostDataRow(db: Db, lender: string) {
  return db.selectFrom('hostData').select('asOf').where('lender', '=', lender);
}

/** A file has told of the lender's accounts as of that moment; what is older than the last one changes nothing. */
export async function noteHostData(db: Db, lender: string, asOf: Instant): Promise<void> {
  await db
    .insertInto('hostData')
    .values({ lender, asOf })
    .onConflict((conflict) =>
      conflict.column('lender').doUpdateSet({
        asOf: sql<Instant>`greatest(host_data.as_of, excluded.as_of)`,
        notedAt: sql<Instant>`clock_timestamp()`,
      }),
    )
    .execute();
}
