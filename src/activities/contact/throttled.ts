import type { Instant } from '../../domain/units';

/** How long a carrier that said "not so fast" is left alone, in real time. */
const REST_MS = 60_000;
const REST_IN_REHEARSAL_MS = 2_000;

/** When to come again, on the account's own clock. */
export function throttledUntil(factor: number | null, now: Instant): Instant {
  const rest = factor === null ? REST_MS : REST_IN_REHEARSAL_MS * factor;
  return new Date(Date.parse(now) + rest).toISOString();
}
