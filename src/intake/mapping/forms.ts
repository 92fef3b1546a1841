import { exponentOf } from '../../domain/read-money';
import type { Currency } from '../../domain/units';
import type { AmountForm } from './mapping.schema';

/**
 * A day as the file writes it, as `YYYY-MM-DD`. What does not fit the form comes back as it was: the row's check names
 * the column.
 */
export function dayReader(form: string): (said: string) => string {
  if (form === 'YYYY-MM-DD') return (said) => said;
  const pattern = form
    .replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replace('YYYY', '(?<y>\\d{4})')
    .replace('MM', '(?<m>\\d{2})')
    .replace('DD', '(?<d>\\d{2})');
  const shape = new RegExp(`^${pattern}$`);
  return (said) => {
    const parts = shape.exec(said.trim())?.groups;
    return parts === undefined ? said : `${parts['y']}-${parts['m']}-${parts['d']}`;
  };
}

/** An amount as the file writes it, as a decimal in major units; what does not fit comes back as it was. */
export function amountReader(form: AmountForm): (said: string, currency: Currency) => string {
  const { unit = 'major', decimal = '.', thousands, sign = 'leading' } = form;
  return (said, currency) => {
    let text = said.trim();
    if (thousands !== undefined) text = text.replaceAll(thousands, '');
    if (decimal !== '.') text = text.replace(decimal, '.');
    if (sign === 'trailing') text = text.replace(/^(.*)([+-])$/, '$2$1');
    if (sign === 'reversed') text = text.startsWith('-') ? text.slice(1) : `-${text.replace(/^\+/, '')}`;
    if (sign === 'reversed' && /^-0*(\.0*)?$/.test(text)) text = text.slice(1);
    return unit === 'minor' ? shifted(text, exponentOf(currency)) : text;
  };
}

/** `120050` as `1200.50`: the point goes as many places in as the currency has. */
function shifted(text: string, exponent: number): string {
  const parts = /^([+-]?)(\d+)$/.exec(text);
  if (parts === null || exponent === 0) return text;
  const [, sign = '', digits = ''] = parts;
  const padded = digits.padStart(exponent + 1, '0');
  return `${sign}${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`;
}
