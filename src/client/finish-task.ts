import { accountOf } from '../book/accounts';
import { isAgencyTakenOff } from '../book/complaints';
import { fold } from '../book/fold';
import { ASSIGN_OWNER, nameOwner } from '../book/owners';
import { strategyByHash } from '../book/strategies';
import { finishTask, othersWithout, POSTED, taskOf, type TaskRow } from '../book/tasks';
import { noteVisitEnd } from '../book/visits';
import { inTransaction, type Db } from '../book/open-book';
import { PLACE } from '../book/placements';
import { whatStopsWork } from '../book/switches';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import type { Step } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import { attemptsMade } from './by-people';
import { agencyFact, keepingRefusals, mayByLaw } from './by-law';
import { decideCase } from './cases';
import type { ForbearClient, Sent } from './client';
import { factOf, resultsOf, STOPPED, type TaskAnswer } from './task-result';

export interface Finished {
  readonly task: TaskRow;
  /** What the account was told; null where the result is no fact of it. */
  readonly sent: Sent | null;
  /** Of a task that asks for an owner: who is it now, or null where nobody was named who may be. */
  readonly owner?: string | null;
}

/**
 * Ends a task with what came of it, and tells the account: both in one transaction, so that neither stands without the
 * other. The same result again changes nothing. A decision on a legal case decides the case.
 * TASK_UNKNOWN, TASK_ENDED, TASK_RESULT_WRONG, TASK_NEEDS_PERSON, STAFF_UNKNOWN, OWNER_UNFIT, PLACEMENT_STOPPED,
 * PLACEMENT_COMPLAINED, POLICY_REFUSES, EVENT_MALFORMED.
 */
export async function finishWork(client: ForbearClient, id: string, answer: TaskAnswer): Promise<Finished> {
  const { db } = client.book;
  const task = await known(db, id, answer.result);
  const drafted = caseOfTask(task);
  if (drafted !== null) return finishCase(client, task, drafted, answer);
  const event = factOf(task, answer, `task:${id}`);
  const at = answer.at ?? client.now();
  let owner: string | null = null;
  const end = async (on: Db): Promise<TaskRow> => {
    await mayBeHandedOver(on, task, answer, at);
    const ended = await finishTask(on, id, 'done', answer.result, at);
    if (task.kind === 'visit') await noteVisitEnd(on, id, answer.result, at, answer.proof);
    if (ended.result !== answer.result || ended.status !== 'done') saysEnded(ended);
    // Told again later it must not take the person away from whoever came after.
    if (task.status === 'open') owner = await ownerNamed(on, task, answer, at);
    return ended;
  };
  if (event === null) return { task: await end(db), sent: null };
  // A letter to several has arrived when all of them have it. Looked at again at the end: two may end at once.
  if (
    event.kind === 'delivery' &&
    HAS_IT.includes(answer.result) &&
    (await othersWithout(db, task, HAS_IT))
  ) {
    const ended = await end(db);
    if (await othersWithout(db, task, HAS_IT)) return { task: ended, sent: null };
  }
  const sent = await keepingRefusals(db, () => client.tell(task.account, event, end));
  return { task: await taskOf(db, id), sent, ...(task.action === ASSIGN_OWNER ? { owner } : {}) };
}

/**
 * A placement that was planned before a stop is asked about once more when it is handed over, in the transaction that
 * ends its task. One that is not handed over after all ends as `stopped` or `refused`. PLACEMENT_STOPPED, and
 * PLACEMENT_COMPLAINED where the person complained about that agency.
 */
