import fc from 'fast-check';
import { longestFor, planForHousehold } from '../../../src/domain/agreement/household-plan';
import { customInstalments, type Schedule } from '../../../src/domain/agreement/schedule';
import { WATCH_RULES, watchPlan, type PlanMoney } from '../../../src/domain/agreement/watch';
import { addDays } from '../../../src/domain/calendar/day';

const plan = customInstalments(
  600_00,
  ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'].map((due) => ({
    due,
    amount: 100_00,
  })),
) as Schedule;
const paid = (...money: [string, number][]): PlanMoney[] =>
  money.map(([valueDate, amount]) => ({ valueDate, amount }));
const on = (day: string, money: PlanMoney[]) => watchPlan(plan.instalments, money, WATCH_RULES, day);

describe('a plan that is watched', () => {
  it('is kept within grace and tolerance', () => {
    const money = paid(['2026-01-31', 90_00], ['2026-03-03', 110_00]);
    const at = on('2026-03-04', money);
    expect(at.state).toBe('kept');
    expect(at.instalments.slice(0, 3).map(({ state }) => state)).toEqual(['kept', 'kept-late', 'open']);
  });

  it('misses an instalment on the day after its grace, by value date', () => {
    expect(on('2026-02-03', []).state).toBe('kept');
    expect(on('2026-02-04', []).state).toBe('missed');
    expect(on('2026-02-20', paid(['2026-02-10', 100_00])).state).toBe('kept');
    expect(on('2026-02-20', paid(['2026-02-03', 89_99])).state).toBe('missed');
  });

  it('is breached by two in a row, may be made good once within its days, and is broken after that', () => {
    expect(on('2026-03-04', [])).toMatchObject({
      state: 'breached',
      breachedOn: '2026-03-04',
      repairBy: '2026-03-14',
    });
    expect(on('2026-03-15', []).state).toBe('broken');
    const good = paid(['2026-03-14', 200_00]);
    expect(on('2026-03-15', good)).toMatchObject({ state: 'kept', repaired: 1 });
    expect(on('2026-05-03', good)).toMatchObject({ state: 'missed', repaired: 1 });
    expect(on('2026-05-04', good)).toMatchObject({ state: 'broken', breachedOn: '2026-05-04' });
  });

  it('is breached by three in all', () => {
    const money = paid(
      ['2026-02-10', 100_00],
      ['2026-02-28', 100_00],
      ['2026-04-10', 100_00],
      ['2026-04-30', 100_00],
    );
    expect(on('2026-06-03', money).state).toBe('kept');
    expect(on('2026-06-04', money)).toMatchObject({ state: 'breached', breachedOn: '2026-06-04' });
  });

  it('may be paid early: one payment fills the instalments in their order', () => {
    const at = on('2026-02-01', paid(['2026-01-20', 250_00]));
    expect(at.instalments.map(({ missing }) => missing)).toEqual([0, 0, 50_00, 100_00, 100_00, 100_00]);
    expect(on('2026-01-21', paid(['2026-01-20', 600_00])).state).toBe('done');
  });

  it('never improves when money is taken out of it', () => {
    const order = ['done', 'kept', 'missed', 'breached', 'broken'];
    const anyMoney = fc.array(
      fc.record({
        valueDate: fc.nat(200).map((days) => addDays('2026-01-01', days)),
        amount: fc.integer({ min: 1, max: 200_00 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(anyMoney, fc.nat(240), (money, days) => {
        const day = addDays('2026-01-01', days);
        const whole = order.indexOf(on(day, money).state);
        // A second breach is broken sooner than a first one that money had not made good: those are left out.
        const less = on(day, money.slice(1));
        if (less.repaired < on(day, money).repaired || less.state === 'breached') return;
        expect(order.indexOf(less.state)).toBeGreaterThanOrEqual(whole);
      }),
    );
  });
});

describe('a plan for a household', () => {
  const terms = {
    principal: 12_000_00,
    firstDue: '2026-02-28',
    from: '2026-01-31',
    rate: 0,
    count_by: 'equal-months' as const,
  };

  it('is the shortest that it can carry', () => {
    expect(planForHousehold(terms, { income: 6_000_00, essentials: 5_000_00 })).toMatchObject({
      offer: 'plan',
      count: 24,
      affordable: 500_00,
    });
  });

  it('is relief where the longest one is too dear, or nothing is left over', () => {
    expect(planForHousehold(terms, { income: 5_600_00, essentials: 5_000_00 })).toEqual({
      offer: 'relief',
      affordable: 300_00,
    });
    expect(planForHousehold(terms, { income: 4_000_00, essentials: 5_000_00 }).offer).toBe('relief');
  });

  it('is as long as its balance allows', () => {
    expect([2_999_99, 3_000_00, 10_000_00, 50_000_00].map((balance) => longestFor(balance))).toEqual([
      12, 24, 36, 60,
    ]);
  });
});
