import { sql } from 'kysely';
import type { Db } from '../book/open-book';
import { CARD_LENDER } from './card-feeds';
import { CARD_COUNTING } from './play-card-file';
import { countMove, noMovements, type Movements } from './movements';

/**
 * Accounts that the book has by number of cycles late, as their workflows said it: the view that each wrote with its
 * last step. What the files told is not looked at.
 */
export async function cyclesSaid(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('accounts')
    .select(['lenderNumber', 'cycles'])
    .where('lender', '=', CARD_LENDER)
    .where('status', '=', 'open')
    .where('stage', 'is not', null)
    .execute();
  return new Map(rows.map(({ lenderNumber, cycles }) => [lenderNumber, cycles ?? 0]));
}

/** How accounts moved between two months by what their workflows said. */
export function movedBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Movements {
  const moved = noMovements();
  for (const number of new Set([...before.keys(), ...after.keys()]))
    countMove(moved, before.get(number) ?? 0, after.get(number) ?? 0);
  return moved;
}

/**
 * How many accounts have not yet said what the last file told of them: one that is late its cycles, one that is not
 * that it was cured.
 */
export async function behindFile(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from accounts a
    join host_rows h on h.lender = a.lender and h.number = a.lender_number
    where a.lender = ${CARD_LENDER} and case when h.past_due > ${CARD_COUNTING.tolerance}
      then a.status <> 'open' or a.stage is null or a.cycles is distinct from h.cycles
      else a.status = 'open' end`.execute(db);
  return rows[0]?.n ?? 0;
}
