import type { Selectable } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import type { Visitor } from '../domain/visit/leave';
import type { Db } from './open-book';
import type { TaskRow } from './tasks';
import type { Tables } from './tables';

export type VisitRow = Selectable<Tables['visits']>;

/**
 * A book that keeps staff lets only members of it set out: a name at the command line is nobody's identification.
 * Throws STAFF_UNKNOWN.
 */
export async function checkParty(db: Db, party: readonly Visitor[]): Promise<void> {
  const staff = await db.selectFrom('staff').select(['ref', 'activeAt', 'leftAt']).execute();
  if (staff.length === 0) return;
  const active = staff.filter(({ activeAt, leftAt }) => activeAt !== null && leftAt === null);
  for (const { ref } of party)
    if (!active.some((member) => member.ref === ref)) fail('STAFF_UNKNOWN', { ref });
}

/** A team has set out. `n` counts the times for the task, from 1; noted twice it is noted once. */
export async function noteSetOut(
  db: Db,
  { id, account, person }: TaskRow,
  visit: {
    readonly n: number;
    readonly place: string | null;
    readonly party: readonly Visitor[];
    readonly purpose: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { n, place, party, purpose, at } = visit;
  await db
    .insertInto('visits')
    .values({
      ...{ task: id, n, account, person, place, purpose },
      ...{ party: JSON.stringify(party), setOutAt: at },
    })
    .onConflict((conflict) => conflict.columns(['task', 'n']).doNothing())
    .execute();
}

/** What shows that a team was there. */
export interface Proof {
  readonly seenAt?: Instant;
  readonly latitude?: number;
  readonly longitude?: number;
  /** References into the store of recordings. */
  readonly recordings?: readonly string[];
}

/** How the last visit of the task ended. Nothing where no team had set out. */
export async function noteVisitEnd(
  db: Db,
  task: string,
  result: string,
  at: Instant,
  { recordings, ...seen }: Proof = {},
): Promise<void> {
  const last = await db
    .selectFrom('visits')
    .select('n')
    .where('task', '=', task)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  await db
    .updateTable('visits')
    .set({ result, endedAt: at, ...seen })
    .$if(recordings !== undefined, (query) => query.set({ recordings: JSON.stringify(recordings) as never }))
    .where('task', '=', task)
    .where('n', '=', last.n)
    .execute();
}

/** Every time a team set out to the account, the latest first. */
export function visitsOf(db: Db, account: string): Promise<VisitRow[]> {
  return db
    .selectFrom('visits')
    .selectAll()
    .where('account', '=', account)
    .orderBy('setOutAt', 'desc')
    .orderBy('n', 'desc')
    .execute();
}
