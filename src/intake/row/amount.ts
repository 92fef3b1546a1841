import { ForbearError } from '../../domain/errors/forbear-error';
import { parseMoney, parseSignedMoney } from '../../domain/read-money';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { Currency, Minor } from '../../domain/units';

/**
 * An amount of a row in minor units, or the row's error code. The core's own codes name the text, these only the column.
 * `signed` where it may be negative: a balance in the person's favour.
 */
export function readAmount(text: string, currency: Currency, signed = false): Minor | ErrorCode {
  try {
    return signed ? parseSignedMoney(text, currency) : parseMoney(text, currency);
  } catch (error) {
    return (error instanceof ForbearError && CODES[error.code]) || 'ROW_AMOUNT_MALFORMED';
  }
}

const CODES: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  AMOUNT_NEGATIVE: 'ROW_AMOUNT_NEGATIVE',
  TOO_MANY_DECIMALS: 'ROW_DECIMALS',
  AMOUNT_TOO_LARGE: 'ROW_AMOUNT_TOO_LARGE',
};
