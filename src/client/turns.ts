import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Takes turns with a pause between until stopped; `stop` raises the signal and waits for the turn that is under way.
 * @param begin asked once, for the turn to be taken
 */
export function keepTurning(
  begin: (signal: AbortSignal) => () => Promise<unknown>,
  everySeconds: number,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const controller = new AbortController();
  const { signal } = controller;
  const turn = begin(signal);
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await turn().catch(onError);
      // Broken off by `stop`: then there is nothing to wait for.
      await sleep(everySeconds * 1_000, undefined, { signal }).catch(() => undefined);
    }
  };
  const done = run();
  return {
    stop() {
      controller.abort();
      return done;
    },
  };
}
