import type { AccountState, DoneHow, Episode } from '../account/state';
import { localDate } from '../calendar/zone';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import type { Action, Occurrence, StepResult } from './decision';
import { considered, without } from './cursor';

type StepAction = Extract<Action, { do: 'step' }>;

/** The account after the world answered to a step. A deferral leaves the step to be done; everything else ends it. */
export function recordResult(
  account: AccountState,
  strategy: Strategy,
  action: StepAction,
  result: StepResult,
  now: Instant,
): AccountState {
  const { occurrence } = action;
  const looked = considered(account, occurrence, now);
  const deferred = without(account, occurrence.step);
  if (result.how === 'deferred') {
    const tries = account.deferred.find((put) => put.step === occurrence.step)?.tries ?? 0;
    return {
      ...looked,
      deferred: [...deferred, { ...occurrence, notBefore: result.until, tries: tries + 1 }],
    };
  }
  const day = localDate(now, account.terms.zone);
  const finished = { ...looked, deferred, done: withDone(account, occurrence, result.how, day) };
  const step = strategy.steps.find((one) => one.name === occurrence.step);
  const reached = result.how === 'done' || result.how === 'unknown';
  if (step === undefined || !reached) return finished;
  const told = spoken(finished, step, action.tone, day);
  return result.how === 'done' && result.task !== undefined ? opened(told, step, result.task, day) : told;
}

function withDone(
  account: AccountState,
  { step, anchor, n }: Occurrence,
  how: DoneHow,
  on: IsoDate,
): AccountState['done'] {
  return { ...account.done, [step]: { anchor, n, on, how } };
}

/** A step that speaks to the person counts as a contact and moves the episode's tone. */
function spoken(account: AccountState, step: Step, tone: number | null, day: IsoDate): AccountState {
  if (step.kind !== 'contact') return account;
  const episode: Episode | null = account.episode && {
    ...account.episode,
    tone: Math.max(account.episode.tone, tone ?? 0),
  };
  const counts = { ...account.counts, contacts: account.counts.contacts + 1 };
  return { ...account, episode, counts, marks: { ...account.marks, contact: day } };
}

function opened(
  account: AccountState,
  step: Step,
  task: { readonly kind: 'campaign' | 'visit' | 'task' | 'host'; readonly until: Instant },
  day: IsoDate,
): AccountState {
  const others = account.open.filter((one) => one.step !== step.name);
  return {
    ...account,
    open: [...others, { step: step.name, kind: task.kind, since: day, until: task.until, chased: 0 }],
  };
}
