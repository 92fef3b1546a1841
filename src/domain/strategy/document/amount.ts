import type { Currency, Minor } from '../../units';
import { parseMoney } from '../../read-money';
import { ForbearError } from '../../errors/forbear-error';

/** `1200.50` in the currency's minor unit, or why not. */
export function amountOf(text: string, currency: Currency): Minor | { readonly reason: string } {
  try {
    return parseMoney(text, currency);
  } catch (error) {
    if (error instanceof ForbearError)
      return { reason: error.message.replace(/^[A-Z_]+: /, '').split('. ')[0] ?? '' };
    throw error;
  }
}
