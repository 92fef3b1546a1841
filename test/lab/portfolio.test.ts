import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../src/lab/portfolio/generate';
import { countMovements, MEASURED_MONTHS } from '../../src/lab/portfolio/movements';

const shared = process.env['FORBEAR_SHARED'] ?? join(__dirname, '..', '..', '..', 'shared');
const file = join(shared, 'data', 'uci-taiwan', 'expected-transitions.json');

interface Expected {
  readonly transitions: readonly {
    readonly from: string;
    readonly enter: number;
    readonly cure: number;
    readonly worse: number;
    readonly same: number;
    readonly better_still_late: number;
  }[];
}

const OPTIONS = { seed: 7, accounts: 30_000, months: MEASURED_MONTHS, enrolledOn: '2026-01-05' } as const;

describe('the portfolio that ships', () => {
  it('is the same for the same seed, account by account', () => {
    const few = { ...OPTIONS, accounts: 300 };
    expect(generate(few)).toEqual(generate(few));
    expect(generate({ ...few, accounts: 500 }).slice(0, 300)).toEqual(generate(few));
    expect(generate({ ...few, seed: 8 })).not.toEqual(generate(few));
  });

  it('moves from month to month as the real file does', () => {
    if (!existsSync(file)) return void console.log(`skipped: ${file} is missing`);
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected;
    const paths = generate(OPTIONS).map((card) => card.monthsLate);
    for (const [month, wanted] of expected.transitions.entries()) {
      const { better, ...counted } = countMovements(paths, month);
      for (const [name, count] of Object.entries({ ...counted, better_still_late: better })) {
        const want = wanted[name as keyof typeof counted];
        // Drawn by chance: four standard deviations, and the drift of the months before.
        const allowed = 4 * Math.sqrt(want) + 0.06 * want;
        expect({ month, name, off: Math.abs(count - want) <= allowed || `${count} for ${want}` }).toEqual({
          month,
          name,
          off: true,
        });
      }
    }
  });
});
