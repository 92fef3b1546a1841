import type { AccountState, Movement, Obligation } from '../account/state';
import { localDate } from '../calendar/zone';
import { ledgerOf } from '../ledger/of-account';
import { totalOf } from '../ledger/components';
import type { MoneyRules } from '../ledger/rules';
import type { IsoDate, Minor } from '../units';
import { fallingDue } from './falling-due';

/** What is left to pay of one obligation, or of what the host says is past due. */
export interface Part {
  readonly due: IsoDate;
  readonly amount: Minor;
}

/** What is still owed by due date, oldest first, and the whole balance. Parts of nothing are left out. */
export interface Owing {
  readonly parts: readonly Part[];
  readonly balance: Minor;
  /** Cycles that are past due beyond the parts listed: a host counts them without naming their dates. */
  readonly unnamedCycles: number;
}

/** Money counts from its value date on; announced and reversed money does not count. */
function counted({ pending, reversedAt, valueDate }: Movement, day: IsoDate): boolean {
  return pending !== true && reversedAt === undefined && valueDate <= day;
}

/** What is owed on a day, by whoever keeps the books: the host, the engine for a loan given whole, else the parts. */
export function owingOn(account: AccountState, rules: MoneyRules | undefined, day: IsoDate): Owing {
  if (account.terms.books === 'host') return owedByHost(account, day);
  const ledger = ledgerOf(account, rules);
  if (ledger === null) return owedByObligations(account, day);
  const books = ledger.on(day);
  const parts = books.parts.map(({ due, owed }): Part => ({ due, amount: totalOf(owed) }));
  return { parts: byDueDate(parts), balance: books.balance, unnamedCycles: 0 };
}

/** A loan that was called in has many parts of one day: they count as one. */
function byDueDate(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const { due, amount } of parts) {
    const last = joined.at(-1);
    if (amount <= 0) continue;
    if (last?.due === due) joined[joined.length - 1] = { due, amount: last.amount + amount };
    else joined.push({ due, amount });
  }
  return joined;
}

/** What is owed on a day, from the obligations that the engine was given: money goes to the oldest first. */
export function owedByObligations(account: AccountState, day: IsoDate): Owing {
  const { owed } = account;
  const obligations = fallingDue(account);
  let pool = 0;
  let credited = 0;
  const targeted = new Map<string, Minor>();
  for (const movement of owed.movements) {
    if (!counted(movement, day)) continue;
    credited += movement.amount;
    if (!movement.counts) continue;
    if (movement.obligation === undefined) pool += movement.amount;
    else targeted.set(movement.obligation, (targeted.get(movement.obligation) ?? 0) + movement.amount);
  }
  const left = obligations.map((obligation) => applyTargeted(obligation, targeted));
  for (const unused of targeted.values()) pool += unused;
  const total = owed.obligations.reduce((sum, { amount }) => sum + amount, 0);
  const parts = settleOldest(left, pool);
  return {
    parts: obligations === owed.obligations ? parts : byDueDate(parts),
    balance: total - credited,
    unnamedCycles: 0,
  };
}

/** An adjustment of one obligation; what it has too much of goes to the oldest like any money. */
function applyTargeted({ id, due, amount }: Obligation, targeted: Map<string, Minor>): Part {
  const credit = targeted.get(id);
  if (credit === undefined) return { due, amount };
  const used = Math.min(credit, amount);
  targeted.set(id, credit - used);
  return { due, amount: amount - used };
}

/** Takes the money from the oldest parts; money that is missing (a charge) is owed with the oldest. */
function settleOldest(parts: readonly Part[], pool: Minor): readonly Part[] {
  const left: Part[] = [];
  let money = pool;
  for (const { due, amount } of parts) {
    const used = Math.min(money, amount);
    money -= used;
    if (amount > used) left.push({ due, amount: amount - used });
  }
  return left;
}

/**
 * What is owed on a day by the host's figures, with what was posted after their moment counted on top. Where the
 * obligations are known too, they tell the due dates behind the host's sum, so that the oldest re-anchors at once.
 */
export function owedByHost({ owed, terms }: AccountState, day: IsoDate): Owing {
  const { host } = owed;
  if (host === null) return { parts: [], balance: 0, unnamedCycles: 0 };
  let onTop = 0;
  let credited = 0;
  for (const movement of owed.movements) {
    if (!counted(movement, day) || movement.postedAt <= host.asOf) continue;
    credited += movement.amount;
    if (movement.counts) onTop += movement.amount;
  }
  const named =
    host.oldestDue === null ? [] : behind(host, owed.obligations, localDate(host.asOf, terms.zone));
  const parts = settleOldest(named, onTop);
  const unnamedCycles = parts.length === 0 ? 0 : Math.max(0, host.cycles - named.length);
  return { parts, balance: host.balance - credited, unnamedCycles };
}

/** The host's past due, split by the known obligations from the newest back; what they do not explain is the oldest. */
function behind(
  { pastDue, oldestDue }: { readonly pastDue: Minor; readonly oldestDue: IsoDate | null },
  obligations: readonly Obligation[],
  asOf: IsoDate,
): readonly Part[] {
  if (oldestDue === null) return [];
  const parts: Part[] = [];
  let unexplained = pastDue;
  for (let i = obligations.length - 1; i >= 0 && unexplained > 0; i -= 1) {
    const obligation = obligations[i];
    if (obligation === undefined || obligation.due >= asOf || obligation.due <= oldestDue) continue;
    const amount = Math.min(obligation.amount, unexplained);
    parts.unshift({ due: obligation.due, amount });
    unexplained -= amount;
  }
  return unexplained > 0 ? [{ due: oldestDue, amount: unexplained }, ...parts] : parts;
}
