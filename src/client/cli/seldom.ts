import type { Context } from './context';

const SAY_EVERY_MS = 1_000;

/** Says how far something is, a line a second at most, and nothing where it is quick. */
export function seldom<T>({ terminal }: Context, say: (progress: T) => string): (progress: T) => void {
  let last = Date.now();
  return (progress) => {
    if (Date.now() - last < SAY_EVERY_MS) return;
    last = Date.now();
    terminal.err(say(progress));
  };
}
