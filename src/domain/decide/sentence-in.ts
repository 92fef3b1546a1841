import { formatMoney } from '../money';
import type { Currency } from '../units';
import type { Why } from './decision';
import { sentence } from './why';

/** Arguments of why-records that are amounts in minor units. */
const AMOUNTS: readonly string[] = [
  ...['amount', 'paid', 'pastDue', 'least', 'cost'],
  ...['waived', 'debt', 'instalment', 'total', 'affordable', 'most'],
];

/** The sentence of a why-record for people, with its amounts as decimals of the account's currency. */
export function sentenceIn(currency: Currency, { code, args }: Why): string {
  const said = Object.entries(args).map(([name, value]) =>
    AMOUNTS.includes(name) && typeof value === 'number'
      ? [name, formatMoney(value, currency)]
      : [name, value],
  );
  return sentence({ code, args: Object.fromEntries(said) as Why['args'] });
}
