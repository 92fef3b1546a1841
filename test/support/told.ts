import { begin } from '../../src/domain/account/begin';
import type { AccountEvent } from '../../src/domain/account/events';
import type { AccountState } from '../../src/domain/account/state';
import type { Terms } from '../../src/domain/account/terms';
import { instantOf } from '../../src/domain/calendar/zone';
import type { Counting } from '../../src/domain/strategy/strategy';
import type { Instant, IsoDate } from '../../src/domain/units';

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

/** Grace of three days as a threshold, ten yuan tolerated, bucket by cycles: the shipped card. */
export const CARD: Counting = {
  grace: { days: 3, counting: 'threshold' },
  tolerance: 1000,
  bucketBy: 'cycles',
  watchDays: 30,
  pendingDays: 2,
};

/** An account without anything said about it yet. */
export function account(terms: Partial<Terms> = {}, enteredOn: IsoDate = '2026-03-01'): AccountState {
  return begin({ terms: { ...TERMS, ...terms }, facts: {}, enteredOn, events: [] }, 1);
}

/** Local time in Shanghai. */
export function at(day: IsoDate, time = '10:00'): Instant {
  return instantOf(day, time, TERMS.zone);
}

type Distributed<E> = E extends AccountEvent ? Omit<E, 'id' | 'at'> & { id?: string } : never;
let count = 0;

/** An event told on a day at ten; it gets an id of its own where none is given. */
export function told(day: IsoDate, event: Distributed<AccountEvent>): AccountEvent {
  count += 1;
  return { id: `e${count}`, at: at(day), ...event } as AccountEvent;
}
