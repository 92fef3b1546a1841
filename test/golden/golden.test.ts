import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import { formatMoney } from '../../src/domain/money';
import { playTrace, type Failed, type Played } from '../../src/lab/trace';
import { readTrace } from '../../src/lab/trace-document';
import type { Strategy } from '../../src/domain/strategy/strategy';

const stories = readdirSync(__dirname).filter((file) => file.endsWith('.trace.yaml'));

const strategies = new Map<string, Strategy>();
function strategyNamed(name: string): Strategy {
  const known = strategies.get(name);
  if (known !== undefined) return known;
  const file = join(__dirname, '../../strategies', `${name}.yaml`);
  const read = strategyOf(readFileSync(file, 'utf8'), file);
  strategies.set(name, read);
  return read;
}

/** What was expected and what was found, with everything that happened on that day: enough to see why. */
function differences({ failed, days }: Played, { currency }: Strategy): string {
  const said = ({ field }: Failed, value: unknown): string =>
    (field === 'pastDue' || field === 'balance') && typeof value === 'number'
      ? formatMoney(value, currency)
      : JSON.stringify(value);
  return failed
    .map((one) => {
      const happened = days.find(({ day }) => day === one.day)?.happened ?? [];
      return [
        `${one.day}: ${one.field} should be ${said(one, one.expected)}, is ${said(one, one.found)}`,
        ...happened.map(({ what, why }) => `    ${what}${why === '' ? '' : `: ${why}`}`),
      ].join('\n');
    })
    .join('\n');
}

describe('golden stories', () => {
  test.each(stories)('%s', (file) => {
    const document = readTrace(readFileSync(join(__dirname, file), 'utf8'), file);
    const strategy = strategyNamed(document.strategy);
    const trace = document.trace(strategy);
    expect(trace.expectations?.length).toBeGreaterThan(0);
    expect(differences(playTrace(trace, strategy), strategy)).toBe('');
  });

  test('a story that does not hold says on which day, and what happened then', () => {
    const text = readFileSync(join(__dirname, 'credit-clears.trace.yaml'), 'utf8');
    const wrong = text.replace('past_due: 0', 'past_due: 17.50');
    expect(wrong).not.toBe(text);
    const document = readTrace(wrong, 'wrong');
    const strategy = strategyNamed(document.strategy);
    const said = differences(playTrace(document.trace(strategy), strategy), strategy);
    expect(said).toContain('2026-04-08: pastDue should be 17.50, is 0.00');
    expect(said).toContain('told: adjustment');
  });
});
