import { FIGURES } from '../../domain/morning/definitions';
import type { Line } from '../../domain/morning/report';
import { formatMoney } from '../../domain/money';
import { exponentOf } from '../../domain/read-money';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A value with its unit, for people: `1,204`, `12.5 %`, `1,200.00 CNY`. */
export function sayValue({ unit, currency }: Pick<Line, 'unit' | 'currency'>, value: number | null): string {
  if (value === null) return '–';
  if (unit === 'amount') return currency === null ? '–' : `${formatMoney(value, currency)} ${currency}`;
  if (unit === 'percent') return `${value.toFixed(1)} %`;
  return unit === 'ratio' ? value.toFixed(4) : whole.format(value);
}

/** What is shown beside a value: the figure and its part. */
export function sayName({ figure, part }: Line): string {
  const { title } = FIGURES[figure];
  return part === '' ? title : `${title}: ${part}`;
}

/** The part with its age, in one field. */
export const partOf = ({ part, age }: Line): string => (age === undefined ? part : `${part}, ${age}`);

/** For programs: an amount as a decimal with the digits of its currency, so that no reader must know minor units. */
export function plainValue({ unit, currency }: Line, value: number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (unit !== 'amount' || currency === null) return String(value);
  return (value / 10 ** exponentOf(currency)).toFixed(exponentOf(currency));
}

/** The unit as a word: the currency of an amount. */
export const unitOf = ({ unit, currency }: Line): string => (unit === 'amount' ? (currency ?? '') : unit);
