import { readFileSync } from 'node:fs';
import { compile } from '../../../src/domain/strategy/document/compile';

const CARD = readFileSync('strategies/standard-card.yaml', 'utf8');

test('the shipped card turns round at day 91, within its cap', () => {
  const money = compile(CARD, 'card.yaml').strategy?.counting.money;
  expect(money?.allocation.map(({ fromDpd, order }) => [fromDpd, order[0]])).toEqual([
    [0, 'costs'],
    [91, 'principal'],
  ]);
  expect(money).toMatchObject({ ahead: 'keep', capRate: 240_000 });
});

test.each([
  [
    'one is missing',
    '[costs, late-charge, penalty-interest, interest, principal]',
    '[costs, interest, principal]',
  ],
  [
    'one stands twice',
    '[principal, interest, penalty-interest, late-charge, costs]',
    '[principal, principal, interest, late-charge, costs]',
  ],
  ['the first begins late', 'from_dpd: 0', 'from_dpd: 5'],
  ['one is not later', 'from_dpd: 91', 'from_dpd: 0'],
])('an order is refused where %s, with its line', (_what, from, to) => {
  expect(CARD).toContain(from);
  const { strategy, problems } = compile(CARD.replace(from, to), 'card.yaml');
  expect(strategy).toBeNull();
  expect(problems).toMatchObject([{ code: 'STRATEGY_VALUE' }]);
  expect(problems[0]?.where.line).toBeGreaterThan(60);
});
