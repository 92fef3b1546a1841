import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import { begin } from '../../../src/domain/account/begin';
import type { AccountEvent, PromiseMade } from '../../../src/domain/account/events';
import { readEvent } from '../../../src/domain/account/read-event';
import type { AccountState } from '../../../src/domain/account/state';
import { addDays } from '../../../src/domain/calendar/day';
import { GENERATION, PROMISES_WHOLE } from '../../../src/domain/decide/generation';
import { considerPromise } from '../../../src/domain/promise/consider';
import { judge } from '../../../src/domain/promise/judge';
import { isPayNowOnly } from '../../../src/domain/promise/limits';
import { paidFor } from '../../../src/domain/promise/money';
import { checkEvent } from '../../../src/client/events.schema';
import type { PromiseRules } from '../../../src/domain/strategy/strategy';
import { at, fresh, owes, pays, TERMS } from '../../support/small-account';
import { smallStrategy } from '../../support/small-strategy';

const RULES: PromiseRules = {
  horizonDays: 7,
  graceDays: 1,
  tolerancePercent: 5,
  toleranceAmount: 5000,
  least: 'oldest-due',
  mayCrossNextDue: false,
  brokenLimit: { count: 2, days: 90 },
  mostOpen: 2,
  parts: { most: 3, days: 30 },
  partial: { percent: 70, restDays: 3 },
};
const STRATEGY = smallStrategy([], { promises: { N: RULES } });

const promises = (day: string, more: Partial<PromiseMade> = {}): PromiseMade => {
  const id = more.promise ?? fresh();
  return {
    kind: 'promise',
    ...{ id, promise: id, at: at(day), amount: 120_000, date: addDays(day, 5), method: 'bank' },
    ...{ givenBy: 'debtor', channel: 'call' },
    ...more,
  };
};
/** An account on path N, owing 1,200 since the 25th of March and the next on the 25th of April. */
const owing = (...events: readonly AccountEvent[]): AccountState => ({
  ...begin({
    ...{ terms: TERMS, facts: {}, enteredOn: '2026-03-20' },
    events: [owes('march', '2026-03-25', 120_000), owes('april', '2026-04-25', 80_000), ...events],
  }),
  path: 'N',
});
const asked = (account: AccountState, event: PromiseMade) => {
  const { accepted, intention, why } = considerPromise(account, STRATEGY, event, event.at);
  return [accepted, intention === true, why.code];
};

test('the third generation promises whole', () => {
  expect(GENERATION).toBeGreaterThanOrEqual(PROMISES_WHOLE);
});

describe('what may be promised', () => {
  const DAY = '2026-04-03';
  test.each<[string, Partial<PromiseMade>, readonly unknown[]]>([
    ['all of it within the horizon', {}, [true, false, 'promise-accepted']],
    ['a day that has passed', { date: '2026-04-02' }, [false, false, 'promise-past']],
    ['too far away', { date: '2026-04-11' }, [false, false, 'promise-too-far']],
    ['less than the oldest part', { amount: 100_000 }, [false, true, 'promise-too-small']],
    ['without a way to pay', { method: undefined }, [false, true, 'promise-needs-terms']],
    ["somebody else's word", { givenBy: 'third-party' }, [false, true, 'promise-third-party']],
    ['a rest of nothing', { restOf: 'nowhere' }, [false, false, 'promise-no-rest']],
    [
      'in more parts than may be',
      { parts: ['05', '06', '07', '08'].map((day) => ({ amount: 30_000, date: `2026-04-${day}` })) },
      [false, false, 'promise-too-many-parts'],
    ],
    [
      'a first part beyond the horizon',
      { parts: ['12', '14'].map((day) => ({ amount: 60_000, date: `2026-04-${day}` })) },
      [false, false, 'promise-too-far'],
    ],
    [
      'parts whose last is beyond the horizon and within its own days',
      { parts: ['08', '20'].map((day) => ({ amount: 60_000, date: `2026-04-${day}` })) },
      [true, false, 'promise-accepted'],
    ],
    [
      'parts that go beyond the next due date',
      { parts: ['08', '26'].map((day) => ({ amount: 60_000, date: `2026-04-${day}` })) },
      [false, false, 'promise-crosses-due'],
    ],
  ])('%s', (_what, more, answer) => {
    const event = promises(DAY, more);
    const given = Object.entries(event).filter(([, value]) => value !== undefined);
    expect(asked(owing(), Object.fromEntries(given) as unknown as PromiseMade)).toEqual(answer);
  });

  test('two at once where the strategy lets two, and no third; too many broken, none', () => {
    const one = owing(promises(DAY, { promise: 'p1' }));
    const second = promises('2026-04-04', { beside: true });
    expect(asked(one, second)).toEqual([true, false, 'promise-accepted']);
    const third = promises('2026-04-05', { beside: true });
    expect(asked(apply(one, second), third)).toEqual([false, false, 'promise-open']);
    // The same person's new word takes the place of both.
    expect(asked(apply(one, second), promises('2026-04-05'))).toEqual([true, false, 'promise-accepted']);
    const broken = { ...one, broken: ['2026-02-01', '2026-04-01'] };
    expect(isPayNowOnly(broken, RULES, DAY)).toBe(true);
    expect(asked(broken, second)).toEqual([false, false, 'promise-pay-now']);
  });

  test('a malformed one is said so by the field, whether it is typed or signalled', () => {
    const parts = [
      { amount: 60_000, date: '2026-04-08' },
      { amount: 50_000, date: '2026-04-05' },
    ];
    const bad = promises(DAY, { parts });
    expect(() => checkEvent({ ...bad })).toThrow(
      expect.objectContaining({
        code: 'EVENT_MALFORMED',
        args: expect.objectContaining({ field: 'parts' }) as object,
      }),
    );
    expect(readEvent('promise', { ...bad, parts: 'half' })).toEqual({ refused: '"parts" is not a list' });
    expect(readEvent('promise', { ...bad, parts: [{ amount: 1 }] })).toHaveProperty('refused');
    // By signal the parts are what counts.
    const told = readEvent('promise', bad) as { event: AccountEvent };
    expect(apply(owing(), told.event).promises).toMatchObject([{ amount: 110_000, date: '2026-04-08' }]);
  });

  test('one of a day that has passed, or beyond all days, is an intention however it came', () => {
    for (const date of ['2026-04-01', '2031-01-01', '9999-12-31']) {
      const told = owing(promises(DAY, { date }));
      expect([told.promises, told.marks['intention']]).toEqual([[], DAY]);
    }
  });
});

