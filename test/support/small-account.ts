import { begin } from '../../src/domain/account/begin';
import type { AccountEvent } from '../../src/domain/account/events';
import type { AccountState } from '../../src/domain/account/state';
import type { Terms } from '../../src/domain/account/terms';
import type { Scalar } from '../../src/domain/units';

export const TERMS: Terms = {
  ref: 'a1',
  lender: 'bank',
  person: 'p1',
  digit: 7,
  product: 'credit_card',
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  books: 'obligations',
};

let count = 0;
/** An id nobody else has. */
export const fresh = (): string => `e${(count += 1)}`;

/** A local moment in Shanghai, which has no daylight saving: `at('2026-03-10', 10)` is ten in the morning there. */
export const at = (day: string, hour = 10): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + (hour - 8) * 3_600_000).toISOString();

export const owes = (id: string, due: string, amount: number): AccountEvent => ({
  kind: 'obligation',
  id: fresh(),
  at: at('2026-01-01'),
  obligation: id,
  due,
  amount,
});

export const pays = (day: string, amount: number, hour = 12): AccountEvent => ({
  kind: 'payment',
  id: fresh(),
  at: at(day, hour),
  amount,
  valueDate: day,
});

export function account(
  enteredOn: string,
  events: readonly AccountEvent[],
  facts: Record<string, Scalar> = {},
): AccountState {
  return begin({ terms: TERMS, facts, enteredOn, events });
}
