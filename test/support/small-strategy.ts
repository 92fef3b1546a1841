import type { Step, Strategy } from '../../src/domain/strategy/strategy';

const all = (days: readonly number[]) => ({ N: days, H: days });

/** A contact step in every stage of the small strategy unless said otherwise. */
export const contact = (name: string, days: readonly number[], more: Partial<Step> = {}): Step => ({
  name,
  title: name.toLowerCase(),
  kind: 'contact',
  stages: ['reminder', 'negotiation'],
  at: { anchor: 'due', days: all(days), unit: 'day' },
  channels: ['sms'],
  tone: 1,
  template: 'reminder',
  once: 'anchor',
  late: 'skip',
  ...more,
});

/** A strategy small enough to reckon with by hand: two stages, two paths, steps given by the test. */
export function smallStrategy(steps: readonly Step[], more: Partial<Strategy> = {}): Strategy {
  return {
    forbear: 'strategy/1',
    name: 'small',
    title: 'Small',
    product: 'credit_card',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    sendAt: '10:00',
    counting: {
      grace: { days: 3, counting: 'threshold' },
      tolerance: 1000,
      bucketBy: 'cycles',
      watchDays: 30,
      pendingDays: 2,
    },
    promises: {
      N: {
        horizonDays: 7,
        graceDays: 1,
        tolerancePercent: 5,
        toleranceAmount: 5000,
        least: 'oldest-due',
        mayCrossNextDue: false,
        brokenLimit: { count: 2, days: 90 },
      },
    },
    contact: { hours: {}, caps: [], closedOn: [] },
    segments: [
      { name: 'H', path: 'H', when: { fact: 'hard', op: '=', value: true } },
      { name: 'N', path: 'N', when: { all: [] } },
    ],
    stages: [
      { name: 'reminder', from: { N: 1, H: 1 } },
      { name: 'negotiation', from: { N: 20, H: 5 } },
    ],
    steps,
    ...more,
  };
}
