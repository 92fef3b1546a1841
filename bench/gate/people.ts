import { enrolAccount } from '../../src/book/accounts';
import type { Db } from '../../src/book/open-book';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { benchLife } from '../life/bench-life';

/** Ten in the morning in Shanghai, nine days after the due date of everybody here. */
export const NOW = '2026-03-10T02:00:00.000Z';
export const DUE = '2026-03-01';

/** A strategy that knows one text message, and no rules but those given. */
export function oneText(caps: Strategy['contact']['caps'] = []): Strategy {
  const life = benchLife().strategy;
  const step = life.steps.find(({ channels }) => channels?.includes('sms'))!;
  return {
    ...life,
    steps: [{ ...step, kind: 'contact', channels: ['sms'] }],
    contact: { hours: {}, caps, closedOn: [] },
  };
}

/** An account of a new person with a number, of that number among all. Answers its reference. */
export async function enrolOne(db: Db, strategy: Strategy, hash: string, i: number): Promise<string> {
  const { ref } = await enrolAccount(db, {
    ...{ lenderNumber: `bench-${i}`, strategy: hash, contentHash: `${i}`, facts: {}, enteredOn: DUE },
    terms: {
      ...{ lender: 'bank', product: strategy.product, currency: strategy.currency },
      ...{ zone: strategy.zone, books: 'obligations' },
    },
    events: [
      {
        ...{ kind: 'obligation', id: 'o1', at: '2026-02-20T00:00:00.000Z', obligation: 'o1' },
        ...{ due: DUE, amount: 50_000 },
      },
    ],
    person: {
      ...{ lender: 'bank', lenderPerson: `bench-${i}`, name: 'Example', language: 'en', zone: strategy.zone },
      endpoints: [{ kind: 'mobile', value: `+86138${String(i).padStart(8, '0')}`, verified: true }],
    },
  });
  return ref;
}
