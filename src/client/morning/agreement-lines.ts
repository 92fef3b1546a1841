import type { AgreementRow, BudgetUse, WaivedRow } from '../../book/morning/agreements';
import type { Line } from '../../domain/morning/report';
import { line, percent } from './lines';

/** Agreements that run at the close of each day, by kind. */
export function runningLines(rows: readonly AgreementRow[]): Line[] {
  return rows
    .filter(({ running }) => running.some((n) => n > 0))
    .map(({ kind, currency, running }) => line('agreements-open', running, `${currency} ${kind}`));
}

/** Agreements made on each day, by kind, and what they give up, by the role that agreed, against its month's budget. */
export function madeLines(
  rows: readonly AgreementRow[],
  waived: readonly WaivedRow[],
  budgets: readonly BudgetUse[],
): Line[] {
  return [
    ...rows
      .filter(({ made }) => made.some((n) => n > 0))
      .map(({ kind, currency, made }) => line('agreements-made', made, `${currency} ${kind}`)),
    ...waived.map(({ role, currency, amounts }) =>
      line('waived', amounts, `${currency} by ${role}`, currency),
    ),
    ...budgets.map(({ role, used, budget }) => line('waiver-budget', percent(used, budget), role)),
  ];
}
