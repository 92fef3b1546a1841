import type { AccountEvent } from '../../src/domain/account/events';
import { localDate } from '../../src/domain/calendar/zone';
import type { History, KnownDecision } from '../../src/domain/morning/history';
import type { Counting } from '../../src/domain/strategy/strategy';
import { TERMS, at } from './small-account';

/** A loan counts by days and forgives nothing; a card by cycles, with three days of grace. */
export const LOAN: Counting = {
  grace: { days: 0, counting: 'threshold' },
  tolerance: 0,
  bucketBy: 'days',
  watchDays: 30,
  pendingDays: 2,
};
export const CARD: Counting = { ...LOAN, grace: { days: 3, counting: 'threshold' }, bucketBy: 'cycles' };

export interface Told {
  readonly product: 'credit_card' | 'consumer_loan';
  readonly since: string;
  readonly start: readonly AccountEvent[];
  /** Each counts on its own day, unless another is named. */
  readonly facts: readonly (AccountEvent & { readonly known?: string })[];
  readonly decisions?: readonly KnownDecision[];
}

export function historyOf({ product, since, start, facts, decisions = [] }: Told): History {
  return {
    enrolment: { terms: { ...TERMS, product }, facts: {}, enteredOn: since, events: start },
    since,
    facts: facts.map(({ known, ...event }) => ({
      day: known ?? localDate(event.at, TERMS.zone),
      event: event as AccountEvent,
    })),
    decisions,
    strategy: 's',
    counting: new Map([['s', product === 'credit_card' ? CARD : LOAN]]),
  };
}

export function decided(day: string, code: string, args: KnownDecision['args'], close: string | null = null) {
  return { day, at: at(day, 11), code, args, close, strategy: 's' };
}
