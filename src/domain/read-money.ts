import { EXPONENTS } from './currencies';
import { fail } from './errors/forbear-error';
import type { Currency, Minor } from './units';

// Apart from money.ts, which the deciding core needs: that core carries no catalogue of errors.

/** Digits after the decimal point: 2 for CNY, 0 for JPY. Error UNKNOWN_CURRENCY. */
export function exponentOf(currency: Currency): number {
  return EXPONENTS.get(currency) ?? fail('UNKNOWN_CURRENCY', { currency });
}

/**
 * A decimal text in major units (`1200.50`) as minor units, exactly. No thousands separators and no currency sign.
 * Errors AMOUNT_NOT_A_NUMBER, AMOUNT_NEGATIVE, TOO_MANY_DECIMALS (trailing zeros too: they show that the writer means
 * another unit), AMOUNT_TOO_LARGE, UNKNOWN_CURRENCY.
 */
export function parseMoney(text: string, currency: Currency): Minor {
  const amount = parseSignedMoney(text, currency);
  return amount < 0 ? fail('AMOUNT_NEGATIVE', { text }) : amount;
}

/** The same for what may be negative, such as a balance in credit: `-3`. */
export function parseSignedMoney(text: string, currency: Currency): Minor {
  const exponent = exponentOf(currency);
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (parts === null) fail('AMOUNT_NOT_A_NUMBER', { text: text.slice(0, 40) });
  const [, sign, whole = '', fraction = ''] = parts;
  if (fraction.length > exponent) fail('TOO_MANY_DECIMALS', { text, currency, exponent });
  const minor = Number(whole + fraction.padEnd(exponent, '0'));
  if (!Number.isSafeInteger(minor)) fail('AMOUNT_TOO_LARGE', { text: text.slice(0, 40), currency });
  // Minus zero would not be equal to zero in every comparison.
  return sign === '-' && minor !== 0 ? -minor : minor;
}
