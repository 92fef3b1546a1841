import type { Db } from '../../book/open-book';

const EXAMPLES = 3;

/** A few accounts to whom much happened, as the commands that show them. */
export async function examplesOf(db: Db, data: string | undefined): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('accounts', 'accounts.ref', 'decisions.account')
    .select(['accounts.lenderNumber', 'accounts.stage', 'accounts.outcome'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(['accounts.lenderNumber', 'accounts.stage', 'accounts.outcome'])
    .orderBy('count', 'desc')
    .execute();
  const kinds = new Map<string, string>();
  for (const { lenderNumber, stage, outcome } of rows) {
    const kind = outcome ?? stage ?? 'current';
    if (!kinds.has(kind)) kinds.set(kind, lenderNumber);
  }
  const where = ` --data ${data ?? '.forbear/demo'}`;
  return [...kinds]
    .slice(0, EXAMPLES)
    .flatMap(([kind, number]) => [
      `${kind}: forbear show ${number}${where}`,
      `${' '.repeat(kind.length)}  forbear timeline ${number}${where}`,
    ]);
}
