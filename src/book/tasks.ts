import { sql, type Selectable, type SqlBool, type Transaction } from 'kysely';
import type { Occurrence } from '../domain/decide/decision';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant, IsoDate, TimeOfDay } from '../domain/units';
import { BUREAU_STEPS } from './furnishing/steps';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import { isThere } from './owners';
import type { Tables, TaskKind } from './tables';

export type TaskRow = Selectable<Tables['tasks']>;

/** Work for people: a call campaign, a visit, a letter, a task. Holds no name and no address, only references. */
export interface NewTask {
  readonly kind: TaskKind;
  readonly account: string;
  readonly person: string;
  readonly occurrence: Occurrence;
  /** What kind of task, where the step says. */
  readonly action?: string;
  readonly queue?: string;
  readonly onDate: IsoDate;
  readonly window?: { readonly from: TimeOfDay; readonly to: TimeOfDay };
  /** Reference of the endpoint to go to. */
  readonly place?: string;
  readonly campaign?: { readonly attemptsADay: number; readonly days: number };
  readonly due: Instant;
  readonly chaseAt?: Instant;
  /** Figures and reasons that whoever does it should see; nothing personal. */
  readonly inputs: unknown;
}

/** Opens a task, once for each occurrence of its step. Answers the one that stands there. */
export function openTask(db: Db, task: NewTask): Promise<TaskRow> {
  return inTransaction(db, async (tx) => {
    const { step, anchor, n } = task.occurrence;
    await tx
      .insertInto('tasks')
      .values({
        id: newRef(),
        kind: task.kind,
        account: task.account,
        person: task.person,
        ...{ step, anchor, n },
        action: task.action ?? null,
        queue: task.queue ?? null,
        onDate: task.onDate,
        windowFrom: task.window?.from ?? null,
        windowTo: task.window?.to ?? null,
        place: task.place ?? null,
        dailyAttempts: task.campaign?.attemptsADay ?? null,
        days: task.campaign?.days ?? null,
        due: task.due,
        chaseAt: task.chaseAt ?? null,
        inputs: JSON.stringify(task.inputs),
      })
      .onConflict((conflict) =>
        conflict.columns(['account', 'person', 'step', 'anchor', 'n', 'kind']).doNothing(),
      )
      .execute();
    return tx
      .selectFrom('tasks')
      .selectAll()
      .where('account', '=', task.account)
      .where('person', '=', task.person)
      .where('step', '=', step)
      .where('anchor', '=', anchor)
      .where('n', '=', n)
      .where('kind', '=', task.kind)
      .executeTakeFirstOrThrow();
  });
}

