import { auc } from '../../../src/lab/score/auc';
import { binOf, cutOf, evidence } from '../../../src/lab/score/bins';
import { logistic } from '../../../src/lab/score/logistic';

it('counts the pairs that a score has in the right order', () => {
  const bad = [true, true, false, false];
  expect(auc([1, 2, 3, 4], bad)).toBe(1);
  expect(auc([4, 3, 2, 1], bad)).toBe(0);
  expect(auc([1, 3, 2, 4], bad)).toBe(0.75);
  expect(auc([5, 5, 5, 5], bad)).toBe(0.5);
});

it('finds the weights that the rows were made with', () => {
  // Of 1,000 rows with x the share that is true is what the curve with weights -1 and 2 says.
  const chance = (x: number): number => 1 / (1 + Math.exp(1 - 2 * x));
  const rows: number[][] = [];
  const y: boolean[] = [];
  for (const x of [-1, 0, 1, 2]) {
    const times = Math.round(10_000 * chance(x));
    for (let i = 0; i < 10_000; i += 1) {
      rows.push([x]);
      y.push(i < times);
    }
  }
  const [constant, weight] = logistic(rows, y);
  expect(constant).toBeCloseTo(-1, 1);
  expect(weight).toBeCloseTo(2, 1);
});

describe('bins', () => {
  const values = Array.from({ length: 1000 }, (_unused, i) => i % 5);
  // Three is better than two although less is better otherwise: one bin.
  const bad = values.map((value, i) => i % 100 < [5, 10, 40, 30, 60][value]!);

  it('go one way', () => {
    const cut = cutOf(values, bad, 'worse');
    expect(cut).toEqual({ kind: 'edges', edges: [1, 2, 4] });
    const weights = evidence(cut, values, bad);
    expect([...weights].sort((a, b) => b - a)).toEqual(weights);
  });

  it('have a place for every value, and none for what is not known', () => {
    const cut = { kind: 'edges', edges: [1, 2] } as const;
    expect([0, 1, 1.5, 2, 9].map((value) => binOf(cut, value))).toEqual([0, 1, 1, 2, 2]);
    expect(binOf(cut, null)).toBeNull();
    expect(['a', 'z'].map((word) => binOf({ kind: 'words', words: ['a', 'b'] }, word))).toEqual([0, 2]);
  });
});
