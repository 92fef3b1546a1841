import { fail } from '../errors/forbear-error';
import { ACTIVITY_TIMEOUT_MS, CARRIER_TIMEOUT_MS, PERMIT_LIFE_MS } from './permit-life';

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
