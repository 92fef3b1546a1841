/**
 * How long each part of a send may take, in milliseconds. A carrier gives up before the permit ends, and the permit
 * ends before the activity does: so a slow first try cannot send after a second one has begun.
 */
export const CARRIER_TIMEOUT_MS = 10_000;
export const PERMIT_LIFE_MS = 30_000;
export const ACTIVITY_TIMEOUT_MS = 60_000;

/** Whether a carrier that is asked now answers, or gives up, before the permit ends. Both in real time. */
export function maySendNow(expiresAtMs: number, nowMs: number): boolean {
  return nowMs + CARRIER_TIMEOUT_MS < expiresAtMs;
}
