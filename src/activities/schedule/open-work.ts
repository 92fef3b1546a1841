import { keepLetter } from '../../book/letters';
import { inTransaction, type Db } from '../../book/open-book';
import { usableEndpoints, type Endpoint } from '../../book/people';
import { visitPlaces } from '../../book/places';
import { openTask, type NewTask, type TaskRow } from '../../book/tasks';
import type { TaskKind } from '../../book/tables';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { endpointKind, type EndpointKind } from '../../domain/policy/channels';
import type { Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { answerUntil, appointment } from './appointment';
import { letterHeld } from './letter-held';
import { letterText } from './letter-text';

/** Channels that people carry. The gate is asked when the number is dialled or the team sets out, not now. */
const TASK_OF: Readonly<Record<string, TaskKind>> = {
  call: 'campaign',
  visit: 'visit',
  letter: 'letter',
  agency: 'task',
};

export const isDoneByPeople = (channel: string): boolean => TASK_OF[channel] !== undefined;

/** Puts the step into the book for people to do. Null when the person has no endpoint of the kind that it needs. */
export async function openWork(
  deps: Dependencies,
  asked: Asked,
  channel: string,
): Promise<StepResult | null> {
  const { db } = deps;
  const kind = TASK_OF[channel] ?? 'task';
  const needs = endpointKind(channel);
  const place = needs === null ? undefined : await placeFor(db, whom(asked), channel, needs);
  if (needs !== null && place === undefined) return null;
  const task = { ...common(asked), kind, action: asked.step.action ?? channel };
  switch (kind) {
    case 'campaign':
      return campaign(db, asked, { ...task, place: place?.ref });
    case 'visit':
      return visit(db, asked, { ...task, place: place?.ref });
    case 'letter':
      return letter(deps, asked, { ...task, place: place?.ref }, place);
    default:
      return awaited(db, asked, { ...task, place: place?.ref }, channel);
  }
}

/** Where the work is done: nobody is sent to a place that is off limits, if it is the only one. */
async function placeFor(
  db: Db,
  person: string,
  channel: string,
  needs: EndpointKind,
): Promise<Endpoint | undefined> {
  if (channel === 'visit') return (await visitPlaces(db, person)).find(({ offLimits }) => offLimits === null);
  return (await usableEndpoints(db, person)).find(({ kind }) => kind === needs);
}

/** A task for a person without a channel: an owner, an approval, a screening, a search. */
export function openPlainTask(db: Db, asked: Asked): Promise<StepResult> {
  return awaited(db, asked, { ...common(asked), kind: 'task' });
}

async function campaign(db: Db, asked: Asked, task: NewTask): Promise<StepResult> {
  const { request, account, strategy, step } = asked;
  const size = step.campaign?.[request.path] ?? { attemptsADay: 1, days: 1 };
  const { onDate, window, until } = appointment(strategy.contact, 'call', request.now, account.zone, size);
  await openTask(db, { ...task, onDate, window, campaign: size, due: until });
  return { how: 'done', channel: 'call', task: { kind: 'campaign', until } };
}

async function visit(db: Db, asked: Asked, task: NewTask): Promise<StepResult> {
  const { request, account, strategy, step } = asked;
  // The outcome is due in the evening and chased the next morning.
  const lasts = { days: step.answerDays ?? 1 };
  const { onDate, window, until } = appointment(strategy.contact, 'visit', request.now, account.zone, lasts);
  await openTask(db, { ...task, onDate, window, due: until, chaseAt: until });
  return { how: 'done', channel: 'visit', task: { kind: 'visit', until } };
}

/** The task and the text that goes with it, or neither. */
function letter(
  deps: Dependencies,
  asked: Asked,
  task: NewTask,
  place: Endpoint | undefined,
): Promise<StepResult> {
  return inTransaction(deps.db, async (tx) => {
    const text = await letterText(tx, deps, asked, place);
    const held = text === null ? null : await letterHeld(tx, asked, text);
    if (held !== null) return held;
    const { row, result } = await opened(tx, asked, task, 'letter');
    if (text !== null) await keepLetter(tx, { ...text, task: row.id });
    return result;
  });
}

async function awaited(db: Db, asked: Asked, task: NewTask, channel?: string): Promise<StepResult> {
  return (await opened(db, asked, task, channel)).result;
}

async function opened(
  db: Db,
  asked: Asked,
  task: NewTask,
  channel?: string,
): Promise<{ readonly row: TaskRow; readonly result: StepResult }> {
  const until = answerUntil(asked.step, asked.request.now, asked.account.zone, null);
  const row = await openTask(db, { ...task, ...(until === null ? {} : { due: until, chaseAt: until }) });
  const done = { how: 'done', ...(channel === undefined ? {} : { channel }) } as const;
  return { row, result: until === null ? done : { ...done, task: { kind: 'task', until } } };
}

/** Whom the work is about: the account's own person, or another party that the step speaks to. */
export const whom = ({ addressee, account }: Asked): string => addressee ?? account.person;

function common(asked: Asked): NewTask {
  const { request, account, step } = asked;
  const { pastDue, balance, contractDpd, stage, segment } = request.report.view;
  return {
    kind: 'task',
    account: account.ref,
    person: whom(asked),
    occurrence: request.occurrence,
    ...(step.action === undefined ? {} : { action: step.action }),
    ...(step.queue === undefined ? {} : { queue: step.queue }),
    onDate: localDate(request.now, account.zone),
    due: request.now,
    inputs: {
      title: step.title,
      template: step.template ?? null,
      tone: request.tone,
      why: request.why,
      ...(asked.addressee === undefined ? {} : { party: asked.addressee }),
      ...{ pastDue, balance, contractDpd, stage, segment },
    },
  };
}
