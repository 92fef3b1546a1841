import { addDays, daysBetween, isIsoDate } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import type { AccountState, Obligation, Owed } from './state';

/**
 * Instalments that follow one another regularly, written as one: a loan of thirty years has 360, and a history holds
 * what is carried twice at every continue-as-new. Nothing is lost: `spread` makes the same list again.
 */
export interface Instalments {
  /** So many, from the first on. */
  readonly n: number;
  /** Of the first one. It names its due date, or ends in a number that counts on. */
  readonly id: string;
  readonly due: IsoDate;
  /** Due on that day of each month, or its last day where it is shorter; or every so many days. */
  readonly each: { readonly day: number } | { readonly days: number };
  /** One amount after the other; equal ones as [how many, amount]. */
  readonly amounts: readonly (Minor | readonly [times: number, amount: Minor])[];
}

/** The account as it is handed from one run to the next: what `migrate` makes whole again. */
export type CompactState = Omit<AccountState, 'owed'> & {
  readonly owed: Omit<Owed, 'obligations'> & { readonly obligations: readonly (Obligation | Instalments)[] };
};

/** A shorter list stands as it is: people read it in Temporal's own pages. */
const FROM = 12;
const LEAST = 3;
/** Longer than any schedule: what claims more was not written here. */
const MOST = 5_000;

export function compact(account: AccountState): CompactState {
  const { owed } = account;
  if (owed.obligations.length < FROM) return account;
  return { ...account, owed: { ...owed, obligations: gathered(owed.obligations) } };
}

export function gathered(list: readonly Obligation[]): readonly (Obligation | Instalments)[] {
  const out: (Obligation | Instalments)[] = [];
  for (let at = 0; at < list.length;) {
    const best = longest(list, at);
    out.push(best ?? list[at]!);
    at += best?.n ?? 1;
  }
  return out;
}

/** The obligations of a carried list, one by one. Total: what was not written by `gathered` is left out. */
export function spread(list: readonly object[]): readonly object[] {
  return list.flatMap((one) => {
    if (!('n' in one)) return [one];
    return isInstalments(one) ? amountsOf(one).map((amount, k) => nth(one, k, amount)) : [];
  });
}

type Pattern = Omit<Instalments, 'n' | 'amounts'>;

function longest(list: readonly Obligation[], at: number): Instalments | null {
  const [first, second, third] = list.slice(at, at + LEAST);
  if (first === undefined || second === undefined || third === undefined) return null;
  const days = daysBetween(first.due, second.due);
  const ways: Instalments['each'][] = [first, second, third].map(({ due }) => ({ day: dayOf(due) }));
  if (days > 0) ways.push({ days });
  let best: { readonly n: number; readonly pattern: Pattern } | null = null;
  for (const each of ways) {
    const pattern = { id: first.id, due: first.due, each };
    let n = 0;
    for (let one = list[at]; one !== undefined && n < MOST && isSame(one, nth(pattern, n, one.amount));) {
      n += 1;
      one = list[at + n];
    }
    if (n >= LEAST && n > (best?.n ?? 0)) best = { n, pattern };
  }
  if (best === null) return null;
  return { n: best.n, ...best.pattern, amounts: told(list.slice(at, at + best.n)) };
}

/** One with a statement date, or anything else that a later version keeps, is written whole. */
function isSame(one: Obligation, made: Obligation): boolean {
  return Object.keys(one).length === 3 && one.id === made.id && one.due === made.due;
}

function nth({ id, due, each }: Pattern, k: number, amount: Minor): Obligation {
  const on = 'days' in each ? addDays(due, each.days * k) : inMonth(due, each.day, k);
  return { id: named(id, due, on, k), due: on, amount };
}

function named(id: string, due: IsoDate, on: IsoDate, k: number): string {
  if (id.includes(due)) return id.replace(due, on);
  const [digits = ''] = /\d{1,9}$/.exec(id) ?? [];
  if (digits === '') return id;
  return `${id.slice(0, -digits.length)}${String(Number(digits) + k).padStart(digits.length, '0')}`;
}

/** The day of the month so many months after that of `due`, or its last day where it is shorter. */
function inMonth(due: IsoDate, day: number, months: number): IsoDate {
  const month = Number(due.slice(0, 4)) * 12 + Number(due.slice(5, 7)) - 1 + months;
  const text = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  for (let last = day; last > 27; last -= 1) {
    const on = `${text}-${last}`;
    if (isIsoDate(on)) return on;
  }
  return `${text}-${String(day).padStart(2, '0')}`;
}

const dayOf = (due: IsoDate): number => Number(due.slice(8, 10));

function told(list: readonly Obligation[]): Instalments['amounts'] {
  const runs: [number, Minor][] = [];
  for (const { amount } of list) {
    const last = runs[runs.length - 1];
    if (last?.[1] === amount) last[0] += 1;
    else runs.push([1, amount]);
  }
  return runs.map(([times, amount]) => (times === 1 ? amount : ([times, amount] as const)));
}

function amountsOf({ amounts, n }: Instalments): readonly Minor[] {
  return amounts
    .flatMap((one) => (typeof one === 'number' ? [one] : Array<Minor>(Math.min(one[0], MOST)).fill(one[1])))
    .slice(0, n);
}

function isInstalments(value: object): value is Instalments {
  const { n, id, due, each, amounts } = value as Partial<Instalments>;
  if (!isCount(n) || typeof id !== 'string' || !isIsoDate(due) || !Array.isArray(amounts)) return false;
  if (typeof each !== 'object' || each === null) return false;
  const isWay = 'days' in each ? isCount(each.days) : isCount(each.day) && each.day <= 31;
  return isWay && amounts.every(isAmount);
}

function isAmount(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 2 && isCount(value[0]) && Number.isSafeInteger(value[1]);
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MOST;
}
