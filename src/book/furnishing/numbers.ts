import type { Db } from '../open-book';

/** The lender's own numbers of these accounts. Personal: into the file, and nowhere else. */
export async function numbersOf(db: Db, accounts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'lenderNumber'])
    .where('ref', 'in', [...accounts])
    .execute();
  return new Map(rows.map(({ ref, lenderNumber }) => [ref, lenderNumber]));
}

/** References of a lender's accounts by its own numbers. */
export async function refsOf(
  db: Db,
  lender: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'lenderNumber'])
    .where('lender', '=', lender)
    .where('lenderNumber', 'in', [...new Set(numbers)])
    .execute();
  return new Map(rows.map(({ ref, lenderNumber }) => [lenderNumber, ref]));
}
