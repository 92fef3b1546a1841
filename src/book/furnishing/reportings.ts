import { sql, type Selectable } from 'kysely';
import type { BureauRules, Reporting } from '../../domain/bureau/reporting';
import { fail } from '../../domain/errors/forbear-error';
import type { Db } from '../open-book';
import type { Tables } from '../tables';

export type ReportingRow = Selectable<Tables['bureauReportings']>;

/** Keeps a reporting's settings, new or changed; one that was stopped goes on. Its lender and format stay. */
export async function putReporting(
  db: Db,
  settings: Reporting,
  rules: BureauRules,
  document: string,
): Promise<'new' | 'changed'> {
  const { name, lender } = settings;
  const before = await db
    .selectFrom('bureauReportings')
    .select(['lender', 'settings'])
    .where('name', '=', name)
    .executeTakeFirst();
  // What was told of an account is remembered in the words of its format: another one is another reporting.
  if (before !== undefined && (before.lender !== lender || before.settings.format !== settings.format))
    fail('BUREAU_REPORTING_FIXED', { name });
  const values = {
    ...{ name, lender, document, stoppedAt: null },
    ...{ settings: JSON.stringify(settings), rules: JSON.stringify(rules) },
  };
  await db
    .insertInto('bureauReportings')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ ...values, changedAt: sql<string>`clock_timestamp()` }),
    )
    .execute();
  return before === undefined ? 'new' : 'changed';
}

/** Throws BUREAU_REPORTING_UNKNOWN. */
export async function reportingOf(db: Db, name: string): Promise<ReportingRow> {
  const row = await db.selectFrom('bureauReportings').selectAll().where('name', '=', name).executeTakeFirst();
  return row ?? fail('BUREAU_REPORTING_UNKNOWN', { name });
}

export function listReportings(db: Db): Promise<ReportingRow[]> {
  return db.selectFrom('bureauReportings').selectAll().orderBy('name').execute();
}

/** No further cycle is begun; what was told stays. Throws BUREAU_REPORTING_UNKNOWN. */
export async function stopReporting(db: Db, name: string): Promise<void> {
  await reportingOf(db, name);
  await db
    .updateTable('bureauReportings')
    .set({ stoppedAt: sql<string>`clock_timestamp()` })
    .where('name', '=', name)
    .where('stoppedAt', 'is', null)
    .execute();
}
