import { readFileSync } from 'node:fs';

/** An instance as its file has it, read by other means than the product's. */
export interface Instance {
  readonly vehicles: number;
  readonly capacity: number;
  /** number, x, y, demand, ready, due, service; the depot first. */
  readonly rows: readonly (readonly number[])[];
}

export function instanceOf(file: string, customers: number): Instance {
  const numbers = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((cells) => cells.length > 1 && cells.every((cell) => !Number.isNaN(cell)));
  const [[vehicles = 0, capacity = 0] = [], ...rows] = numbers;
  return { vehicles, capacity, rows: rows.slice(0, customers + 1) };
}

export interface Checked {
  readonly faults: readonly string[];
  readonly distance: number;
}

/** Whether tours (numbers of customers, without the depot) are a plan of the instance, and how long they are. */
export function checkTours(
  { vehicles, capacity, rows }: Instance,
  tours: readonly (readonly number[])[],
): Checked {
  const faults: string[] = [];
  const byNumber = new Map(rows.map((row) => [row[0], row]));
  const depot = rows[0]!;
  const seen = new Set<number>();
  let distance = 0;
  if (tours.length > vehicles) faults.push(`${tours.length} tours for ${vehicles} vehicles`);
  for (const tour of tours) {
    let at = depot;
    let time = depot[4]!;
    let load = 0;
    for (const number of [...tour, depot[0]!]) {
      const to = byNumber.get(number);
      if (to === undefined) {
        faults.push(`there is no ${number}`);
        continue;
      }
      const way = Math.hypot(at[1]! - to[1]!, at[2]! - to[2]!);
      distance += way;
      const arrives = time + at[6]! + way;
      if (arrives > to[5]! + 1e-9) faults.push(`${number} is reached at ${arrives}, after ${to[5]}`);
      time = Math.max(arrives, to[4]!);
      load += to[3]!;
      if (to !== depot && seen.has(number)) faults.push(`${number} is visited twice`);
      seen.add(number);
      at = to;
    }
    if (load > capacity) faults.push(`a load of ${load} for ${capacity}`);
  }
  for (const [number] of rows.slice(1)) if (!seen.has(number!)) faults.push(`${number} is not visited`);
  return { faults, distance };
}
