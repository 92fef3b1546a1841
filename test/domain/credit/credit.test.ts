import fc from 'fast-check';
import type { AccountEvent } from '../../../src/domain/account/events';
import { addDays } from '../../../src/domain/calendar/day';
import { CREDIT_RULES, creditOf } from '../../../src/domain/credit/credit';
import { moneyOf, touchesOf } from '../../../src/domain/credit/from-journal';
import { at, fresh, pays } from '../../support/small-account';

const ZONE = 'Asia/Shanghai';

const talks = (day: string, hour = 15, more: { step?: string; by?: string } = {}): AccountEvent => ({
  kind: 'contact-outcome',
  id: fresh(),
  at: at(day, hour),
  code: 'RPC-PTP',
  channel: 'call',
  reason: 'forgot',
  ...more,
});
const visits = (day: string, code: 'met' | 'not-there' | 'moved'): AccountEvent => ({
  kind: 'visit-outcome',
  id: fresh(),
  at: at(day, 16),
  code,
});
const placed = (from: string, until?: string): AccountEvent => ({
  kind: 'hold',
  id: fresh(),
  at: at(from, 9),
  hold: 'agency-1',
  type: 'placed',
  from,
  ...(until === undefined ? {} : { until }),
});

/** Whom each payment of an account is credited to, in the order of the payments. */
function credited(events: readonly AccountEvent[], other: readonly AccountEvent[] = []): string[] {
  const touches = [...touchesOf('a', events, ZONE), ...touchesOf('b', other, ZONE)];
  return moneyOf('a', events, ZONE).map((money) => {
    const { to, touch } = creditOf(money, touches, CREDIT_RULES);
    return touch === null ? to : `${to} ${touch.account} ${touch.day}`;
  });
}

describe('money is credited', () => {
  test('to the last talk within seven days, counted by value date', () => {
    const history = [talks('2026-04-01'), talks('2026-04-03')];
    expect(credited([...history, pays('2026-04-10', 5_000)])).toEqual(['contact a 2026-04-03']);
    expect(credited([...history, pays('2026-04-11', 5_000)])).toEqual(['unprompted']);
  });

  test('to a visit that came after the talk, but not to one at a wrong address', () => {
    const history = [talks('2026-04-01'), visits('2026-04-02', 'not-there'), visits('2026-04-03', 'moved')];
    expect(credited([...history, pays('2026-04-05', 5_000)])).toEqual(['visit a 2026-04-02']);
  });

  test('not to a talk of the same day that came after the money', () => {
    expect(credited([pays('2026-04-05', 5_000, 9), talks('2026-04-05', 15)])).toEqual(['unprompted']);
    expect(credited([pays('2026-04-05', 5_000, 16), talks('2026-04-05', 15)])).toEqual([
      'contact a 2026-04-05',
    ]);
  });

  test('to a talk about another account of the person', () => {
    expect(credited([pays('2026-04-05', 5_000)], [talks('2026-04-04')])).toEqual(['contact b 2026-04-04']);
  });

  test('to the agency inside its placement, whatever else was done, and for seven days after the recall', () => {
    const history = [placed('2026-04-01', '2026-04-20'), talks('2026-04-03')];
    expect(credited([...history, pays('2026-04-05', 5_000)])).toEqual(['agency a 2026-04-01']);
    expect(credited([...history, pays('2026-04-27', 5_000)])).toEqual(['agency a 2026-04-01']);
    expect(credited([...history, pays('2026-04-28', 5_000)])).toEqual(['unprompted']);
    expect(credited([...history, talks('2026-04-22'), pays('2026-04-24', 5_000)])).toEqual([
      'contact a 2026-04-22',
    ]);
  });

  test('to no agency that holds another account of the person', () => {
    expect(credited([pays('2026-04-05', 5_000)], [placed('2026-04-01')])).toEqual(['unprompted']);
  });

  test('to nobody while it is only announced', () => {
    const announced = { ...pays('2026-04-05', 5_000), pending: true } as AccountEvent;
    expect(credited([talks('2026-04-04'), announced])).toEqual([]);
  });
});

test('a reversal takes it back on its day, and gives it again when it is undone', () => {
  const paid = pays('2026-04-05', 5_000);
  const back: AccountEvent = {
    kind: 'reversal',
    id: fresh(),
    at: at('2026-04-09'),
    of: paid.id,
    reason: 'returned',
  };
  const takenBack = (events: readonly AccountEvent[]) =>
    moneyOf('a', events, ZONE).map((one) => one.takenBackOn);
  expect(takenBack([paid])).toEqual([null]);
  expect(takenBack([back, paid])).toEqual(['2026-04-09']);
  expect(takenBack([paid, back, { ...back, id: fresh(), at: at('2026-04-10'), undone: true }])).toEqual([
    null,
  ]);
});

const anyDay = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-04-01', n));
const anyFact = fc.oneof(
  fc.tuple(anyDay, fc.integer({ min: 1, max: 9_000 })).map(([day, sum]) => pays(day, sum)),
  fc.tuple(anyDay, fc.integer({ min: 8, max: 20 })).map(([day, hour]) => talks(day, hour)),
  fc
    .tuple(anyDay, fc.constantFrom('met' as const, 'not-there' as const))
    .map(([day, code]) => visits(day, code)),
  fc.tuple(anyDay, fc.integer({ min: 0, max: 20 })).map(([day, n]) => placed(day, addDays(day, n))),
);

test('the same facts in another order give the same credit, each payment once', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (facts, dice) => {
      const shuffled = facts
        .map((fact) => ({ fact, key: dice.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ fact }) => fact);
      const of = (events: readonly AccountEvent[]) =>
        new Map(
          moneyOf('a', events, ZONE).map((money) => [
            money.payment,
            creditOf(money, touchesOf('a', events, ZONE), CREDIT_RULES),
          ]),
        );
      expect(of(shuffled)).toEqual(of(facts));
      expect(of(facts).size).toBe(facts.filter(({ kind }) => kind === 'payment').length);
    }),
  );
});
