import { isTakenOff } from '../book/complaints';
import { accountOf } from '../book/accounts';
import { boundBy } from '../book/bound-plans';
import { madeAttempts, settle } from '../book/attempts';
import { markPosted } from '../book/letters';
import type { Other } from '../book/family';
import { inTransaction, type Db } from '../book/open-book';
import { takeUp } from '../book/owners';
import { reserve } from '../book/permit';
import { visitPlaces } from '../book/places';
import { lockTask, taskOf, type TaskRow } from '../book/tasks';
import { checkParty, noteSetOut } from '../book/visits';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import type { Visitor } from '../domain/visit/leave';
import type { Currency, Instant, Minor, Zone } from '../domain/units';

/** Leave for people to make a contact, or what the gate says against it. */
export type Leave =
  | {
      readonly may: true;
      /** Other accounts of the person to be spoken of in the same call or visit, the worst first. */
      readonly also?: readonly Spoken[];
    }
  | { readonly may: false; readonly answer: 'defer' | 'block' | 'review'; readonly rule: string };

export interface Spoken {
  readonly account: string;
  readonly pastDue: Minor;
  readonly currency: Currency;
}

/** The leave for the next attempt of a task, and which one it is, counted from 1. */
export type Started = Leave & { readonly attempt: number };

type Asking = Pick<TaskRow, 'account' | 'person' | 'step' | 'anchor' | 'n' | 'due'>;

/** Attempts of one task beyond this are not told apart from the next occurrence of its step. */
const MOST_ATTEMPTS = 1000;

const CHANNELS: Readonly<Partial<Record<TaskRow['kind'], string>>> = {
  campaign: 'call',
  visit: 'visit',
  letter: 'letter',
};

/**
 * Asks the gate for the next attempt of a task when a number is dialled, a team sets out or a letter is posted, and
 * counts it as made. A campaign makes no more calls than its step gives it for the day and for its days.
 * @param party who sets out, of a visit: two people at least, each with an identification
 * @param by who dials: the first to call a person owns the person from then on, and nobody else calls
 * TASK_UNKNOWN, TASK_ENDED, TASK_WITHOUT_CONTACT, TASK_OF_OWNER, STAFF_UNKNOWN.
 */
export function startTask(
  db: Db,
  id: string,
  now: Instant,
  party: readonly Visitor[] = [],
  by?: string,
): Promise<Started> {
  return inTransaction(db, async (tx) => {
    // Two people with the same list in hand are two attempts.
    await lockTask(tx, id);
    const task = await taskOf(tx, id);
    const channel = CHANNELS[task.kind] ?? fail('TASK_WITHOUT_CONTACT', { id });
    const { status, result } = task;
    if (status !== 'open') fail('TASK_ENDED', { id, status, result: result ?? '' });
    const made = await attemptsMade(tx, task);
    const { zone } = await accountOf(tx, task.account);
    if (task.kind === 'visit') await checkParty(tx, party);
    for (const { ref } of task.kind === 'visit' ? party : [])
      if (await isTakenOff(tx, task.person, ref)) fail('TASK_TAKEN_OFF', { id, ref });
    const leave =
      overdone(task, made, zone, now) ??
      (await notToday(tx, task, now)) ??
      (await askLeave(tx, task, channel, made.length, now, party));
    // Last: whoever it is, people and accounts are locked by now, and a refusal takes the leave back.
    if (leave.may) await takeUp(tx, task, by, now, localDate(now, zone));
    if (leave.may && task.kind === 'letter') await markPosted(tx, id);
    if (leave.may && task.kind === 'visit') {
      const place = (await visitPlaces(tx, task.person))[0]?.ref ?? null;
      await noteSetOut(tx, task, { n: made.length + 1, place, party, purpose: purposeOf(task), at: now });
    }
    return { ...leave, attempt: made.length + 1 };
  });
}

/** What the visit is for, as it is said at the door and kept with it. */
function purposeOf({ inputs, step }: TaskRow): string {
  const title = (inputs as { readonly title?: unknown } | null)?.title;
  return typeof title === 'string' ? title : step;
}

/** When each attempt of the task was made that counts. */
export async function attemptsMade(db: Db, task: TaskRow): Promise<readonly Instant[]> {
  const channel = CHANNELS[task.kind];
  if (channel === undefined) return [];
  const from = task.n * MOST_ATTEMPTS;
  return madeAttempts(db, { ...task, channel }, { from, to: from + MOST_ATTEMPTS });
}

/** The plan of the day has no time for it: its people have work that brings more. */
async function notToday(db: Db, task: TaskRow, now: Instant): Promise<Leave | null> {
  const bound = await boundBy(db, task.account, task, now);
  return bound === null ? null : { may: false, answer: 'defer', rule: `plan:${bound.became}` };
}

/** What the campaign's own size says against another call. */
function overdone(task: TaskRow, made: readonly Instant[], zone: Zone, now: Instant): Leave | null {
  if (task.kind !== 'campaign') return null;
  const today = localDate(now, zone);
  if (today >= addDays(task.onDate, task.days ?? 1))
    return { may: false, answer: 'block', rule: 'campaign-over' };
  const calls = made.filter((at) => localDate(at, zone) === today).length;
  return calls < (task.dailyAttempts ?? 1) ? null : { may: false, answer: 'defer', rule: 'campaign-day' };
}

/**
 * Asks the gate when a number is dialled or a team sets out, not when the task was made, and counts the attempt as
 * made. `attempt` numbers the attempts of the task from 0; asked twice for one, it is counted once.
 * ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN.
 */
export async function askLeave(
  db: Db,
  task: Asking,
  channel: string,
  attempt: number,
  now: Instant,
  party: readonly Visitor[] = [],
): Promise<Leave> {
  const { strategy, person } = await accountOf(db, task.account);
  const n = task.n * MOST_ATTEMPTS + attempt;
  const occurrence = { step: task.step, anchor: task.anchor, n, due: task.due };
  const reserved = await reserve(db, {
    ...{ account: task.account, occurrence, channel, strategy, now, party },
    ...(task.person === person ? {} : { person: task.person }),
  });
  switch (reserved.answer) {
    case 'permit':
      await settle(db, reserved.permit, 'accepted');
      return { may: true, ...speakingOf(reserved.named) };
    case 'already':
      return { may: true };
    case 'spoken':
      return { may: false, answer: 'block', rule: `said-with:${reserved.contact}` };
    default:
      return { may: false, answer: reserved.answer, rule: reserved.rule };
  }
}

function speakingOf(named: readonly Other[]): { readonly also?: readonly Spoken[] } {
  if (named.length === 0) return {};
  const also = named.map(({ row, standing }) => ({
    account: row.ref,
    pastDue: standing.askable,
    currency: row.currency,
  }));
  return { also };
}
