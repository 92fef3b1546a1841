import { sql } from 'kysely';
import { addDays } from '../../domain/calendar/day';
import { instantOf } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import type { Db } from '../open-book';
import { openTask } from '../tasks';
import { BUREAU_STEPS } from './steps';

/** Where the tasks of bureaus wait. */
const QUEUE = 'bureau';
/** Days before the last one on which an objection that nobody answered is asked after. */
const ASKED_AFTER_DAYS = 5;

export interface TaskAccount {
  readonly ref: string;
  readonly person: string;
  readonly zone: Zone;
}

/** A dispute of somebody of whom a bureau was told: answered before the last day that the rules give, as a task that says so. */
export async function openObjection(
  db: Db,
  account: TaskAccount,
  objection: {
    readonly reporting: string;
    readonly dispute: string;
    readonly raisedOn: IsoDate;
    readonly answerDays: number;
    readonly rules: readonly string[];
  },
): Promise<void> {
  const { dispute, raisedOn, answerDays, rules, reporting } = objection;
  const lastDay = addDays(raisedOn, answerDays);
  const at = (day: IsoDate): Instant => instantOf(day, '12:00', account.zone);
  const others = await db
    .selectFrom('tasks')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account', '=', account.ref)
    .where('step', '=', BUREAU_STEPS.objection)
    .where('anchor', '=', raisedOn)
    .executeTakeFirstOrThrow();
  await openTask(db, {
    kind: 'task',
    ...{ account: account.ref, person: account.person, queue: QUEUE, action: 'answer-objection' },
    occurrence: {
      ...{ step: BUREAU_STEPS.objection, anchor: raisedOn, n: Number(others.n) + 1, due: at(raisedOn) },
    },
    onDate: raisedOn,
    due: at(lastDay),
    chaseAt: at(addDays(lastDay, -Math.min(ASKED_AFTER_DAYS, answerDays))),
    inputs: { reporting, dispute, lastDay, rules },
  });
}

/** The dispute was decided: whoever was to answer has done so. */
export async function endObjection(
  db: Db,
  account: string,
  dispute: string,
  outcome: string,
  at: Instant,
): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ status: 'done', result: outcome, closedAt: at })
    .where('account', '=', account)
    .where('step', '=', BUREAU_STEPS.objection)
    .where('status', '=', 'open')
    .where(sql`inputs->>'dispute'`, '=', dispute)
    .execute();
}

/** A record that could not be told, or that the bureau did not take: what is missing or wrong is for a person to find. */
export async function openRecordTask(
  db: Db,
  account: TaskAccount,
  step: 'record' | 'rejected',
  on: IsoDate,
  inputs: { readonly reporting: string; readonly file: string; readonly codes: readonly string[] },
  n = 1,
): Promise<void> {
  const due = instantOf(addDays(on, 7), '12:00', account.zone);
  await openTask(db, {
    kind: 'task',
    ...{ account: account.ref, person: account.person, queue: QUEUE },
    action: step === 'record' ? 'complete-record' : 'mend-record',
    occurrence: { step: BUREAU_STEPS[step], anchor: on, n, due },
    ...{ onDate: on, due, inputs },
  });
}

/** The record was told after all. */
export async function endRecordTasks(db: Db, accounts: readonly string[], at: Instant): Promise<void> {
  if (accounts.length === 0) return;
  await db
    .updateTable('tasks')
    .set({ status: 'cancelled', result: 'told', closedAt: at })
    .where('account', 'in', [...accounts])
    .where('step', 'in', [BUREAU_STEPS.record, BUREAU_STEPS.rejected])
    .where('status', '=', 'open')
    .execute();
}

export interface OpenObjection {
  readonly account: string;
  readonly dispute: string;
  readonly lastDay: IsoDate;
  readonly task: string;
}

/** Objections that nobody has answered, the one whose day comes first in front. */
export async function openObjections(db: Db, limit: number): Promise<OpenObjection[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(['id', 'account', 'inputs'])
    .where('step', '=', BUREAU_STEPS.objection)
    .where('status', '=', 'open')
    .orderBy('due')
    .limit(limit)
    .execute();
  return rows.map(({ id, account, inputs }) => {
    const { dispute, lastDay } = inputs as { readonly dispute: string; readonly lastDay: IsoDate };
    return { account, dispute, lastDay, task: id };
  });
}
