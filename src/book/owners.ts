import { sql, type RawBuilder, type Selectable, type SqlBool, type Transaction } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import { mayBy, type Role } from '../domain/staff/roles';
import type { Instant, IsoDate } from '../domain/units';
import { isTakenOff } from './complaints';
import { inTransaction, type Db } from './open-book';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

/** What a step asks for when somebody is to be named as owner. */
export const ASSIGN_OWNER = 'assign-owner';

/** Why a person has no owner although one is noted: he left, is away, or the staff does not know him as one. */
export type Gone = 'left' | 'away' | 'unfit';

/** Who owns a person: all calls, promises and replies, on whichever account, go to one collector (ladders C30). */
export interface Owner {
  readonly ref: string;
  readonly since: Instant;
  /** The task by which it came; null: by hand. */
  readonly task: string | null;
  /** Null while he is there; otherwise the person is free, and whoever takes up a task becomes the owner. */
  readonly gone: Gone | null;
}

export type OwnerAct = Selectable<Tables['ownerActs']>;
type TaskRow = Selectable<Tables['tasks']>;

/** The person's owner as noted, and whether he is there on that day; null where nobody ever was, or was released. */
export async function ownerOf(db: Db, person: string, day: IsoDate): Promise<Owner | null> {
  const row = await db.selectFrom('owners').selectAll().where('person', '=', person).executeTakeFirst();
  if (row === undefined) return null;
  const { owner: ref, since, task } = row;
  return { ref, since, task, gone: await goneOf(db, ref, day) };
}

/** Every hand-over of a person, the first one first. */
export function ownerActs(db: Db, person: string): Promise<OwnerAct[]> {
  return db.selectFrom('ownerActs').selectAll().where('person', '=', person).orderBy('id').execute();
}

/** That a row of owners is of somebody who is there on a day. Where the book knows no staff, whoever is named is. */
export function isThere(owner: RawBuilder<unknown>, day: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(not exists (select from staff) or exists (select from staff where staff.ref = ${owner}
    and staff.active_at is not null and staff.left_at is null
    and (staff.away_until is null or staff.away_until < ${day})))`;
}

/** Who a task belongs to: the owner of the person whom it is about, else of the one who owes. */
export async function ownerOfTask(db: Db, task: TaskRow, day: IsoDate): Promise<Owner | null> {
  const own = await ownerOf(db, task.person, day);
  if (own !== null && own.gone === null) return own;
  const { person } = await db
    .selectFrom('accounts')
    .select('person')
    .where('ref', '=', task.account)
    .executeTakeFirstOrThrow();
  return person === task.person ? own : ownerOf(db, person, day);
}

/**
 * A collector takes up a call campaign. The first who does owns the person, and whoever comes after one who left or is
 * away; while an owner is there nobody else takes up that person's calls. Throws TASK_OF_OWNER, STAFF_UNKNOWN.
 */
export async function takeUp(
  tx: Transaction<Tables>,
  task: TaskRow,
  by: string | undefined,
  at: Instant,
  day: IsoDate,
): Promise<void> {
  if (task.kind !== 'campaign') return;
  if (by !== undefined && (await isTakenOff(tx, task.person, by)))
    fail('TASK_TAKEN_OFF', { id: task.id, ref: by });
  const before = await ownerOfTask(tx, task, day);
  if (before !== null && before.gone === null) {
    if (by !== undefined && by !== before.ref) fail('TASK_OF_OWNER', { id: task.id, owner: before.ref });
    return;
  }
  if (by === undefined || (await isOthers(tx, task))) return;
  const gone = await goneOf(tx, by, day);
  if (gone === 'unfit' && !(await isStaff(tx, by))) fail('STAFF_UNKNOWN', { ref: by });
  if (gone !== null) return;
  const reason = before?.gone == null ? 'first-task' : `owner-${before.gone}`;
  await change(tx, task.person, by, { by, reason, task: task.id, at });
  // Two who took up tasks of one person at the same moment: the second sees the first.
  const now = await ownerOf(tx, task.person, day);
  if (now !== null && now.ref !== by) fail('TASK_OF_OWNER', { id: task.id, owner: now.ref });
}

/**
 * A task that asks for an owner is done: the named one owns the person from now on, over all accounts. Left unnamed it is
 * whoever did the task, where he may own people. Answers the owner, or null. Throws STAFF_UNKNOWN, OWNER_UNFIT.
 */
export async function nameOwner(
  tx: Db,
  task: TaskRow,
  said: { readonly owner?: string; readonly by?: string; readonly at: Instant; readonly day: IsoDate },
): Promise<string | null> {
  const { owner, by, at, day } = said;
  if (task.action !== ASSIGN_OWNER) return null;
  if (owner !== undefined) await checkFit(tx, owner, day);
  const named = owner ?? by;
  if (named === undefined || (await goneOf(tx, named, day)) !== null) return null;
  const reason = `step ${task.step}`;
  await inTransaction(tx, (on) =>
    change(on, task.person, named, { by: by ?? named, reason, task: task.id, at }, true),
  );
  return named;
}

/** Somebody complained about this collector: if the person is his, the person is nobody's until another takes it up. */
export async function takeOff(
  tx: Transaction<Tables>,
  person: string,
  collector: string,
  said: { readonly by: string; readonly reason: string; readonly at: Instant },
): Promise<void> {
  if ((await noted(tx, person)) !== collector) return;
  await change(tx, person, null, { ...said, task: null }, true);
}

/**
 * Gives a person to another owner by hand, or with `null` to nobody, and keeps why. Answers who was it before.
 * Throws OWNER_UNFIT, STAFF_UNKNOWN and what `actor` throws.
 */
export function handOver(
  db: Db,
  person: string,
  owner: string | null,
  said: { readonly by: Claim; readonly reason: string; readonly at: Instant; readonly day: IsoDate },
): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const { ref: by } = await actor(tx, said.by, 'hand-over');
    if (owner !== null) await checkFit(tx, owner, said.day);
    const { reason, at } = said;
    return change(tx, person, owner, { by, reason, task: null, at }, true);
  });
}

/**
 * One after the other for each person, whoever comes last in a transaction: people and accounts are locked before.
 * Without `force` an owner that somebody else has made in the meantime stays.
 */
async function change(
  tx: Transaction<Tables>,
  person: string,
  owner: string | null,
  act: { readonly by: string; readonly reason: string; readonly task: string | null; readonly at: Instant },
  force = false,
): Promise<string | null> {
  const seen = await noted(tx, person);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`owner ${person}`}, 0))`.execute(tx);
  const before = await noted(tx, person);
  if (before === owner || (!force && before !== seen)) return before;
  if (owner === null) await tx.deleteFrom('owners').where('person', '=', person).execute();
  else {
    const row = { owner, task: act.task, since: act.at };
    await tx
      .insertInto('owners')
      .values({ person, ...row })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
      .execute();
  }
  await tx
    .insertInto('ownerActs')
    .values({ person, before, owner, ...act })
    .execute();
  return before;
}

