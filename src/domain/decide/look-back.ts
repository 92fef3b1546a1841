import type { AccountState, Counts, Done, Note, Promised } from '../account/state';
import { localDate } from '../calendar/zone';
import { judge, type Verdict } from '../promise/judge';
import { rulesFor } from '../promise/rules';
import type { Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import { markCrossed, wasNeverLate } from './crossed';
import { why } from './why';

const FAILED: readonly string[] = ['broken', 'partial'];
const NONE: Counts = { contacts: 0, rpc: 0, visits: 0, unanswered: 0 };
const KEEPS: readonly (Verdict | null)[] = ['kept', 'kept-late', 'overpaid'];

/**
 * Money was told that counts from an earlier day: what was concluded meanwhile is looked at again. Promises that it
 * kept were not broken, what went out after it has crossed, and who was late on no day has no history of it
 * (ladders 1.3, 5). Nothing is decided anew that still holds.
 */
export function lookedBack(account: AccountState, strategy: Strategy, now: Instant): AccountState {
  const day = localDate(now, account.terms.zone);
  const { behind: _behind, ...owed } = account.owed;
  const judged = keptAfterAll({ ...account, owed }, strategy, day, now);
  const marked = markCrossed(judged, strategy, day, now);
  const { episode } = marked;
  // One that is not over yet is looked at when it ends, which is next where nothing is owed any more.
  if (episode === null || episode.curedOn === null || episode.worst === 0) return marked;
  return wasNeverLate(marked, strategy, day) ? neverLate(marked, now) : marked;
}

/** Without a trace of the episode in tone, counts and promises: being late later is new. */
export function neverLate(account: AccountState, now: Instant): AccountState {
  const { episode } = account;
  if (episode === null) return account;
  const { was, startedOn, ...rest } = episode;
  const lapsed = account.promises.filter(
    ({ status, judgedOn }) => FAILED.includes(status) && judgedOn !== undefined && judgedOn >= startedOn,
  );
  const unbroken = lapsed.reduce((state, promise) => unbreak(state, promise, 'cancelled'), account);
  const { code, args } = why('episode-in-time');
  return {
    ...unbroken,
    episode: { ...rest, startedOn, tone: 0, floor: 0, worst: 0 },
    counts: was ?? NONE,
    notes: [...unbroken.notes, { at: now, code, args }],
  };
}

function keptAfterAll(account: AccountState, strategy: Strategy, day: IsoDate, now: Instant): AccountState {
  const rules = rulesFor(strategy, account.path);
  let current = account;
  for (const promise of account.promises) {
    if (!FAILED.includes(promise.status)) continue;
    const verdict = judge(current, promise, rules, day);
    if (verdict === null || !KEEPS.includes(verdict)) continue;
    const { code, args } = why('promise-kept-after-all', { amount: promise.amount, date: promise.date });
    const kept = unbreak(current, promise, verdict);
    current = { ...crossedBy(kept, strategy, promise, now), marks: { ...kept.marks, 'promise-kept': day } };
    current = { ...current, notes: [...current.notes, { at: now, code, args }] };
  }
  return current;
}

/** As if it had never been judged broken: the count, the mark, and the tone that it raised. */
function unbreak(account: AccountState, promise: Promised, status: Promised['status']): AccountState {
  const { raised, ...rest } = promise;
  const promises = account.promises.map((other) => (other.id === promise.id ? { ...rest, status } : other));
  const place = promise.status === 'broken' ? account.broken.lastIndexOf(promise.judgedOn ?? '') : -1;
  const broken = account.broken.filter((_day, index) => index !== place);
  const { episode } = account;
  const lowered =
    episode !== null && raised !== undefined && episode.floor === raised[1]
      ? { ...episode, floor: raised[0] }
      : episode;
  return {
    ...account,
    ...{ promises, broken, episode: lowered },
    marks: withoutMark(account.marks, `promise-${promise.status}`, promise.judgedOn, promises),
  };
}

/** The mark goes back to the last promise that did end so, or away. */
function withoutMark(
  marks: AccountState['marks'],
  name: string,
  on: IsoDate | undefined,
  promises: readonly Promised[],
): AccountState['marks'] {
  if (marks[name] === undefined || marks[name] !== on) return marks;
  const { [name]: _mark, ...others } = marks;
  const last = promises
    .flatMap(({ status, judgedOn }) => (`promise-${status}` === name ? [judgedOn ?? ''] : []))
    .sort()
    .pop();
  return last === undefined || last === '' ? others : { ...others, [name]: last };
}

/** What was said because the promise was broken should not have been. */
function crossedBy(account: AccountState, strategy: Strategy, promise: Promised, now: Instant): AccountState {
  const done: Record<string, Done> = { ...account.done };
  const notes: Note[] = [];
  for (const { name, title, kind, at } of strategy.steps) {
    const before = done[name];
    if (kind !== 'contact' || at.anchor !== `mark:promise-${promise.status}`) continue;
    if (before === undefined || before.anchor !== promise.judgedOn) continue;
    if (before.how !== 'done' && before.how !== 'unknown') continue;
    done[name] = { ...before, how: 'crossed' };
    const { code, args } = why('crossed', { step: title, name, on: before.on });
    notes.push({ at: now, code, args });
  }
  return { ...account, done, notes: [...account.notes, ...notes] };
}
