import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import { activityOf } from '../../src/workflows/perform';

const folder = join(__dirname, '..', '..', 'strategies');

describe('the activity that carries out a step', () => {
  test.each(['standard-card.yaml', 'consumer-loan.yaml'])(
    'in %s only what is to be approved becomes a case; other answers are left to tasks',
    (file) => {
      const { steps } = strategyOf(readFileSync(join(folder, file), 'utf8'), file);
      const cases = steps.filter((step) => activityOf(step) === 'legal');
      expect(cases.length).toBeGreaterThan(0);
      for (const step of cases) expect(step).toMatchObject({ answers: ['approved', 'refused'] });
      const screenings = steps.filter((step) => step.action === 'legal-screening');
      expect(screenings.length).toBeGreaterThan(0);
      for (const step of screenings) expect([step.name, activityOf(step)]).toEqual([step.name, 'schedule']);
    },
  );
});
