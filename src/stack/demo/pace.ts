import { availableParallelism } from 'node:os';

/** Days that the show lasts: from a first missed payment through a whole escalation to law. */
export const SHOW_DAYS = 245;

/** A show of few accounts, and what two cores with the SQLite server carry (measured: docs). */
const LEAST_SECONDS = 300;
const ACCOUNTS_IN_THAT = 50;
const SECONDS_A_DAY = 86_400;

export interface Pace {
  /** Virtual seconds in a real one. */
  readonly factor: number;
  readonly secondsADay: number;
  readonly minutes: number;
}

/** Half a core's worth of slack is enough; on a machine that has less the show takes up to three times as long. */
const ENOUGH = 0.5;
const LEAST = 1 / 3;

/**
 * How fast virtual time runs so that the machine keeps up: the show of more accounts, or on a slow or busy machine,
 * takes longer instead. `strength` as strength.ts measures it.
 */
export function paceFor(accounts: number, strength: number, cores = availableParallelism()): Pace {
  const carried = ACCOUNTS_IN_THAT * Math.min(1, cores / 2) * Math.min(1, Math.max(LEAST, strength / ENOUGH));
  const seconds = LEAST_SECONDS * Math.max(1, accounts / carried);
  return paceOf((SHOW_DAYS * SECONDS_A_DAY) / seconds);
}

export function paceOf(factor: number): Pace {
  const secondsADay = SECONDS_A_DAY / factor;
  return { factor, secondsADay, minutes: (SHOW_DAYS * secondsADay) / 60 };
}
