import { pointsOn } from '../../domain/score/score';
import { auc } from './auc';
import { fitScorecard, type Named } from './fit';
import { FOLDS, type Observation } from './observations';

export interface Validated {
  /** Of each fold, by a card that was fitted on the others alone. */
  readonly folds: readonly number[];
  readonly mean: number;
  /** Of the number of months late alone, over the same folds. */
  readonly monthsLate: number;
}

/** How well cards rank accounts that they were not fitted on: cuts, weights and points are made anew for each fold. */
export function crossValidate(named: Named, observed: readonly Observation[]): Validated {
  const folds: number[] = [];
  const alone: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const card = fitScorecard(
      named,
      observed.filter((one) => one.fold !== fold),
    );
    const held = observed.filter((one) => one.fold === fold);
    const bad = held.map(({ defaulted }) => defaulted);
    folds.push(
      auc(
        held.map(({ known }) => pointsOn(card, known)),
        bad,
      ),
    );
    alone.push(
      auc(
        held.map(({ known }) => -Number(known['months_behind_6m'])),
        bad,
      ),
    );
  }
  return { folds, mean: mean(folds), monthsLate: mean(alone) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
