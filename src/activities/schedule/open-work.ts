import type { Db } from '../../book/open-book';
import { usableEndpoints } from '../../book/people';
import { openTask, type NewTask } from '../../book/tasks';
import type { TaskKind } from '../../book/tables';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { endpointKind } from '../../domain/policy/channels';
import type { Asked } from '../asked';
import { answerUntil, appointment } from './appointment';

/** Channels that people carry. The gate is asked when the number is dialled or the team sets out, not now. */
const TASK_OF: Readonly<Record<string, TaskKind>> = {
  call: 'campaign',
  visit: 'visit',
  letter: 'letter',
  agency: 'task',
};

export const isDoneByPeople = (channel: string): boolean => TASK_OF[channel] !== undefined;

/** Puts the step into the book for people to do. Null when the person has no endpoint of the kind that it needs. */
export async function openWork(db: Db, asked: Asked, channel: string): Promise<StepResult | null> {
  const kind = TASK_OF[channel] ?? 'task';
  const needs = endpointKind(channel);
  const endpoints = needs === null ? [] : await usableEndpoints(db, asked.account.person);
  const place = endpoints.find((endpoint) => endpoint.kind === needs);
  if (needs !== null && place === undefined) return null;
  const task = { ...common(asked), kind, action: asked.step.action ?? channel };
  switch (kind) {
    case 'campaign':
      return campaign(db, asked, { ...task, place: place?.ref });
    case 'visit':
      return visit(db, asked, { ...task, place: place?.ref });
    default:
      return awaited(db, asked, { ...task, place: place?.ref }, channel);
  }
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

async function awaited(db: Db, asked: Asked, task: NewTask, channel?: string): Promise<StepResult> {
  const until = answerUntil(asked.step, asked.request.now, asked.account.zone, null);
  await openTask(db, { ...task, ...(until === null ? {} : { due: until, chaseAt: until }) });
  const done = { how: 'done', ...(channel === undefined ? {} : { channel }) } as const;
  return until === null ? done : { ...done, task: { kind: 'task', until } };
}

function common({ request, account, step }: Asked): NewTask {
  const { pastDue, balance, contractDpd, stage, segment } = request.report.view;
  return {
    kind: 'task',
    account: account.ref,
    person: account.person,
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
      ...{ pastDue, balance, contractDpd, stage, segment },
    },
  };
}
