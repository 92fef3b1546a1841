import { fail } from '../../domain/errors/forbear-error';
import { parseSignedMoney } from '../../domain/read-money';
import type { Currency, Minor } from '../../domain/units';
import type { Announced } from '../feed/totals';

/**
 * What the file says that is sent last: `rows=120` and `sum=88000.00`, each on a line of its own; `:` will do. Empty it
 * only says that the other one is whole. Lines that are not known are passed over. Throws FEED_READY_WRONG.
 */
export function readAnnounced(text: string, ready: string, currency: Currency): Announced {
  const said = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/^\s*(rows|sum)\s*[=:]\s*(.*?)\s*$/gim))
    said.set(key.toLowerCase(), value);
  const wrong = (field: string, wanted: string): never => fail('FEED_READY_WRONG', { ready, field, wanted });
  const rows = said.get('rows');
  const sum = said.get('sum');
  if (rows !== undefined && !/^\d{1,12}$/.test(rows)) wrong('rows', 'a whole number');
  return {
    ...(rows === undefined ? {} : { rows: Number(rows) }),
    ...(sum === undefined
      ? {}
      : { sum: amountOf(sum, currency) ?? wrong('sum', `an amount in ${currency}`) }),
  };
}

function amountOf(text: string, currency: Currency): Minor | null {
  try {
    return parseSignedMoney(text, currency);
  } catch {
    return null;
  }
}
