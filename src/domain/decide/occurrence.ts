import type { AccountState } from '../account/state';
import { addDays, daysBetween } from '../calendar/day';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import type { Step } from '../strategy/strategy';
import type { IsoDate, Zone } from '../units';
import { anchorOf, lastDay, type Anchored } from './anchor';
import type { Occurrence } from './decision';
import { REGAINS_NOTICES } from './generation';
import { momentOf } from './ladder-day';
import type { Situation } from './situation';

/**
 * The occurrence of a step that is next to be looked at: the latest one already due and not yet considered (what came
 * due twice is done once), else the first one still ahead; null when the step has none.
 */
export function nextOccurrence(step: Step, situation: Situation): Occurrence | null {
  const { account, now } = situation;
  const { path } = account;
  const offsets = path === null ? undefined : step.at.days[path];
  if (path === null || offsets === undefined || !isOfStage(step, account.stage)) return null;
  if (isDoneForEpisode(step, account)) return null;
  const anchored = anchorOf(step.at.anchor, situation);
  if (anchored === null || !mayCount(step, offsets, situation)) return null;
  const every = step.at.every?.[path];
  const end = lastDay(anchored, step.at.until);
  let due: Occurrence | null = null;
  for (let n = firstNumber(offsets, every, anchored, situation); ; n += 1) {
    const day = dayOf(step, offsets, every, n, anchored.base, account.terms.zone);
    if (day === null || (end !== null && day > end)) return due;
    const occurrence = {
      step: step.name,
      anchor: anchored.key,
      n,
      due: momentOf(situation, day, step.at.time),
    };
    if (isConsidered(account, occurrence, anchored)) continue;
    if (occurrence.due > now) return due ?? occurrence;
    due = occurrence;
  }
}

/** Done once in this episode, and once is enough: it has no further occurrence, and wakes nobody. */
function isDoneForEpisode({ name, once }: Step, { done, episode }: AccountState): boolean {
  const before = done[name];
  if (once !== 'episode' || before === undefined || episode === null) return false;
  return before.how !== 'skipped' && before.how !== 'crossed' && before.on >= episode.startedOn;
}

/** A step that names no stage belongs to all of them, and to none. */
export function isOfStage(step: Step, stage: string | null): boolean {
  return step.stages.length === 0 || (stage !== null && step.stages.includes(stage));
}

/** Before anything is past due only offsets up to the due date exist: nobody is chased for what is not late. */
function mayCount(step: Step, offsets: readonly number[], { standing }: Situation): boolean {
  return step.at.anchor !== 'due' || standing.treatmentDue !== null || (offsets[0] ?? 1) <= 0;
}

function dayOf(
  step: Step,
  offsets: readonly number[],
  every: number | undefined,
  n: number,
  base: IsoDate,
  zone: Zone,
): IsoDate | null {
  const listed = offsets[n];
  const last = offsets[offsets.length - 1] ?? 0;
  if (listed === undefined && every === undefined) return null;
  const days = listed ?? last + (n - offsets.length + 1) * (every ?? 1);
  return step.at.unit === 'business-day'
    ? addBusinessDays(base, days, holidaysOf(zone))
    : addDays(base, days);
}

/** Where to begin looking: a recurrence of months is not walked through from its first day at every look. */
function firstNumber(
  offsets: readonly number[],
  every: number | undefined,
  { base }: Anchored,
  { day }: Situation,
): number {
  if (every === undefined) return 0;
  const passed = daysBetween(base, day) - (offsets[offsets.length - 1] ?? 0);
  return passed <= every ? 0 : offsets.length - 1 + Math.floor(passed / every);
}

function isConsidered(
  account: AccountState,
  { step, anchor, n, due }: Occurrence,
  { event }: Anchored,
): boolean {
  const done = account.done[step];
  if (done?.anchor === anchor && done.n >= n) return true;
  if (account.deferred.some((put) => put.step === step && put.anchor === anchor && put.n >= n)) return true;
  if (event) return false;
  const { at, names } = account.cursor;
  return due < at || (due === at && names.includes(step));
}

/**
 * A notice that the law wants goes first for an account taken over later than its day: due at the moment when the
 * engine took the account, if it never went out in this episode.
 */
export function firstNotice(step: Step, situation: Situation): Occurrence | null {
  const { account, standing } = situation;
  if (step.first !== true || account.path === null || step.at.days[account.path] === undefined) return null;
  if (account.generation >= REGAINS_NOTICES && !isOfStage(step, account.stage)) return null;
  const anchored = anchorOf(step.at.anchor, situation);
  const day = step.at.days[account.path]?.[0];
  if (anchored === null || day === undefined || standing.treatmentDue === null) return null;
  const since = account.episode?.startedOn ?? account.enteredOn;
  const done = account.done[step.name];
  if (done?.anchor === anchored.key) return null;
  if (done !== undefined && done.on >= since && done.how !== 'crossed') return null;
  if (account.deferred.some((put) => put.step === step.name)) return null;
  const planned = addDays(anchored.base, day);
  const due = planned < account.enteredOn ? account.enteredOn : lostSince(step, planned, situation);
  return due === null
    ? null
    : { step: step.name, anchor: anchored.key, n: 0, due: momentOf(situation, due, step.at.time) };
}

/**
 * Its day passed while it was not the account's: the path changed, or money that came back made the debt older. What
 * the law wants goes out today; the ladder itself no longer has it.
 */
function lostSince(step: Step, planned: IsoDate, situation: Situation): IsoDate | null {
  const { account, day } = situation;
  if (account.generation < REGAINS_NOTICES || planned >= day) return null;
  return nextOccurrence(step, situation) === null ? day : null;
}
