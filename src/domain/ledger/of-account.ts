import type { AccountState, Movement, Owed } from '../account/state';
import { carriedKind, isGivenUp } from '../account/carry';
import { endedEarly, instalmentsOf } from '../agreement/agreement';
import { agreementsOf } from '../agreement/judge';
import type { IsoDate } from '../units';
import { LoanRun } from './fold';
import { keepsLedger } from './keeps';
import type { LedgerEntry, LoanTerms } from './loan';
import { MONEY_RULES, type MoneyRules } from './rules';
import { stopsOf } from './stops';

/**
 * The loan's books, of any day; null where the engine keeps none. `rules` are the strategy's; left out, where none is
 * known, money goes to fees, interest and principal of the oldest part.
 */
export function ledgerOf(account: AccountState, rules: MoneyRules = MONEY_RULES): LoanRun | null {
  const { loan, owed } = account;
  if (!keepsLedger(account) || loan === undefined) return null;
  const known = runs.get(owed);
  if (known !== undefined && known.rules === rules && PARTS.every((part) => known.of[part] === account[part]))
    return known.run;
  const run = new LoanRun(termsOf(account, rules), entriesOf(account, rules));
  runs.set(owed, { of: account, rules, run });
  return run;
}

/** Besides what is owed, all of the account that its books hang on. */
const PARTS = ['loan', 'holds', 'agreements', 'acceleration', 'writtenOffOn'] as const;

/** Decisions ask about many days of one account: its days are walked once. */
const runs = new WeakMap<
  Owed,
  { readonly of: AccountState; readonly rules: MoneyRules; readonly run: LoanRun }
>();

/** The contract with its parts, within the strategy's caps. Only where the engine keeps the books. */
export function termsOf({ loan, owed }: AccountState, rules: MoneyRules): LoanTerms {
  const { penaltyRate = 0, graceDays = 0, lateCharge = null, capRate, ahead, ...rest } = loan!;
  const caps = [capRate, rules.capRate].filter((cap) => cap !== undefined);
  return {
    ...rest,
    ...{ penaltyRate, graceDays, lateCharge },
    capRate: caps.length === 0 ? null : Math.min(...caps),
    ...(rules.capShare === undefined ? {} : { capShare: rules.capShare }),
    allocation: rules.allocation,
    ahead: ahead ?? rules.ahead,
    parts: owed.obligations.map(({ id, due, amount }) => ({ id, due, principal: amount })),
  };
}

/** What happened to the loan, in no particular order: the fold sorts it. */
export function entriesOf(account: AccountState, rules: MoneyRules): readonly LedgerEntry[] {
  const { acceleration } = account;
  return [
    ...account.owed.movements.flatMap(ofMovement),
    ...stopsOf(account, rules.atWriteOff === 'stop'),
    ...interestOfPlans(account),
    ...(acceleration === undefined
      ? []
      : [{ kind: 'acceleration' as const, id: 'acceleration', on: acceleration.on }]),
  ];
}

function ofMovement(movement: Movement): readonly LedgerEntry[] {
  const { id, valueDate: on, amount, counts, obligation, pending, reversedAt, waived } = movement;
  if (pending === true || reversedAt !== undefined || amount === 0) return [];
  const at = { id, on };
  const named = obligation === undefined ? {} : { part: obligation };
  if (isGivenUp(movement)) return [{ kind: 'waiver', ...at, amounts: waived ?? { principal: amount } }];
  switch (carriedKind(movement)) {
    case 'payment':
      return [{ kind: 'payment', ...at, amount }];
    case 'payout':
      return [{ kind: 'refund', ...at, amount: -amount }];
    case 'charge':
      return [{ kind: 'cost', ...at, amount: -amount, component: movement.component ?? 'costs', ...named }];
    case 'refund':
    case 'adjustment':
      // What does not count towards what is due shortens the loan from its end.
      if (amount > 0)
        return [{ kind: 'credit', ...at, amount, ...named, ...(counts ? {} : { from: 'end' as const }) }];
      return [{ kind: 'cost', ...at, amount: -amount, ...named }];
  }
}

/** A plan's own interest is owed with its instalments, up to the day on which it ended otherwise than by being kept. */
function interestOfPlans(account: AccountState): readonly LedgerEntry[] {
  return agreementsOf(account).flatMap((agreement): readonly LedgerEntry[] => {
    const { id, terms, judgedOn } = agreement;
    if (terms.kind !== 'plan') return [];
    const last: IsoDate = endedEarly(agreement) && judgedOn !== undefined ? judgedOn : '9999-12-31';
    return instalmentsOf(terms)
      .filter(({ interest, due }) => interest > 0 && due < last)
      .map(({ n, due, interest }) => ({
        ...{ kind: 'cost' as const, id: `plan:${id}:${n}`, on: due, amount: interest },
        component: 'interest' as const,
      }));
  });
}