async function noted(tx: Db, person: string): Promise<string | null> {
  const row = await tx.selectFrom('owners').select('owner').where('person', '=', person).executeTakeFirst();
  return row?.owner ?? null;
}

/** Of somebody else than the one who owes: such a task makes nobody an owner. */
async function isOthers(tx: Db, { account, person }: TaskRow): Promise<boolean> {
  const row = await tx.selectFrom('accounts').select('person').where('ref', '=', account).executeTakeFirst();
  return row?.person !== person;
}

async function checkFit(db: Db, ref: string, day: IsoDate): Promise<void> {
  const gone = await goneOf(db, ref, day);
  if (gone === null) return;
  if (gone === 'left' || !(await isStaff(db, ref))) fail('STAFF_UNKNOWN', { ref });
  fail('OWNER_UNFIT', {
    ref,
    reason: gone === 'away' ? 'is away' : 'is neither collector, senior nor leader',
  });
}

async function isStaff(db: Db, ref: string): Promise<boolean> {
  const row = await db.selectFrom('staff').select('ref').where('ref', '=', ref).executeTakeFirst();
  return row !== undefined;
}

/** Why somebody owns nobody on a day; null: he may. */
async function goneOf(db: Db, ref: string, day: IsoDate): Promise<Gone | null> {
  const row = await db.selectFrom('staff').selectAll().where('ref', '=', ref).executeTakeFirst();
  if (row === undefined) {
    const any = await db.selectFrom('staff').select('ref').limit(1).executeTakeFirst();
    return any === undefined ? null : 'unfit';
  }
  const { roles, activeAt, leftAt, awayUntil } = row;
  if (leftAt !== null) return 'left';
  if (activeAt === null || mayBy(roles as Role[], 'own') === null) return 'unfit';
  return awayUntil !== null && awayUntil >= day ? 'away' : null;
}