async function mayBeHandedOver(db: Db, task: TaskRow, answer: TaskAnswer, now: Instant): Promise<void> {
  if (task.status !== 'open' || task.kind !== 'task' || task.action !== PLACE) return;
  if (NOT_PLACED.includes(answer.result)) return;
  const { account, step, due } = task;
  const { agency } = answer;
  const named = agency ?? (await fold(db, account)).facts['agency'];
  if (typeof named === 'string' && (await isAgencyTakenOff(db, task.person, named)))
    fail('PLACEMENT_COMPLAINED', { id: task.id, agency: named });
  const work = { account, step, channel: 'agency', due, now, ...(agency === undefined ? {} : { agency }) };
  const stopped = await inTransaction(db, (tx) => whatStopsWork(tx, work));
  if (stopped !== null) fail('PLACEMENT_STOPPED', { id: task.id, rule: stopped.rule });
  await inTransaction(db, async (tx) => {
    const row = await accountOf(tx, account);
    await mayByLaw(tx, {
      ...{
        action: 'outsource',
        row,
        now,
        decided: true,
        about: task.id,
        vouchedBy: answer.vouchedBy ?? null,
      },
      agency: agency ?? (await agencyFact(tx, row, now)),
    });
  });
}

const NOT_PLACED: readonly string[] = [STOPPED, 'refused'];

async function ownerNamed(
  db: Db,
  task: TaskRow,
  { owner, by }: TaskAnswer,
  at: Instant,
): Promise<string | null> {
  if (task.action !== ASSIGN_OWNER) return null;
  const { zone } = await accountOf(db, task.account);
  const said = { ...(owner === undefined ? {} : { owner }), ...(by === undefined ? {} : { by }) };
  return nameOwner(db, task, { ...said, at, day: localDate(at, zone) });
}

/**
 * Tells how one call of a campaign ended that goes on. The call was started before: its number makes the fact the same
 * however often it is told. TASK_NOT_STARTED and those of `finishWork`.
 */
export async function tellAttempt(client: ForbearClient, id: string, answer: TaskAnswer): Promise<Finished> {
  const task = await known(client.book.db, id, answer.result);
  if (task.kind !== 'campaign' || task.status !== 'open') saysEnded(task);
  const { length } = await attemptsMade(client.book.db, task);
  if (length === 0) fail('TASK_NOT_STARTED', { id });
  const event = factOf(task, answer, `task:${id}:${length}`);
  return { task, sent: event === null ? null : await client.tell(task.account, event) };
}

/** The step that opened the task, as the account's strategy has it now. */
export async function stepOf(db: Db, task: TaskRow): Promise<Step | undefined> {
  const { strategy } = await accountOf(db, task.account);
  return (await strategyByHash(db, strategy)).steps.find(({ name }) => name === task.step);
}

async function known(db: Db, id: string, result: string): Promise<TaskRow> {
  const task = await taskOf(db, id);
  const results = caseOfTask(task) === null ? resultsOf(task, await stepOf(db, task)) : CASE_RESULTS;
  if (results !== null && !results.includes(result))
    fail('TASK_RESULT_WRONG', { id, wanted: results.join(', ') });
  const waits = task.status === 'open' || (task.kind === 'letter' && task.result === POSTED);
  const same = task.status === 'done' && task.result === result;
  return waits || same ? task : saysEnded(task);
}

function saysEnded({ id, status, result }: TaskRow): never {
  return fail('TASK_ENDED', { id, status, result: result ?? '' });
}

/** Results of a letter that whoever it is for has. */
const HAS_IT: readonly string[] = ['arrived', 'delivered'];

const CASE_RESULTS = ['approved', 'refused'] as const;

/** The case that the task asks a person to decide. */
function caseOfTask(task: TaskRow): string | null {
  const drafted = (task.inputs as { readonly case?: unknown } | null)?.case;
  return task.action === 'approve-case' && typeof drafted === 'string' ? drafted : null;
}

async function finishCase(
  client: ForbearClient,
  task: TaskRow,
  drafted: string,
  { result, by, at }: TaskAnswer,
): Promise<Finished> {
  if (by === undefined) fail('TASK_NEEDS_PERSON', { id: task.id });
  const { sent } = await decideCase(client, drafted, result as (typeof CASE_RESULTS)[number], by, at);
  return { task: await taskOf(client.book.db, task.id), sent };
}
