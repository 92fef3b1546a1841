import fc from 'fast-check';
import { affordableInstalment } from '../../../src/domain/agreement/affordable';
import {
  customInstalments,
  equalInstalments,
  firstInstalmentFits,
  type MonthlyTerms,
  type Schedule,
} from '../../../src/domain/agreement/schedule';
import { daysOf, interestBetween, monthsLater } from '../../../src/domain/agreement/rate';
import { addDays, isIsoDate } from '../../../src/domain/calendar/day';

const YUAN = 100;
const terms: MonthlyTerms = {
  principal: 280_000 * YUAN,
  count: 20,
  firstDue: '2026-02-28',
  from: '2026-01-31',
  rate: 84_000,
  count_by: 'equal-months',
};
const made = (of: MonthlyTerms): Schedule => {
  const schedule = equalInstalments(of);
  if (typeof schedule === 'string') throw new Error(schedule);
  return schedule;
};

describe('equal instalments', () => {
  it('are those of the public formula', () => {
    const exact = made(terms);
    expect(exact.instalments[0]).toMatchObject({
      amount: 15_051_72,
      interest: 1_960_00,
      principal: 13_091_72,
    });
    expect(Math.floor(exact.total / YUAN)).toBe(301_034);
    const whole = made({ ...terms, unit: YUAN });
    expect(whole.instalments.slice(0, -1).every(({ amount }) => amount === 15_052 * YUAN)).toBe(true);
    expect(Math.floor(whole.total / YUAN)).toBe(301_034);
  });

  it('fall on the last day of a shorter month and come back to their own', () => {
    const dues = made({ ...terms, firstDue: '2028-01-31', from: '2028-01-01', count: 4 });
    expect(dues.instalments.map(({ due }) => due)).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
  });

  it('without interest are an even split, the last taking what is left', () => {
    const split = made({ ...terms, principal: 100_00, count: 3, rate: 0, unit: YUAN });
    expect(split.instalments.map(({ amount }) => amount)).toEqual([33_00, 33_00, 34_00]);
    expect(split.interest).toBe(0);
  });

  it('may begin with a down payment', () => {
    const plan = made({ ...terms, principal: 10_000_00, count: 11, rate: 0, downPayment: 1_000_00 });
    expect(plan.instalments.map(({ amount }) => amount)).toEqual([
      1_000_00,
      ...Array<number>(10).fill(900_00),
    ]);
  });

  it.each([
    [{ principal: 0 }, 'no-principal'],
    [{ principal: 1.5 }, 'no-principal'],
    [{ count: 61 }, 'count'],
    [{ count: 0 }, 'count'],
    [{ rate: -1 }, 'rate'],
    [{ unit: 0 }, 'unit'],
    [{ firstDue: '2026-01-30' }, 'first-due-before-start'],
    [{ downPayment: 280_000 * YUAN }, 'down-payment'],
    [{ principal: 5, count: 10 }, 'too-small-for-unit'],
  ] as const)('are refused for %j', (change, reason) => {
    expect(equalInstalments({ ...terms, ...change })).toBe(reason);
  });

  it('add up to the unit, are never negative, and rise in date, whatever the terms', () => {
    const anyTerms = fc.record({
      principal: fc.integer({ min: 1, max: 10_000_000_00 }),
      count: fc.integer({ min: 1, max: 60 }),
      firstDue: fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-01-31', days)),
      from: fc.constant('2026-01-31'),
      rate: fc.integer({ min: 0, max: 480_000 }),
      count_by: fc.constantFrom('equal-months', 'actual/365', 'actual/360', '30/360'),
      unit: fc.constantFrom(1, 100),
    });
    let plans = 0;
    fc.assert(
      fc.property(anyTerms, (any) => {
        const plan = equalInstalments(any);
        if (typeof plan === 'string') return;
        plans += 1;
        expect(plan.principal).toBe(any.principal);
        expect(plan.total).toBe(plan.principal + plan.interest);
        expect(plan.instalments.at(-1)?.left).toBe(0);
        let before = any.principal;
        plan.instalments.forEach((one, i) => {
          expect(one.amount).toBe(one.principal + one.interest);
          expect(one.left).toBe(before - one.principal);
          expect(Math.min(one.amount, one.principal, one.interest, one.left)).toBeGreaterThanOrEqual(0);
          const next = plan.instalments[i + 1];
          if (next !== undefined) expect(next.due > one.due).toBe(true);
          before = one.left;
        });
      }),
      { numRuns: 300 },
    );
    expect(plans).toBeGreaterThan(100);
  });
});

