/**
 * Raised by Ctrl-C, by a request to end, and by a closed terminal. What comes after the first is swallowed: npm sends
 * each Ctrl-C a second time, and stopping in order must not be cut short by it.
 */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Which signal it was, once there was one. */
  by(): NodeJS.Signals | null;
  /** The code a program ends with after this signal: 130 for Ctrl-C. */
  exitCode(): number;
  dispose(): void;
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export function interruption(): Interruption {
  const controller = new AbortController();
  let first: keyof typeof NUMBERS | null = null;
  const handle = (signal: NodeJS.Signals): void => {
    first ??= signal as keyof typeof NUMBERS;
    controller.abort();
  };
  for (const signal of Object.keys(NUMBERS)) process.on(signal, handle);
  return {
    signal: controller.signal,
    by: () => first,
    exitCode: () => (first === null ? 0 : 128 + NUMBERS[first]),
    dispose: () => {
      for (const signal of Object.keys(NUMBERS)) process.off(signal, handle);
    },
  };
}

/** Waits until the signal is raised, or for `withinMs` at most, and keeps the process alive no longer than that. */
export async function untilRaised(signal: AbortSignal, withinMs?: number): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => {
    const alive =
      withinMs === undefined ? setInterval(() => undefined, 60_000) : setTimeout(raised, withinMs);
    function raised(): void {
      clearTimeout(alive);
      signal.removeEventListener('abort', raised);
      done();
    }
    signal.addEventListener('abort', raised, { once: true });
  });
}
