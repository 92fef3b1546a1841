import type { AccountState, Done, Note } from '../account/state';
import { addDays } from '../calendar/day';
import { standing } from '../delinquency/standing';
import type { Strategy } from '../strategy/strategy';
import type { Instant, IsoDate } from '../units';
import { MARKS_CROSSED } from './generation';
import { why } from './why';

/**
 * What went out although, as is known now, the money had been there before: marked as crossed and noted, so that the
 * record says so (ladders 1.3). It is not repeated for the same debt, and does not stand for a notice of a later one.
 */
export function markCrossed(
  account: AccountState,
  strategy: Strategy,
  day: IsoDate,
  now: Instant,
): AccountState {
  if (account.generation < MARKS_CROSSED || account.episode === null || !isOfOwnBooks(account, strategy))
    return account;
  const since = account.episode.startedOn;
  const done: Record<string, Done> = { ...account.done };
  const notes: Note[] = [];
  for (const step of strategy.steps) {
    const before = done[step.name];
    if (before === undefined || (step.kind !== 'contact' && step.kind !== 'notice')) continue;
    if ((before.how !== 'done' && before.how !== 'unknown') || before.on < since || before.on > day) continue;
    if (!wasPaidBefore(account, strategy, before.on)) continue;
    done[step.name] = { ...before, how: 'crossed' };
    const { code, args } = why('crossed', { step: step.title, name: step.name, on: before.on });
    notes.push({ at: now, code, args });
  }
  return notes.length === 0 ? account : { ...account, done, notes: [...account.notes, ...notes] };
}

/** Whether, as is known now, the account was past due in this episode but on no day beyond its grace. */
export function wasNeverLate(account: AccountState, strategy: Strategy, day: IsoDate): boolean {
  const { episode, generation } = account;
  if (generation < MARKS_CROSSED || episode === null || !isOfOwnBooks(account, strategy)) return false;
  for (let on = episode.startedOn; on < day; on = addDays(on, 1)) {
    if (standing(account, strategy.counting, on).late) return false;
  }
  return true;
}

/** Money with a value date of the day itself came after the contact, or because of it: it crossed nothing. */
function wasPaidBefore(account: AccountState, { counting }: Strategy, on: IsoDate): boolean {
  const movements = account.owed.movements.filter(({ valueDate }) => valueDate < on);
  return standing({ ...account, owed: { ...account.owed, movements } }, counting, on).oldestDue === null;
}

/** The host's own new figures say what is owed now, not what was owed then: only money on top of them tells. */
function isOfOwnBooks({ terms, owed }: AccountState, { counting }: Strategy): boolean {
  return terms.books === 'obligations' || (owed.host !== null && owed.host.pastDue > counting.tolerance);
}
