import type { AccountState, Episode } from '../account/state';
import { addDays } from '../calendar/day';
import { instantOf, localDate } from '../calendar/zone';
import { HOST_DATA_OLD } from '../policy/host-data';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import type { Action, Occurrence, StepResult } from './decision';
import { considered, without } from './cursor';
import { MISSED_WHILE_STOPPED, SPEAKS_TOGETHER, TRIES_NOTICES_AGAIN } from './generation';

/** A notice that could not be handed over so many times is given up, and said so. */
const MOST_TRIES = 7;

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
  const before = account.deferred.find((put) => put.step === occurrence.step);
  const tries = before?.tries ?? 0;
  if (result.how === 'deferred') {
    // What a stop kept waiting until the night is put off by the hours then, and was still stopped on its day.
    const stopped = result.stopped === true || before?.stopped === true;
    const tried = result.stopped === true ? tries : tries + 1;
    const put = { ...occurrence, notBefore: result.until, tries: tried };
    return {
      ...looked,
      deferred: [...deferred, stopped ? { ...put, stopped, ...oldData(account, result.rule) } : put],
    };
  }
  const day = localDate(now, account.terms.zone);
  const step = strategy.steps.find((one) => one.name === occurrence.step);
  if (result.how === 'not-sent' && isTriedAgain(account, strategy, step, result.rule, tries)) {
    const notBefore = instantOf(addDays(day, 1), step?.at.time ?? strategy.sendAt, account.terms.zone);
    return { ...looked, deferred: [...deferred, { ...occurrence, notBefore, tries: tries + 1 }] };
  }
  const done = withDone(account, occurrence, result, day);
  const finished = { ...looked, deferred, done };
  const reached = result.how === 'done' || result.how === 'unknown';
  if (step === undefined || !reached) return finished;
  const told = spoken(finished, step, action.tone, day);
  return result.how === 'done' && result.task !== undefined ? opened(told, step, result.task, day) : told;
}

/** As of when the data is that was too old: newer data wakes the step before its time. */
function oldData({ generation, owed }: AccountState, rule: string): { readonly data?: Instant } {
  if (generation < MISSED_WHILE_STOPPED || rule !== HOST_DATA_OLD || owed.host === null) return {};
  return { data: owed.host.asOf };
}

/**
 * A notice that never left the house, and that other steps wait for, is tried again the next day; not where there is
 * no way to the person at all.
 */
function isTriedAgain(
  { generation }: AccountState,
  { steps }: Strategy,
  step: Step | undefined,
  rule: string,
  tries: number,
): boolean {
  if (generation < TRIES_NOTICES_AGAIN || step?.kind !== 'notice') return false;
  if (tries >= MOST_TRIES || rule.startsWith('no-') || rule === 'step-unknown') return false;
  return steps.some(({ needs }) => needs?.some((need) => need.step === step.name));
}

function withDone(
  account: AccountState,
  { step, anchor, n }: Occurrence,
  result: Exclude<StepResult, { how: 'deferred' }>,
  on: IsoDate,
): AccountState['done'] {
  const { how } = result;
  const by = how === 'done' && account.generation >= SPEAKS_TOGETHER ? result.with : undefined;
  return { ...account.done, [step]: { anchor, n, on, how, ...(by === undefined ? {} : { with: by }) } };
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
