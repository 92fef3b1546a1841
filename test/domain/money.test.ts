import fc from 'fast-check';
import { ForbearError } from '../../src/domain/errors/forbear-error';
import { formatMoney, isCurrency, percentOf } from '../../src/domain/money';
import { exponentOf, parseMoney, parseSignedMoney } from '../../src/domain/read-money';

function codeOf(deed: () => unknown): string {
  try {
    deed();
  } catch (error) {
    if (error instanceof ForbearError) return error.code;
    throw error;
  }
  return 'none';
}

describe('money', () => {
  it.each([
    ['1200.50', 'CNY', 120_050],
    ['1200', 'CNY', 120_000],
    ['0.05', 'CNY', 5],
    ['0007', 'JPY', 7],
    ['1.234', 'KWD', 1234],
    [' 3.1 ', 'EUR', 310],
  ])('reads %s %s', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each([
    ['12.345', 'CNY', 'TOO_MANY_DECIMALS'],
    ['12.340', 'CNY', 'TOO_MANY_DECIMALS'],
    ['1.0', 'JPY', 'TOO_MANY_DECIMALS'],
    ['1,200.00', 'CNY', 'AMOUNT_NOT_A_NUMBER'],
    ['1e3', 'CNY', 'AMOUNT_NOT_A_NUMBER'],
    ['', 'CNY', 'AMOUNT_NOT_A_NUMBER'],
    ['.5', 'CNY', 'AMOUNT_NOT_A_NUMBER'],
    ['-5.00', 'CNY', 'AMOUNT_NEGATIVE'],
    ['90071992547409.92', 'CNY', 'AMOUNT_TOO_LARGE'],
    ['5', 'RMB', 'UNKNOWN_CURRENCY'],
  ])('refuses %s %s: %s', (text, currency, code) => {
    expect(codeOf(() => parseMoney(text, currency))).toBe(code);
  });

  it('knows the digits of a currency', () => {
    expect([exponentOf('CNY'), exponentOf('JPY'), exponentOf('BHD'), exponentOf('TWD')]).toEqual([
      2, 0, 3, 2,
    ]);
    expect([isCurrency('CNY'), isCurrency('cny'), isCurrency('XYZ'), isCurrency(5)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('writes amounts the same on every machine', () => {
    expect(formatMoney(1_234_560, 'CNY')).toBe('12,345.60');
    expect(formatMoney(5, 'CNY')).toBe('0.05');
    expect(formatMoney(-120_000, 'CNY')).toBe('-1,200.00');
    expect(formatMoney(1234, 'JPY')).toBe('1,234');
    expect(formatMoney(1_234_567, 'BHD')).toBe('1,234.567');
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('CNY', 'JPY', 'BHD', 'CLF'), (amount, currency) => {
        const text = formatMoney(amount, currency).replaceAll(',', '');
        // toEqual tells minus zero from zero.
        expect(parseSignedMoney(text, currency)).toEqual(amount === 0 ? 0 : amount);
      }),
    );
  });

  it('takes percents exactly, half up', () => {
    expect(percentOf(120_000, 5)).toBe(6000);
    expect(percentOf(50, 1)).toBe(1);
    expect(percentOf(49, 1)).toBe(0);
    expect(percentOf(-50, 1)).toBe(-1);
    expect(percentOf(9_007_199_254_740_991, 100)).toBe(9_007_199_254_740_991);
    // In floating point 1.15 % of 1,000 is a little less than 11.5.
    expect(percentOf(1000, 1.15)).toBe(12);
  });
});
