/** Keeps weights finite where two characteristics say nearly the same. */
const RIDGE = 1e-3;
const MOST_STEPS = 25;

/**
 * Logistic regression by Newton's steps: the chance that `y` is true is 1 / (1 + exp(-(w0 + Σ wj·xj))). Gives w0, w1 …
 * A few columns and some ten thousand rows; nothing random, so the same rows give the same weights.
 */
export function logistic(rows: readonly (readonly number[])[], y: readonly boolean[]): readonly number[] {
  const size = (rows[0]?.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const gradient = new Array<number>(size).fill(0);
    const curve = gradient.map(() => new Array<number>(size).fill(0));
    rows.forEach((row, i) => {
      const x = [1, ...row];
      const chance = 1 / (1 + Math.exp(-x.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0)));
      const off = chance - (y[i] === true ? 1 : 0);
      x.forEach((value, j) => {
        gradient[j] = (gradient[j] ?? 0) + off * value;
        const line = curve[j] ?? [];
        for (let k = 0; k < size; k += 1)
          line[k] = (line[k] ?? 0) + chance * (1 - chance) * value * (x[k] ?? 0);
      });
    });
    for (let j = 1; j < size; j += 1) {
      gradient[j] = (gradient[j] ?? 0) + RIDGE * rows.length * (weights[j] ?? 0);
      const line = curve[j] ?? [];
      line[j] = (line[j] ?? 0) + RIDGE * rows.length;
    }
    const move = solve(curve, gradient);
    weights = weights.map((weight, j) => weight - (move[j] ?? 0));
    if (move.every((by) => Math.abs(by) < 1e-9)) break;
  }
  return weights;
}

/** Solves `matrix · x = right` by elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 0; i < size; i += 1) {
    let pivot = i;
    for (let k = i; k < size; k += 1) if (Math.abs(at(k, i)) > Math.abs(at(pivot, i))) pivot = k;
    [rows[i], rows[pivot]] = [rows[pivot] ?? [], rows[i] ?? []];
    for (let k = 0; k < size; k += 1) {
      if (k === i) continue;
      const times = at(k, i) / at(i, i);
      const row = rows[k] ?? [];
      for (let j = i; j <= size; j += 1) row[j] = (row[j] ?? 0) - times * at(i, j);
    }
  }
  return rows.map((_row, i) => at(i, size) / at(i, i));
}