describe('dates and amounts of their own', () => {
  const parts = [
    { due: '2026-03-01', amount: 40_00 },
    { due: '2026-03-09', amount: 60_00 },
  ];
  it('must rise and add up', () => {
    expect(customInstalments(100_00, parts)).toMatchObject({ total: 100_00, interest: 0 });
    expect(customInstalments(99_00, parts)).toBe('amounts-do-not-add-up');
    expect(customInstalments(100_00, [...parts].reverse())).toBe('dates-not-rising');
    expect(customInstalments(100_00, [])).toBe('count');
    expect(customInstalments(0, [{ due: '2026-03-01', amount: 0 }])).toBe('no-principal');
    expect(
      customInstalments(100_00, [
        { due: '2026-03-01', amount: -1 },
        { due: '2026-03-02', amount: 100_01 },
      ]),
    ).toBe('amounts-do-not-add-up');
  });
});

it('asks for a first instalment within its days and of its share', () => {
  const plan = made({ ...terms, principal: 10_000_00, count: 10, rate: 0, firstDue: '2026-02-07' });
  const rule = { withinDays: 7, leastPercent: 10 };
  expect(firstInstalmentFits(plan, rule, 10_000_00, '2026-01-31')).toBe(true);
  expect(firstInstalmentFits(plan, rule, 10_000_01, '2026-01-31')).toBe(false);
  expect(firstInstalmentFits(plan, rule, 10_000_00, '2026-01-30')).toBe(false);
  expect(firstInstalmentFits(plan, rule, 10_000_00, '2026-02-08')).toBe(false);
});

describe('days and months', () => {
  it('are counted by the convention', () => {
    expect(daysOf('actual/365', '2028-02-28', '2028-03-01')).toEqual([2, 365]);
    expect(daysOf('actual/360', '2026-01-01', '2027-01-01')).toEqual([365, 360]);
    expect(daysOf('30/360', '2026-01-31', '2026-02-28')).toEqual([28, 360]);
    expect(daysOf('30/360', '2026-01-31', '2026-03-31')).toEqual([60, 360]);
    // 10,000.00 at 18 % for 30 days of 360: 150.00.
    expect(interestBetween(10_000_00, 180_000, 'actual/360', '2026-03-01', '2026-03-31')).toBe(150_00);
    expect(interestBetween(10_000_00, 180_000, 'actual/360', '2026-03-31', '2026-03-01')).toBe(0);
  });

  it('never leave the calendar', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(700), (days, months) => {
        const day = addDays('2000-01-01', days);
        const later = monthsLater(day, months);
        expect(isIsoDate(later)).toBe(true);
        expect(Number(later.slice(8))).toBeLessThanOrEqual(Number(day.slice(8)));
        if (Number(later.slice(8)) < Number(day.slice(8))) expect(addDays(later, 1).slice(8)).toBe('01');
      }),
    );
  });
});

it('leaves a household half of what is left over', () => {
  expect(affordableInstalment({ income: 8_000_00, essentials: 5_000_00 })).toBe(1_500_00);
  expect(affordableInstalment({ income: 8_000_01, essentials: 5_000_00 })).toBe(1_500_00);
  expect(affordableInstalment({ income: 4_000_00, essentials: 5_000_00 })).toBe(0);
  const least = { income: 8_000_00, essentials: 1_000_00, leastLiving: 1_800_00, household: 4 };
  expect(affordableInstalment(least)).toBe(400_00);
});
