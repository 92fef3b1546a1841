import { localDate } from '../../domain/calendar/zone';
import type { Currency, Instant, IsoDate, Minor, Zone } from '../../domain/units';

/** How a language writes money and days. Nothing here reads the clock or the host's own settings. */
export interface Wording {
  money(amount: Minor): string;
  day(date: IsoDate): string;
  dayOf(instant: Instant): string;
}

export function wording(language: string, currency: Currency, zone: Zone): Wording {
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const exponent =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  // Without the currency's sign: the template names it in the language's own way.
  const amounts = new Intl.NumberFormat(language, {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  const day = (date: IsoDate): string => dates.format(new Date(`${date}T00:00:00Z`));
  return {
    // As decimal text: dividing would make a float of an amount.
    money: (amount) => amounts.format(decimal(amount, exponent) as `${number}`),
    day,
    dayOf: (instant) => day(localDate(instant, zone)),
  };
}

function decimal(amount: Minor, exponent: number): string {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount < 0 ? '-' : '';
  return exponent === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-exponent)}`;
}
