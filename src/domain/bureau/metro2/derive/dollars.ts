import { exponentOf } from '../../../read-money';
import type { Currency, Minor } from '../../../units';
import { fail } from '../../../errors/forbear-error';

/** Nine digits. */
const MOST = 999_999_999;

/**
 * Minor units as the format has money: whole units of the currency (the format knows dollars), cents cut off and never
 * rounded, a credit balance as zero. So what is told is never more than what is owed.
 * Errors BUREAU_AMOUNT_TOO_LARGE, UNKNOWN_CURRENCY.
 */
export function wholeDollars(amount: Minor, currency: Currency): number {
  if (amount <= 0) return 0;
  const whole = Math.floor(amount / 10 ** exponentOf(currency));
  return whole <= MOST ? whole : fail('BUREAU_AMOUNT_TOO_LARGE');
}
