import { Random } from '../../lab/portfolio/random';

/** A slice of work, and how long it takes a core that has nothing else to do (a server of 2024). */
const DRAWS = 2_000_000;
const USUAL_MS = 16;
const SLICES = 8;
const PAUSE_MS = 40;

/**
 * What a core of this machine has left for us now, against a usual one with nothing else to do: below 1 on a slow or a
 * busy machine. Takes about half a second.
 */
export async function strength(): Promise<number> {
  slice();
  let took = 0;
  for (let i = 0; i < SLICES; i += 1) {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    const from = performance.now();
    slice();
    took += performance.now() - from;
  }
  return (SLICES * USUAL_MS) / took;
}

function slice(): number {
  const random = new Random(1, 'strength');
  let sum = 0;
  for (let i = 0; i < DRAWS; i += 1) sum += random.next();
  return sum;
}
