import { EXPONENTS } from './currencies';
import type { Currency, Minor } from './units';

/** Whether it is a currency of ISO 4217. */
export function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && EXPONENTS.has(value);
}

/** Minor units for people: `12,345.60`, the same on every machine. Its currency has been checked (`isCurrency`). */
export function formatMoney(amount: Minor, currency: Currency): string {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError('an amount in no currency of ISO 4217');
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
