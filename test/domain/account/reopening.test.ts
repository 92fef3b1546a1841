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

const figures = (pastDue: number) =>
  told('2026-06-01', {
    kind: 'host-update',
    figures: {
      ...{ asOf: '2026-06-01T00:00:00.000Z', pastDue, balance: 900_00 },
      ...{ oldestDue: pastDue > 0 ? '2026-05-25' : null, cycles: pastDue > 0 ? 1 : 0 },
    },
  });

it('opens by late figures what was cured, and nothing that a person or a sale ended', () => {
  expect(reopens(figures(100_00), 'cured')).toBe(true);
  expect(reopens(figures(0), 'cured')).toBe(false);
  for (const ended of ['settled', 'sold', 'closed', null])
    expect(reopens(figures(100_00), ended)).toBe(false);
});

it('leaves figures in the moment of closing as they were to a run of an earlier generation', () => {
  const closed = { ...account('2026-05-01', []), closed: { reason: 'cured', on: '2026-06-01' } } as const;
  expect(reopened(closed, figures(100_00)).closed).toBeNull();
  expect(reopened({ ...closed, generation: 2 }, figures(100_00)).closed).not.toBeNull();
});
