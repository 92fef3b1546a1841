import { isAwaited } from '../../src/activities/receipts';
import type { Step } from '../../src/domain/strategy/strategy';
import { contact, smallStrategy } from '../support/small-strategy';

const told = contact('TOLD', [1]);
const when = (fact: string) => ({ fact, op: '=' as const, value: true });
const at = (anchor: 'mark:TOLD.undelivered' | 'arrived:TOLD') => ({
  anchor,
  days: { N: [0] },
  unit: 'day' as const,
});

test.each<[string, Step, boolean]>([
  ['an anchor on what did not come', contact('B', [0], { at: at('mark:TOLD.undelivered') }), true],
  ['an anchor on the arrival', contact('B', [0], { at: at('arrived:TOLD') }), true],
  ['a condition', contact('B', [9], { when: when('mark.TOLD.arrived') }), true],
  ['a condition on its days', contact('B', [9], { when: when('days_since.TOLD.undelivered') }), true],
  ['a need', contact('B', [9], { needs: [{ step: 'TOLD', state: 'arrived', days: 3 }] }), true],
  ['the delivery of another', contact('B', [9], { when: when('mark.TOLD-2.arrived') }), false],
  ['nothing', contact('B', [9]), false],
])('an account is told of a delivery when a step goes by it: %s', (_what, other, awaited) => {
  expect(isAwaited(smallStrategy([told, other]), told)).toBe(awaited);
});

test('the delivery of a notice is always told', () => {
  const notice = contact('LAW', [4], { kind: 'notice' });
  expect(isAwaited(smallStrategy([notice]), notice)).toBe(true);
});
