import { fail } from '../errors/forbear-error';

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

/**
 * The carrier's time-out, if it fits: carrier < permit < activity, and no carrier may take longer than `maySendNow`
 * counts with. Asked where a carrier is opened, so that a worker whose times would let a slow first try send behind a
 * second one does not start. Throws SEND_TIMES.
 */
export function fittingTimeout(
  carrierMs: number = CARRIER_TIMEOUT_MS,
  permitMs: number = PERMIT_LIFE_MS,
  activityMs: number = ACTIVITY_TIMEOUT_MS,
): number {
  const fits =
    carrierMs > 0 && carrierMs <= CARRIER_TIMEOUT_MS && carrierMs < permitMs && permitMs < activityMs;
  if (!fits)
    fail('SEND_TIMES', {
      ...{ carrier: carrierMs, most: CARRIER_TIMEOUT_MS, permit: permitMs, activity: activityMs },
    });
  return carrierMs;
}
