import { reopened, reopens } from '../../../src/domain/account/reopening';
import { account } from '../../support/small-account';
import { told } from '../../support/told';

const back = { kind: 'reversal', of: 'p1', reason: 'returned' } as const;

it.each(['cured', 'settled', 'closed', null])('money that came back opens what was %s', (ended) => {
  expect(reopens(told('2026-05-01', back), ended)).toBe(true);
});

it('leaves to its buyer what was sold', () => {
  expect(reopens(told('2026-05-01', back), 'sold')).toBe(false);
});

it('opens nothing for a reversal that is taken back, nor for money that came', () => {
  expect(reopens(told('2026-05-01', { ...back, undone: true }), 'cured')).toBe(false);
  const paid = told('2026-05-01', { kind: 'payment', amount: 100, valueDate: '2026-05-01' });
  expect(reopens(paid, 'cured')).toBe(false);
});

it('treats an account again when the money comes back in the moment of closing', () => {
  const closed = { ...account('2026-05-01', []), closed: { reason: 'cured', on: '2026-05-01' } } as const;
  expect(reopened(closed, told('2026-05-01', back)).closed).toBeNull();
  expect(
    reopened({ ...closed, closed: { reason: 'sold', on: '2026-05-01' } }, told('2026-05-01', back)).closed,
  ).not.toBeNull();
});
