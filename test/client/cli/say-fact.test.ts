import { sayFact } from '../../../src/client/cli/say-fact';
import type { AccountEvent } from '../../../src/domain/account/events';

const told = { id: 'e1', at: '2026-04-10T01:00:00.000Z' };
const said = (event: object): string => sayFact({ ...told, ...event } as AccountEvent, 'CNY');

test('a fact of the timeline is said in words, with amounts as they are written', () => {
  const promise = { kind: 'promise', promise: 'p1', amount: 120_050, date: '2026-04-17', channel: 'call' };
  expect(said({ ...promise, method: 'bank', givenBy: 'debtor' })).toBe('p1, 1,200.50, by 2026-04-17, bank');
  expect(said({ ...promise, givenBy: 'third-party', intention: true })).toBe(
    'p1, 1,200.50, by 2026-04-17, an intention, given by a third party',
  );
  const items = [{ item: 'march' }, { item: 'purchase-77', amount: 40_000 }];
  expect(said({ kind: 'dispute-raised', dispute: 'd1', reason: 'service', items })).toBe(
    'd1, service, march, purchase-77 400.00',
  );
  expect(said({ kind: 'dispute-resolved', dispute: 'd1', outcome: 'partly', amount: 12_000 })).toBe(
    'd1, partly, right in 120.00',
  );
  expect(
    said({ kind: 'complaint', complaint: 'k1', cause: 'conduct', agency: 'a-1', rests: true, by: 'lead-1' }),
  ).toBe('k1, conduct, about a-1, rests by decision of lead-1');
  expect(said({ kind: 'score', model: 'risk-3', value: 70, on: '2026-04-01' })).toBe(
    'risk-3 says 70 for 2026-04-01',
  );
  expect(said({ kind: 'payment', amount: 5_000, valueDate: '2026-04-09', pending: true })).toBe(
    '50.00 of 2026-04-09, announced',
  );
  expect(said({ kind: 'close', reason: 'sold' })).toBe('sold');
});
