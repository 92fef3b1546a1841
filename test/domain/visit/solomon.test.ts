import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planRoutes } from '../../../src/domain/visit/route/search';
import { readSolomon } from '../../../src/domain/visit/route/solomon';
import { checkTours, instanceOf } from './tour-checker';

const FOLDER = join(__dirname, '../../../../shared/data/solomon');
const there = existsSync(join(FOLDER, 'R101.txt'));
if (!there) console.warn('The instances of Solomon are not beside this folder: their tests are skipped.');

/** Best known distances of the first 25, 50 and 100 customers, each way cut to one decimal. */
const BEST = {
  C101: { 25: 191.3, 50: 362.4, 100: 827.3 },
  R101: { 25: 617.1, 50: 1044.0, 100: 1637.7 },
  RC101: { 25: 461.1, 50: 944.0, 100: 1619.8 },
};
const WITHIN = { 25: 1.05, 50: 1.05, 100: 1.08 };

describe.each(Object.keys(BEST) as (keyof typeof BEST)[])('instance %s', (name) => {
  it.each([25, 50, 100] as const)(
    'with %d customers: nothing is broken, and the way is short',
    (customers) => {
      if (!there) return;
      const file = join(FOLDER, `${name}.txt`);
      const { problem, places } = readSolomon(readFileSync(file, 'utf8'), file, customers);
      const plan = planRoutes(problem, { seed: 1, rounds: 12_000 });
      const tours = plan.tours.filter((tour) => tour.length > 0);
      const numbers = tours.map((tour) => tour.map((visit) => Number(places[visit + 1]?.number)));
      const { faults, distance } = checkTours(instanceOf(file, customers), numbers);
      expect(faults).toEqual([]);
      expect(plan.leftOut).toEqual([]);
      // Ways that are not cut are a little longer than those of the best known; that is in the margin.
      expect(distance).toBeLessThanOrEqual(BEST[name][customers] * WITHIN[customers]);
    },
  );
});
