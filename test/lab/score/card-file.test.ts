import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCardFile, type CardRow } from '../../../src/lab/card-file';
import { readScorecard } from '../../../src/domain/score/scorecard.schema';
import { CARD_FILE_CARD, CARD_FILE_COMMENT } from '../../../src/lab/score/card-file-card';
import { crossValidate } from '../../../src/lab/score/cross-validate';
import { fitScorecard } from '../../../src/lab/score/fit';
import { observe, type Observation } from '../../../src/lab/score/observations';
import { writeScorecard } from '../../../src/lab/score/write-scorecard';

const file = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'data/uci-taiwan/UCI_Credit_Card.csv');
const present = existsSync(file);
const whenPresent = present ? it : it.skip;
if (!present) console.log(`skipped: the card file is not at ${file}`);

const rows: CardRow[] = [];
let observed: readonly Observation[] = [];
beforeAll(async () => {
  if (!present) return;
  for await (const row of readCardFile(file)) rows.push(row);
  observed = rows.map(observe);
}, 120_000);

whenPresent('ranks accounts that it was not fitted on better than the months late alone', () => {
  const { folds, mean, monthsLate } = crossValidate(CARD_FILE_CARD, observed);
  expect(mean).toBeGreaterThanOrEqual(0.77);
  expect(monthsLate).toBeCloseTo(0.728, 3);
  for (const fold of folds) expect(fold).toBeGreaterThan(monthsLate + 0.03);
});

whenPresent('ships as it is fitted, number for number', () => {
  const shipped = readFileSync(join(__dirname, '../../../scorecards/payment-behaviour.yaml'), 'utf8');
  const fitted = fitScorecard(CARD_FILE_CARD, observed);
  expect(readScorecard(shipped, 'payment-behaviour.yaml')).toEqual(fitted);
  expect(shipped).toBe(writeScorecard(fitted, CARD_FILE_COMMENT));
});

whenPresent('knows nothing of what it is to foretell', () => {
  const some = rows.slice(0, 200);
  const turned = some.map((row) => observe({ ...row, defaulted: !row.defaulted }));
  expect(turned.map(({ known }) => known)).toEqual(some.map((row) => observe(row).known));
  // Nor of who the person is: the row that was read has no more than this.
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['defaulted', 'id', 'limit', 'months']);
});