/** Until the transaction ends nobody else gets past here with this task; whoever only ends it is not held up. */
export async function lockTask(tx: Transaction<Tables>, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`task ${id}`}, 0))`.execute(tx);
}

/** Throws TASK_UNKNOWN. */
export async function taskOf(db: Db, id: string): Promise<TaskRow> {
  const row = await db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ForbearError('TASK_UNKNOWN', { id });
  return row;
}

/**
 * Ends an open task with what came of it. A task that is done stays as it is, but for a letter that was posted: what
 * became of it is said later. Throws TASK_UNKNOWN.
 */
export async function finishTask(
  db: Db,
  id: string,
  status: 'done' | 'cancelled',
  result: string,
  at: Instant,
): Promise<TaskRow> {
  await db
    .updateTable('tasks')
    .set({ status, result, closedAt: at })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('status', '=', 'open'), eb.and([eb('kind', '=', 'letter'), eb('result', '=', POSTED)])]),
    )
    .execute();
  return taskOf(db, id);
}

/**
 * Whether the step of a letter wrote to somebody else as well who has it not: of the same occurrence, to another person
 * who still stands on the account, and without one of these results. What the gate would not let go is not waited for.
 */
export async function othersWithout(db: Db, task: TaskRow, results: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('tasks')
    .innerJoin('parties', (join) =>
      join.onRef('parties.account', '=', 'tasks.account').onRef('parties.person', '=', 'tasks.person'),
    )
    .select('tasks.id')
    .where('tasks.account', '=', task.account)
    .where('tasks.step', '=', task.step)
    .where('tasks.anchor', '=', task.anchor)
    .where('tasks.n', '=', task.n)
    .where('tasks.kind', '=', task.kind)
    .where('tasks.person', '!=', task.person)
    .where('parties.until', 'is', null)
    .where((eb) =>
      eb.or([
        eb('tasks.status', '=', 'open'),
        eb.and([eb('tasks.status', '=', 'done'), eb('tasks.result', 'not in', [...results, 'stopped'])]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends one open task that somebody else's work stands for. */
export async function endTask(db: Db, id: string, result: string, at: Instant): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ status: 'cancelled', result, closedAt: at })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .execute();
}

/** The result of a letter that is on its way. */
export const POSTED = 'posted';

/** Ends whatever is still open of one step, or of the whole account when it closes. Answers how many. */
export async function endTasks(
  db: Db,
  account: string,
  step: string | null,
  result: string,
  at: Instant,
): Promise<number> {
  let query = db
    .updateTable('tasks')
    .set({ status: 'cancelled', result, closedAt: at })
    .where('account', '=', account)
    .where('status', '=', 'open');
  if (step !== null) query = query.where('step', '=', step);
  // What a bureau wants of an account outlives its treatment: an objection is answered all the same.
  else query = query.where('step', 'not in', Object.values(BUREAU_STEPS));
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** The outcome of a task is overdue and has been asked for once more. */
export async function chaseTask(db: Db, account: string, step: string, next: Instant): Promise<void> {
  await db
    .updateTable('tasks')
    .set((eb) => ({ chased: eb('chased', '+', 1), chaseAt: next }))
    .where('account', '=', account)
    .where('step', '=', step)
    .where('status', '=', 'open')
    .execute();
}

export type ListedTask = TaskRow & { readonly owner: string | null };

export interface TaskFilter {
  readonly account?: string;
  readonly queue?: string;
  readonly kind?: TaskKind;
  readonly status?: TaskRow['status'];
  /** Only of people whom that member of staff owns. */
  readonly owner?: string;
  /** Only of people whom nobody owns who is there at this moment. */
  readonly unownedAt?: Instant;
  /** Of one occurrence of a step. */
  readonly step?: string;
  readonly anchor?: IsoDate;
  readonly n?: number;
  /** Only those whose day has come at this moment, where the account is, and that the plan of the day leaves in it. */
  readonly dueAt?: Instant;
  readonly limit?: number;
}

/** As `ownerOfTask` has it: the owner of the person whom the task is about, else of the one who owes. */
const OWNER_OF_TASK = sql<string | null>`coalesce(
  (select owner from owners where owners.person = tasks.person),
  (select owner from owners join accounts on accounts.person = owners.person where accounts.ref = tasks.account))`;

/** Tasks by day, then by when they fall due, each with who owns the person. */
export function listTasks(db: Db, filter: TaskFilter = {}): Promise<ListedTask[]> {
  let query = db
    .selectFrom('tasks')
    .selectAll()
    .select(OWNER_OF_TASK.as('owner'))
    .orderBy('onDate')
    .orderBy('due')
    .orderBy('id')
    .limit(filter.limit ?? 100);
  for (const column of ['account', 'queue', 'kind', 'status', 'step', 'anchor', 'n'] as const) {
    const wanted = filter[column];
    if (wanted !== undefined) query = query.where(column, '=', wanted);
  }
  const { dueAt, owner, unownedAt } = filter;
  if (owner !== undefined) query = query.where(({ eb }) => eb(OWNER_OF_TASK, '=', owner));
  if (unownedAt !== undefined)
    query = query.where(
      sql<SqlBool>`(${OWNER_OF_TASK} is null
        or not ${isThere(
          OWNER_OF_TASK,
          sql`(${unownedAt}::timestamptz at time zone
          (select zone from accounts where accounts.ref = tasks.account))::date`,
        )})`,
    );
  if (dueAt !== undefined)
    query = query.where(
      sql<SqlBool>`on_date <= (${dueAt}::timestamptz at time zone
        (select zone from accounts where accounts.ref = tasks.account))::date
        and not exists (select from plan_cuts cut join plans on plans.id = cut.plan and plans.in_force
          where cut.account = tasks.account and cut.step = tasks.step and cut.anchor = tasks.anchor
            and cut.n = tasks.n and plans.begins <= ${dueAt} and ${dueAt} < plans.ends)`,
    );
  return query.execute();
}
