import { mark } from '../account/mark';
import type { AccountState, Claim, Done, Episode, Note, Promised } from '../account/state';
import { addDays } from '../calendar/day';
import { localDate, instantOf } from '../calendar/zone';
import { standing } from '../delinquency/standing';
import type { Verdict } from '../promise/judge';
import type { Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import { CHASE, type Action, type Decision, type Occurrence, type StepResult } from './decision';
import { belongs, UNTIL_AN_EVENT } from './due-steps';
import { firmness } from './segment';
import { reviewedAtLook, reviewedAtSetting } from './segment-fall';
import { situation } from './situation';
import { withJudgement } from './agreements';
import { isEventAnchor } from './anchor';
import { markCrossed, wasNeverLate } from './crossed';
import { considered, without } from './cursor';
import { LOOKS_BACK, PROMISES_WHOLE, SUMS_UP_SKIPS } from './generation';
import { lapsed } from './lapsed';
import { lookedBack, neverLate } from './look-back';
import { recordResult } from './record-result';
import { firmer, keepReached } from './tone';
import { why } from './why';

/** Chased so often, an outcome is no longer waited for: the supervisor's task in the book stays. */
const MOST_CHASES = 3;

/**
 * The account after a decision was carried out. `result` is what the world answered to a step; null for what the core
 * decides silently. Notes are emptied by whatever reports them: a step or the closing.
 */
export function record(
  account: AccountState,
  strategy: Strategy,
  decision: Decision,
  result: StepResult | null,
  now: Instant,
): AccountState {
  const { action } = decision;
  if (action.do === 'step') {
    const reported = { ...account, notes: [] };
    if (action.occurrence.n >= CHASE) return chased(reported, action.occurrence.step, now);
    return result === null ? reported : recordResult(reported, strategy, action, result, now);
  }
  if (action.do === 'wait') return account;
  // Notes what it finds, and nothing where it finds nothing: money posted a day later is an everyday matter.
  if (action.do === 'look-back') return lookedBack(account, strategy, now);
  return noted(changed(account, strategy, action, now), decision, now);
}

function changed(
  account: AccountState,
  strategy: Strategy,
  action: Exclude<Action, { do: 'step' | 'wait' | 'look-back' }>,
  now: Instant,
): AccountState {
  const day = localDate(now, account.terms.zone);
  switch (action.do) {
    case 'skip':
      return {
        ...considered(account, action.occurrence, now),
        done: skipped(account, strategy, action.occurrence, day),
        deferred: without(account, action.occurrence.step),
      };
    case 'put-off': {
      const { step, anchor, n, due } = action.occurrence;
      const tries = account.deferred.find((put) => put.step === step)?.tries ?? 0;
      const put = { step, anchor, n, due, notBefore: action.until ?? UNTIL_AN_EVENT, tries };
      return { ...considered(account, action.occurrence, now), deferred: [...without(account, step), put] };
    }
    case 'segment':
      return {
        ...account,
        segment: action.segment,
        path: action.path,
        ...reviewedAtSetting(situation(account, strategy, now)),
        // Manners follow the history: on a milder path nothing softer is said than was said before.
        episode:
          account.episode &&
          (falls(account, strategy, action.path) ? keepReached(account.episode) : account.episode),
        marks: { ...account.marks, segment: day },
      };
    case 'review':
      return { ...account, reviewed: reviewedAtLook(situation(account, strategy, now), action.fits) };
    case 'episode':
      return withEpisode(account, strategy, action.change, now);
    case 'judge':
      return judged(account, action.promise, action.verdict, day, remains(account, strategy, day));
    case 'judge-agreement':
      return withJudgement(account, action, now);
    case 'claim': {
      const heard = (account.claims ?? []).find(({ id }) => id === action.claim);
      const claims = (account.claims ?? []).map((claim): Claim =>
        claim.id === action.claim ? { ...claim, said: true } : claim,
      );
      const said = { ...account, claims };
      return action.rests && heard !== undefined ? mark(said, ['paid-claim'], heard.on) : said;
    }
    case 'miss-debit':
      return mark(account, ['debit-missing'], day);
    case 'end-task':
      return {
        ...account,
        open: account.open.filter((task) => task.step !== action.step),
        marks: { ...account.marks, [`${action.step}.ended`]: day },
      };
    case 'stage': {
      const deferred = account.deferred.filter((put) =>
        belongs(
          strategy.steps.find((step) => step.name === put.step),
          action.stage,
          account.path,
        ),
      );
      const notes = [...account.notes, ...lapsed(account, strategy, action.stage, now)];
      return { ...account, stage: action.stage, stageSince: day, deferred, notes };
    }
    case 'close':
      return { ...account, closed: account.closed ?? { reason: action.reason, on: day } };
  }
}

/** From one ladder to a milder one; leaving a path of its own is no fall. */
function falls({ path }: AccountState, strategy: Strategy, to: string): boolean {
  const before = path === null ? Number.NEGATIVE_INFINITY : firmness(strategy, path);
  return Number.isFinite(before) && firmness(strategy, to) < before;
}

/**
 * A skip of what an event asked for is remembered by its occurrence; that the step was done for an earlier one stays
 * known. Skips of the calendar are behind the cursor already, and would only make the state larger.
 */
function skipped(
  account: AccountState,
  strategy: Strategy,
  { step, anchor, n }: Occurrence,
  day: IsoDate,
): Readonly<Record<string, Done>> {
  const plan = strategy.steps.find((one) => one.name === step);
  if (plan === undefined || (!isEventAnchor(plan.at.anchor) && plan.first !== true)) return account.done;
  const before = account.done[step];
  const kept =
    before === undefined || before.how === 'skipped' ? ({ on: day, how: 'skipped' } as const) : before;
  return { ...account.done, [step]: { ...kept, anchor, n } };
}

function withEpisode(
  account: AccountState,
  strategy: Strategy,
  change: 'start' | 'cured' | 'again' | 're-anchored',
  now: Instant,
): AccountState {
  const { day, standing } = situation(account, strategy, now);
  const anchor = standing.treatmentDue ?? standing.oldestDue;
  const old = account.episode;
  if (change === 'start' || old === null) {
    const fresh: Episode = {
      startedOn: day,
      curedOn: null,
      tone: 0,
      floor: 0,
      anchor,
      worst: standing.bucket,
      ...(account.generation >= LOOKS_BACK && hasCounted(account) ? { was: account.counts } : {}),
    };
    return { ...account, episode: fresh, segment: null, path: null };
  }
  const told = markCrossed(account, strategy, day, now);
  if (change === 'cured') return cured(told, strategy, old, day, now);
  const later = anchor !== null && old.anchor !== null && anchor > old.anchor;
  const kept = later || change === 'again' ? keepReached(old) : old;
  const episode = { ...kept, curedOn: null, anchor, worst: Math.max(old.worst, standing.bucket) };
  return { ...told, episode, cursor: fromToday(account, day) };
}

const hasCounted = ({ counts }: AccountState): boolean => Object.values(counts).some((count) => count > 0);

/** Who turns out to have paid within the grace was never late: no history of it is left, being late later is new. */
function cured(
  account: AccountState,
  strategy: Strategy,
  old: Episode,
  day: IsoDate,
  now: Instant,
): AccountState {
  if (!wasNeverLate(account, strategy, day))
    return { ...account, episode: { ...keepReached(old), curedOn: day, anchor: null } };
  if (account.generation >= LOOKS_BACK)
    return neverLate({ ...account, episode: { ...old, curedOn: day, anchor: null } }, now);
  const { code, args } = why('episode-in-time');
  const episode = { ...old, tone: 0, floor: 0, worst: 0, curedOn: day, anchor: null };
  return { ...account, episode, notes: [...account.notes, { at: now, code, args }] };
}

/** Days before today belong to the anchor that was: under the new one they are not caught up. */
function fromToday(account: AccountState, day: IsoDate): AccountState['cursor'] {
  const start = instantOf(day, '00:00', account.terms.zone);
  return account.cursor.at >= start ? account.cursor : { at: start, names: [] };
}

function judged(
  account: AccountState,
  id: string,
  verdict: Extract<Action, { do: 'judge' }>['verdict'],
  day: IsoDate,
  remains: boolean,
): AccountState {
  const promises = account.promises.map((promise) =>
    promise.id === id ? { ...promise, status: verdict, judgedOn: day } : promise,
  );
  if (verdict === 'cancelled') return { ...account, promises };
  const next = {
    ...account,
    promises,
    marks: { ...account.marks, ...waysOn(account, verdict, remains, day) },
  };
  if (verdict !== 'broken') return next;
  const firmed = account.episode && firmer(account.episode);
  return {
    ...next,
    promises: next.promises.map((promise) =>
      promise.id === id ? { ...promise, ...raisedBy(account, firmed) } : promise,
    ),
    broken: [...account.broken, day].slice(-12),
    episode: firmed,
  };
}

/** Whether something is past due beyond tolerance, whatever was promised and paid. */
function remains(account: AccountState, { counting }: Strategy, day: IsoDate): boolean {
  return standing(account, counting, day).oldestDue !== null;
}

/** The days that steps count from: how it ended, and whether arrears remain where it was kept (ladders 5). */
function waysOn(
  { generation }: AccountState,
  verdict: Verdict,
  arrears: boolean,
  day: IsoDate,
): Readonly<Record<string, IsoDate>> {
  if (verdict === 'broken' || verdict === 'partial') return { [`promise-${verdict}`]: day };
  if (generation < PROMISES_WHOLE) return { 'promise-kept': day };
  const how = verdict === 'kept' ? 'promise-full' : `promise-${verdict}`;
  return { 'promise-kept': day, [how]: day, ...(arrears ? { 'promise-arrears': day } : {}) };
}

function raisedBy({ generation, episode }: AccountState, firmed: Episode | null): Pick<Promised, 'raised'> {
  if (generation < LOOKS_BACK || episode === null || firmed === null) return {};
  return { raised: [episode.floor, firmed.floor] };
}

function chased(account: AccountState, step: string, now: Instant): AccountState {
  const open = account.open.flatMap((task) => {
    if (task.step !== step) return [task];
    if (task.chased + 1 >= MOST_CHASES) return [];
    const until = instantOf(addDays(localDate(now, account.terms.zone), 1), '10:00', account.terms.zone);
    return [{ ...task, chased: task.chased + 1, until }];
  });
  return { ...account, open };
}

function noted(account: AccountState, decision: Decision, now: Instant): AccountState {
  const { action } = decision;
  const step = 'occurrence' in action ? action.occurrence.step : undefined;
  const args = step === undefined ? decision.why.args : { ...decision.why.args, name: step };
  const note: Note = { at: now, code: decision.why.code, args };
  const sumsUp = action.do === 'skip' && account.generation >= SUMS_UP_SKIPS;
  return { ...account, notes: sumsUp ? summedUp(account.notes, note) : [...account.notes, note] };
}

/**
 * A step left out again and again, as under a hold of a year, has two notes: of the first time, and of the last with
 * how often. Nothing but an activity takes notes away, and under such a hold there is none.
 */
function summedUp(notes: readonly Note[], note: Note): readonly Note[] {
  const same = notes.filter(({ code, args }) => code === note.code && args['name'] === note.args['name']);
  const last = same[1];
  if (last === undefined) return [...notes, note];
  const times = Number(last.args['times'] ?? 2) + 1;
  return [...notes.filter((one) => one !== last), { ...note, args: { ...note.args, times } }];
}
