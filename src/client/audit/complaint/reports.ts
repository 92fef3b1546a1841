import type { Db } from '../../../book/open-book';
import type { Finding } from './kinds';

/** What a bureau was told of these accounts, each with the notice that went before it. */
export async function reportsOf(db: Db, accounts: readonly string[]): Promise<readonly Finding[]> {
  if (accounts.length === 0) return [];
  const notices = await db
    .selectFrom('bureauNotices')
    .selectAll()
    .where('account', 'in', [...accounts])
    .orderBy('onDate')
    .execute();
  const files = await db
    .selectFrom('bureauTold')
    .innerJoin('bureauFiles', 'bureauFiles.id', 'bureauTold.file')
    .select(['bureauTold.account', 'bureauFiles.onDate', 'bureauFiles.reporting', 'bureauFiles.month'])
    .where('bureauTold.account', 'in', [...accounts])
    .where('bureauTold.state', '=', 'in')
    .orderBy('bureauFiles.no')
    .execute();
  const records = await db
    .selectFrom('bureauRecords')
    .select(['account', 'month', 'madeAt'])
    .where('account', 'in', [...accounts])
    .execute();
  const told = [
    ...files.map(({ account, onDate, reporting, month }) => ({
      account,
      day: onDate,
      what: `${month} told to ${reporting}`,
    })),
    ...records.map(({ account, month, madeAt }) => ({
      account,
      day: madeAt.slice(0, 10),
      what: `${month} put on record`,
    })),
  ];
  return told.map(({ account, day, what }) => {
    const notice = notices.filter((one) => one.account === account && one.onDate <= day).at(-1);
    return notice === undefined
      ? {
          at: day,
          account,
          what,
          verdict: 'unexplained',
          why: 'no notice before it is in the book; a report of nothing adverse needs none',
        }
      : {
          at: day,
          account,
          what,
          verdict: 'in-order',
          why: `the notice ${notice.step} went out on ${notice.onDate}`,
        };
  });
}
