import type { LateReason } from '../account/result-codes';
import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { affordableInstalment } from '../agreement/affordable';
import type { Standing } from '../delinquency/standing';
import type { IsoDate, Minor } from '../units';
import { asLevel, leaningOf, when, type Because, type Leaning } from './leaning';

/** A word on hardship counts so long. */
const WHILE = 90;

/** Reasons for being late (ladders 10.2) that money is missing behind, and those that only a date or a form is. */
const MISSING: readonly LateReason[] = [
  'income-fell',
  'lost-work',
  'illness',
  'over-indebted',
  'business-failed',
  'prison',
  'disaster',
];
const NOT_MISSING: readonly LateReason[] = [
  'forgot',
  'autopay-failed',
  'statement-not-received',
  'payday-differs',
  'technical',
  'travel',
];

/**
 * Whether the person can pay, from what is known of income, utilisation and budget (ladders 4); what somebody judged
 * and the host sent as `facts.ability` is taken as it is. `facts.income`, `facts.essentials`, `facts.credit_limit` are
 * amounts in minor units, `facts.utilisation` percent. Points are [assumption].
 */
export function abilityOf(account: AccountState, at: Standing, day: IsoDate): Leaning {
  const { facts } = account;
  const told = asLevel(facts['ability']);
  if (told !== null) {
    const points = { low: -2, middle: 0, high: 2 }[told];
    return { points, level: told, because: [{ says: `the host says that it is ${told}`, points }] };
  }
  const number = (name: string): number | null => {
    const value = facts[name];
    return typeof value === 'number' ? value : null;
  };
  const reason = facts['late_reason'];
  const hardship = account.marks['hardship'];
  const used = number('utilisation') ?? utilisation(number('credit_limit'), at.balance);
  const cash = number('cash_share');
  const other = number('other_bucket');
  return leaningOf([
    budget(number('income'), number('essentials'), at),
    when(
      MISSING.some((one) => one === reason),
      `is late because of: ${String(reason)}`,
      -3,
    ),
    when(
      NOT_MISSING.some((one) => one === reason),
      `is late because of: ${String(reason)}`,
      2,
    ),
    when(
      hardship !== undefined && hardship <= day && hardship > addDays(day, -WHILE),
      'said that it is hard',
      -2,
    ),
    when(used !== null && used >= 95, 'has used up the limit', -2),
    when(used !== null && used >= 80 && used < 95, 'has used most of the limit', -1),
    when(used !== null && used >= 0 && used <= 30, 'has used little of the limit', 2),
    when(cash !== null && cash >= 50, 'took half of it or more in cash', -1),
    when(other !== null && other >= 2, 'is two months late elsewhere', -2),
  ]);
}

function utilisation(limit: number | null, balance: Minor): number | null {
  return limit === null || limit <= 0 ? null : Math.round((balance * 100) / limit);
}

/** What the stated budget leaves, against the part that is due: the next one, or what is past due where none is known. */
function budget(income: Minor | null, essentials: Minor | null, at: Standing): Because | null {
  if (income === null || income < 0 || essentials === null || essentials < 0) return null;
  const left = affordableInstalment({ income, essentials });
  const wanted = at.nextAmount > 0 ? at.nextAmount : at.oldestAmount;
  if (left === 0) return { says: 'the budget leaves nothing', points: -4 };
  if (wanted === 0) return null;
  return left >= wanted
    ? { says: 'the budget carries what falls due', points: 3 }
    : { says: 'the budget does not carry what falls due', points: -2 };
}
