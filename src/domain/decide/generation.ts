/**
 * The number of this decision core. An account keeps the generation that its run started with; a change that can alter
 * a decision is written as `account.generation >= n ? new : old`, raises this number, and takes hold at the next
 * continue-as-new. Old branches go when no run carries them.
 */
export const GENERATION = 2;

/** From here on a moment at which nothing would be done sets no timer (wake.ts). */
export const LOOKS_AHEAD = 2;

/** From here on a run may grow longer before it continues as new (workflows/account.ts). */
export const LONGER_RUNS = 2;
