import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crossValidate } from '../src/lab/score/cross-validate';
import { CARD_FILE_CARD } from '../src/lab/score/card-file-card';
import { observeCardFile } from '../src/lab/score/observations';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

const AIM = 0.77;

/** How well the shipped scorecard's way of fitting foretells the real card file's defaults: counts, not seconds. */
export async function main(): Promise<Row[]> {
  const shared = process.env['FORBEAR_SHARED'] ?? join(ROOT, '..', 'shared');
  const file = join(shared, 'data/uci-taiwan/UCI_Credit_Card.csv');
  if (!existsSync(file)) return [{ what: 'the real card file', measured: 'left out: it is not here' }];
  const observed = await observeCardFile(file);
  const { folds, mean, monthsLate } = crossValidate(CARD_FILE_CARD, observed);
  const digits = (value: number): string => value.toFixed(4);
  return [
    { what: 'real accounts, scored on the last day that is known of', measured: whole(observed.length) },
    { what: 'AUC of the months late alone', measured: digits(monthsLate) },
    ...folds.map((value, i) => ({
      what: `AUC of the scorecard, fold ${i + 1} by a card of the others`,
      measured: digits(value),
    })),
    { what: 'mean of the folds', measured: digits(mean), aim: `at least ${AIM}`, met: mean >= AIM },
  ];
}
