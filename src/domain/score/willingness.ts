import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import { asLevel, leaningOf, when, type Leaning } from './leaning';

/** Word and conduct of so many days count (ladders 2.3: who is a new history after 30, persons outlive episodes). */
const RECENT = 30;
const WHILE = 90;
const LONG = 180;
/** What counts more than once counts no more often than this. */
const MOST = 2;

const KEPT = ['kept', 'kept-late', 'overpaid'];

/**
 * Whether the person means to pay, from contacts, promises and refusals (ladders 4); what somebody judged and the host
 * sent as `facts.willingness` is taken as it is. Days are the account's own. Points are [assumption].
 */
export function willingnessOf(account: AccountState, day: IsoDate): Leaning {
  const told = asLevel(account.facts['willingness']);
  if (told !== null) {
    const points = { low: -2, middle: 0, high: 2 }[told];
    return { points, level: told, because: [{ says: `the host says that it is ${told}`, points }] };
  }
  const { counts, facts } = account;
  const within = (mark: string, days: number): boolean => since(account.marks[mark], day, days);
  const kept = account.promises.filter(
    ({ status, judgedOn }) => KEPT.includes(status) && since(judgedOn, day, LONG),
  ).length;
  const broken = account.broken.filter((on) => since(on, day, WHILE)).length;
  return leaningOf([
    when(within('refused', WHILE), 'refused to pay', -3),
    when(within('threatened', LONG), 'threatened who came', -3),
    when(facts['late_reason'] === 'no-intention', 'has no intention to pay', -3),
    when(broken > 0, `broke ${times(broken, 'promise')} in ${WHILE} days`, -2 * Math.min(broken, MOST)),
    when(kept > 0, `kept ${times(kept, 'promise')} in ${LONG} days`, 2 * Math.min(kept, MOST)),
    when(paid(account, day), `paid in the last ${RECENT} days`, 2),
    when(within('agreed-plan', WHILE), 'agreed on a plan', 2),
    when(within('inbound', RECENT), 'called or wrote', 2),
    when(within('hardship', WHILE), 'spoke of what is hard', 1),
    when(within('rpc', RECENT) && counts.unanswered === 0, 'answers when called', 1),
    when(counts.unanswered >= 9, `answered none of ${counts.unanswered} attempts`, -2),
    when(
      counts.unanswered >= 4 && counts.unanswered < 9,
      `answered none of ${counts.unanswered} attempts`,
      -1,
    ),
  ]);
}

function since(on: IsoDate | undefined, day: IsoDate, days: number): boolean {
  return on !== undefined && on <= day && on > addDays(day, -days);
}

function paid({ owed, terms }: AccountState, day: IsoDate): boolean {
  return owed.movements.some(
    ({ kind, pending, reversedAt, valueDate, postedAt, amount }) =>
      kind === 'payment' &&
      amount > 0 &&
      pending !== true &&
      reversedAt === undefined &&
      since(valueDate, day, RECENT) &&
      localDate(postedAt, terms.zone) <= day,
  );
}

function times(count: number, what: string): string {
  return count === 1 ? `a ${what}` : `${count} ${what}s`;
}
