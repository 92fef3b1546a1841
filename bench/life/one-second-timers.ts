import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/**
 * Every timer lasts a second, the least that the server takes, and fires for the moment that it was meant for. So a
 * rehearsal's account never falls behind a clock: under any load it has the same timers and decides the same.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [{ startTimer: (input, next) => next({ ...input, durationMs: 1_000 }) }],
});
