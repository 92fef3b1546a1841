import { fail } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';

/** A moment that an option names, with its offset. Throws OPTION_WRONG. */
export function momentOf(option: string, written: string): Instant {
  const ms = /(Z|[+-]\d{2}:\d{2})$/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(ms)) fail('OPTION_WRONG', { option, wanted: 'a moment with its offset' });
  return new Date(ms).toISOString();
}
