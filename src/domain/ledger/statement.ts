import type { AccountState } from '../account/state';
import { givenUpId } from '../account/carry';
import type { IsoDate, Minor } from '../units';
import type { ChargeLine, LoanBooks } from './books';
import { totalOf, type Amounts } from './components';
import { LoanRun } from './fold';
import { entriesOf, ledgerOf, termsOf } from './of-account';
import { MONEY_RULES, type MoneyRules } from './rules';
import type { LoanTerms } from './loan';

/** One part of a loan as a schedule shows it. */
export interface ScheduledPart {
  readonly id: string;
  /** The date by the contract, and that on which it falls due now: an acceleration moves it. */
  readonly contractDue: IsoDate;
  readonly due: IsoDate;
  readonly principal: Minor;
  readonly state: 'paid' | 'past-due' | 'open';
  /** Unpaid of it: of a part that is not due yet what it will be then, if everything before is paid in time. */
  readonly owed: Amounts;
}

/** What was charged in a month, and what was not and why. */
export interface ChargedMonth extends Omit<ChargeLine, 'on'> {
  readonly month: string;
}

/** The books of a loan for people, on a day: its schedule, its charges and how the balance comes about. */
export interface Statement {
  readonly on: IsoDate;
  readonly terms: LoanTerms;
  readonly parts: readonly ScheduledPart[];
  readonly months: readonly ChargedMonth[];
  readonly books: Omit<LoanBooks, 'parts' | 'lines'>;
  /** Paid since it was written off; null where it was not. */
  readonly recovered: Minor | null;
  /** Of each agreement that gives something up, what of it has been given up by now. */
  readonly givenUp: readonly { readonly agreement: string; readonly amount: Minor }[];
}

/** Null where the engine keeps no books: the figures of the host, or the parts as they were given, are the truth. */
export function statementOf(
  account: AccountState,
  rules: MoneyRules = MONEY_RULES,
  day: IsoDate,
): Statement | null {
  const ledger = ledgerOf(account, rules);
  if (ledger === null) return null;
  const terms = termsOf(account, rules);
  const { parts, lines, ...books } = ledger.on(day);
  const then = new Map(
    new LoanRun(terms, entriesOf(account, rules)).expected(day).map((part) => [part.id, part.owed]),
  );
  const contract = new Map(terms.parts.map((part) => [part.id, part]));
  return {
    on: day,
    terms,
    parts: parts.map(({ id, due, owed }) => ({
      id,
      contractDue: contract.get(id)?.due ?? due,
      due,
      principal: contract.get(id)?.principal ?? 0,
      state: totalOf(owed) === 0 ? 'paid' : due < day ? 'past-due' : 'open',
      owed: then.get(id) ?? owed,
    })),
    months: byMonth(lines),
    books,
    recovered: recoveredOf(account, day),
    givenUp: (account.agreements ?? []).flatMap(({ id }) => {
      const given = account.owed.movements.find((movement) => movement.id === givenUpId(id));
      return given === undefined ? [] : [{ agreement: id, amount: given.amount }];
    }),
  };
}

function byMonth(lines: readonly ChargeLine[]): readonly ChargedMonth[] {
  const months = new Map<string, ChargedMonth>();
  for (const { on, ...line } of lines) {
    const month = on.slice(0, 7);
    const sum = months.get(month);
    months.set(month, {
      month,
      interest: line.interest + (sum?.interest ?? 0),
      penaltyInterest: line.penaltyInterest + (sum?.penaltyInterest ?? 0),
      lateCharge: line.lateCharge + (sum?.lateCharge ?? 0),
      stopped: line.stopped + (sum?.stopped ?? 0),
      capped: line.capped + (sum?.capped ?? 0),
    });
  }
  return [...months.values()];
}

/** Money that came after the write-off is recovered: it is counted apart, and pays the same debt. */
export function recoveredOf({ writtenOffOn, owed }: AccountState, day: IsoDate): Minor | null {
  if (writtenOffOn === undefined) return null;
  return owed.movements.reduce(
    (sum, { kind, pending, reversedAt, valueDate, amount }) =>
      kind === 'payment' &&
      pending !== true &&
      reversedAt === undefined &&
      valueDate >= writtenOffOn &&
      valueDate <= day
        ? sum + amount
        : sum,
    0,
  );
}
