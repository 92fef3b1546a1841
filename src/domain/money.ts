import { EXPONENTS } from './currencies';
import { fail } from './errors/forbear-error';
import type { Currency, Minor } from './units';

/** Whether it is a currency of ISO 4217. */
export function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && EXPONENTS.has(value);
}

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

/** Minor units for people: `12,345.60`, the same on every machine. Error UNKNOWN_CURRENCY. */
export function formatMoney(amount: Minor, currency: Currency): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ',');
  const text = exponent === 0 ? whole : `${whole}.${digits.slice(cut)}`;
  return amount < 0 ? `-${text}` : text;
}

/** Percents are read to four decimals. */
const PERCENT_SCALE = 10_000;

/** So many percent of an amount, rounded half up (away from zero below it), in integers all the way. */
export function percentOf(amount: Minor, percent: number): Minor {
  const product = BigInt(amount) * BigInt(Math.round(percent * PERCENT_SCALE));
  const unit = BigInt(100 * PERCENT_SCALE);
  const half = unit / 2n;
  const rounded = product < 0n ? -((-product + half) / unit) : (product + half) / unit;
  return Number(rounded);
}
