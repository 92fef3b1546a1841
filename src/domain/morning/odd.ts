/** A figure of one day among the same weekdays of the eight weeks before (ladders 14.2). */
export interface Odd {
  readonly value: number;
  readonly mean: number;
  readonly deviation: number;
  readonly because: 'share' | 'deviations';
}

const SHARE = 0.3;
const DEVIATIONS = 3;
/** Below so many a day, a share says nothing. */
const LEAST = 10;
/** With fewer days known there is nothing to compare with. */
const LEAST_DAYS = 4;

/**
 * Whether a figure is more than 30 % or three standard deviations off the mean of the days before; null when it is not,
 * or when there is too little to say.
 */
export function odd(value: number, before: readonly number[]): Odd | null {
  if (before.length < LEAST_DAYS) return null;
  const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
  if (Math.max(mean, value) < LEAST) return null;
  const variance = before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / before.length;
  const deviation = Math.sqrt(variance);
  const off = Math.abs(value - mean);
  if (off > SHARE * mean) return { value, mean, deviation, because: 'share' };
  if (deviation > 0 && off > DEVIATIONS * deviation) return { value, mean, deviation, because: 'deviations' };
  return null;
}
