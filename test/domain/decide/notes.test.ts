import { live } from '../../support/live';
import { account, at, fresh, owes } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const EVERY_DAY = smallStrategy([
  contact('DAILY', [2], {
    at: { anchor: 'due', days: { N: [2], H: [2] }, unit: 'day', every: { N: 1, H: 1 } },
  }),
]);

test('a step that a hold of a year stops every day has a note of the first time, and one of the last and how often', () => {
  const hold = {
    kind: 'hold' as const,
    id: fresh(),
    at: at('2026-03-21'),
    hold: 'h',
    type: 'cease-contact' as const,
    from: '2026-03-21',
    until: '2027-03-20',
  };
  const begun = account('2026-03-20', [owes('m1', '2026-03-25', 120_000)]);
  const { account: after } = live(begun, EVERY_DAY, [hold], at('2026-03-20', 0), at('2027-03-01'));
  const held = after.notes.filter(({ code }) => code === 'skip-held');
  expect(held.map(({ at: moment, args }) => [moment.slice(0, 10), args['times']])).toEqual([
    ['2026-03-27', undefined],
    ['2027-02-28', 339],
  ]);
  expect(JSON.stringify(after).length).toBeLessThan(4000);
});
