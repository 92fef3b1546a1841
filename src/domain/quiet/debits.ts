import type { AccountState, DebitTold } from '../account/state';
import { addBusinessDays, holidaysOf } from '../calendar/business';
import { addDays } from '../calendar/day';
import type { Standing } from '../delinquency/standing';
import type { Strategy } from '../strategy/strategy';
import type { IsoDate } from '../units';

/** Business days after a debit by which its result must be known, or a person is asked; where nothing else is said. */
export const DEBIT_DAYS = 3;

/** What a person who asked after a debit answers. */
export const DEBIT_ANSWERS = ['paid', 'failed', 'none'] as const;

const ANCHOR = 'mark:debit-missing';
/** What the host is asked in order to debit; the last such step of the document is the last run. */
const RUN = 'debit';

/** What is known of the debit of the latest due date. */
export type DebitState =
  /** Not known yet: nobody is contacted; a person is asked on that day. */
  | { readonly is: 'awaited'; readonly due: IsoDate; readonly from: IsoDate; readonly askOn: IsoDate }
  /** Made, and the money is on its way to the books. */
  | { readonly is: 'made'; readonly due: IsoDate; readonly until: IsoDate };

/**
 * The debit of an account with autopay, while it matters: from the due date until its result is known, and then, where
 * it was paid, for the days that posting takes. A failed one that is tried again is awaited anew from the day of that
 * try. Null where nothing is debited, nothing is owed, or it failed for good (ladders 1.4).
 */
export function debitOf(
  account: AccountState,
  strategy: Strategy,
  standing: Standing,
  day: IsoDate,
): DebitState | null {
  if (account.facts['autopay'] !== true) return null;
  const due = latestDue(account, standing, day);
  if (due === null) return null;
  const { pendingDays, debitDays = DEBIT_DAYS } = strategy.counting;
  const holidays = holidaysOf(account.terms.zone);
  const lastWait = (from: IsoDate): IsoDate => addBusinessDays(from, debitDays, holidays);
  // Taken over long after it: what became of it shows in the arrears.
  if (due < account.enteredOn && lastWait(due) < account.enteredOn) return null;
  const result = resultFor(account, strategy, due);
  if (result?.result === 'paid') {
    const until = addBusinessDays(result.date, pendingDays, holidays);
    return until >= day ? { is: 'made', due, until } : null;
  }
  const from = result === null ? due : (result.retryOn ?? null);
  if (from === null || from > day) return null;
  return { is: 'awaited', due, from, askOn: addDays(lastWait(from), 1) };
}

/** The tasks in which a person asks after a debit of which nothing is heard. */
export function asksOf({ steps }: Strategy): Strategy['steps'] {
  return steps.filter(({ kind, at }) => kind === 'task' && at.anchor === ANCHOR);
}

/** The latest due date up to the day of which something is owed: the one that was last debited. */
function latestDue({ owed, terms }: AccountState, standing: Standing, day: IsoDate): IsoDate | null {
  if (standing.nextDue === day && standing.nextAmount > 0) return day;
  if (standing.oldestDue === null) return null;
  const dues = owed.obligations.map(({ due }) => due);
  if (terms.books === 'host' && owed.host?.nextDue !== undefined) dues.push(owed.host.nextDue);
  return dues
    .filter((due) => due <= day)
    .reduce((latest, due) => (due > latest ? due : latest), standing.oldestDue);
}

type Result = Pick<DebitTold, 'date' | 'result' | 'retryOn'>;

/** What is known of the debit of a due date: by what was told last, a person's answer, or the host's own runs. */
function resultFor(account: AccountState, strategy: Strategy, due: IsoDate): Result | null {
  const { debits = [], marks } = account;
  const told = debits
    .filter((debit) => (debit.due === undefined ? debit.date >= due : debit.due === due))
    .reduce<DebitTold | null>((last, debit) => (last === null || debit.at >= last.at ? debit : last), null);
  // A try that is awaited may be asked after by a person too.
  const since = told?.retryOn ?? due;
  const answered = answerOf(account, strategy, since);
  if (told !== null) return told.retryOn !== undefined && answered !== null ? answered : told;
  if (answered !== null) return answered;
  const runs = strategy.steps.filter(({ kind, action }) => kind === 'host' && action === RUN);
  for (const { name } of runs) {
    const done = marks[`${name}.done`];
    if (done !== undefined && done >= due) return { date: done, result: 'paid' };
  }
  const last = runs[runs.length - 1]?.name;
  const failed = [`${last}.failed`, `${last}.refused`]
    .map((name) => marks[name])
    .find((on) => on !== undefined && on >= due);
  if (failed !== undefined) return { date: failed, result: 'failed' };
  // A result of before the third generation left its day only.
  const before = debits.length === 0 ? marks['debit-result'] : undefined;
  return before !== undefined && before >= due
    ? { date: before, result: marks['debit-paid'] === before ? 'paid' : 'failed' }
    : null;
}

function answerOf({ marks }: AccountState, strategy: Strategy, since: IsoDate): Result | null {
  let last: Result | null = null;
  for (const { name } of asksOf(strategy))
    for (const answer of DEBIT_ANSWERS) {
      const date = marks[`${name}.${answer}`];
      if (date === undefined || date < since || (last !== null && last.date > date)) continue;
      last = { date, result: answer === 'paid' ? 'paid' : 'failed' };
    }
  return last;
}
