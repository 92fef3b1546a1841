import { formatMoney } from '../money';
import { FACTS, type FactType } from './facts.catalogue';
import type { Condition, Test } from './strategy';

/** A condition as it is written, its amounts in the currency's decimals. */
export function sayCondition(condition: Condition, currency: string): string {
  if ('all' in condition) return condition.all.map((part) => inner(part, currency)).join(' and ');
  if ('any' in condition) return condition.any.map((part) => inner(part, currency)).join(' or ');
  if ('not' in condition) return `not ${inner(condition.not, currency)}`;
  return sayTest(condition, currency);
}

function inner(condition: Condition, currency: string): string {
  const text = sayCondition(condition, currency);
  return 'all' in condition || 'any' in condition ? `(${text})` : text;
}

function sayTest({ fact, op, value }: Test, currency: string): string {
  if (op === '=' && value === true) return fact;
  const type: FactType | undefined = FACTS[fact]?.type;
  const say = (one: unknown): string => (type === 'money' ? formatMoney(Number(one), currency) : String(one));
  return `${fact} ${op} ${Array.isArray(value) ? `[${value.map(say).join(', ')}]` : say(value)}`;
}