describe('money for a promise', () => {
  test('one payment fills the promise that is due first, and what is left the next one', () => {
    const account = owing(
      promises('2026-04-03', { promise: 'late', amount: 50_000, date: '2026-04-08' }),
      promises('2026-04-03', { promise: 'early', amount: 80_000, date: '2026-04-06', beside: true }),
      pays('2026-04-05', 100_000),
    );
    const paid = account.promises.map((made) => [made.id, paidFor(account, made, RULES)]);
    expect(paid).toEqual([
      ['late', 20_000],
      ['early', 80_000],
    ]);
  });

  test('what came back before its day and came again keeps it', () => {
    const kept = owing(promises('2026-04-03', { promise: 'p' }), { ...pays('2026-04-04', 120_000), id: 'm' });
    const judged: AccountState = {
      ...kept,
      promises: kept.promises.map((made) => ({ ...made, status: 'kept', judgedOn: '2026-04-04' })),
    };
    const again = apply(judged, pays('2026-04-06', 120_000));
    const back: AccountEvent = {
      kind: 'reversal',
      id: fresh(),
      at: at('2026-04-07'),
      of: 'm',
      reason: 'returned',
    };
    expect(apply(again, back).promises).toMatchObject([{ status: 'kept' }]);
    expect(apply(judged, back).promises).toMatchObject([{ status: 'invalidated' }]);
    expect(apply(judged, back).marks).toMatchObject({
      'promise-bounced': '2026-04-07',
      'promise-broken': '2026-04-07',
    });
  });

  test('a hold without an end stops its days; released, they go on', () => {
    const made = owing(promises('2026-04-03', { promise: 'p' }), {
      ...{ kind: 'hold', id: fresh(), at: at('2026-04-05'), hold: 'h', type: 'illness', from: '2026-04-05' },
    });
    const [open] = made.promises;
    expect(open && judge(made, open, RULES, '2026-07-01')).toBeNull();
    const free = apply(made, {
      ...{ kind: 'release', id: fresh(), at: at('2026-04-15'), hold: 'h', lastDay: '2026-04-14' },
    });
    // Promised for the 8th, a day of grace; ten days under the hold.
    const on = (day: string) => open && judge(free, open, RULES, day);
    expect([on('2026-04-19'), on('2026-04-20')]).toEqual([null, 'broken']);
  });

  test('for any promises and payments: never two for one, and told twice or in another order it is the same', () => {
    const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-03-28', n));
    const anyPromise = fc
      .record({
        on: day,
        amount: fc.integer({ min: 1, max: 90_000 }),
        days: fc.integer({ min: -2, max: 20 }),
        beside: fc.boolean(),
        hour: fc.integer({ min: 0, max: 23 }),
      })
      .map(({ on, amount, days, beside, hour }) =>
        promises(on, { amount, date: addDays(on, days), beside, at: at(on, hour) }),
      );
    const anyPayment = fc
      .record({
        on: day,
        amount: fc.integer({ min: 1, max: 120_000 }),
        hour: fc.integer({ min: 0, max: 23 }),
      })
      .map(({ on, amount, hour }) => pays(on, amount, hour));
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(anyPromise, anyPayment), { maxLength: 12 })
          .chain((told) =>
            fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
          ),
        ([told, shuffled]) => {
          const account = owing(...told);
          const got = account.promises
            .filter(({ status }) => status === 'open')
            .reduce((sum, made) => sum + paidFor(account, made, RULES), 0);
          const money = account.owed.movements.reduce((sum, { amount }) => sum + amount, 0);
          expect(got).toBeLessThanOrEqual(money);
          expect(owing(...told.flatMap((one) => [one, one])).promises).toEqual(account.promises);
          const byId = (state: AccountState) =>
            [...state.promises].map(({ id, status }) => `${id} ${status}`).sort();
          // Two words of one moment stand in the order in which they are told.
          const moments = told.flatMap((one) => (one.kind === 'promise' ? [one.at] : []));
          const isPlain = told.every((one) => one.kind !== 'promise' || one.beside !== true);
          if (isPlain && new Set(moments).size === moments.length)
            expect(byId(owing(...shuffled))).toEqual(byId(account));
        },
      ),
      { numRuns: 200 },
    );
  });
});
