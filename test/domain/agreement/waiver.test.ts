import fc from 'fast-check';
import { considerWaiver, type WaiverAsked } from '../../../src/domain/agreement/consider-waiver';
import { giveUp, owedUnder, settlementOf, waiverStands } from '../../../src/domain/agreement/waiver';
import { AUTHORITY, DECIDERS } from '../../../src/domain/agreement/authority';
import { COMPONENTS, totalOf, type Amounts } from '../../../src/domain/ledger/components';

const debt: Amounts = {
  costs: 50_00,
  'late-charge': 200_00,
  'penalty-interest': 400_00,
  interest: 1_000_00,
  principal: 8_000_00,
};
const asked: WaiverAsked = {
  debt,
  amount: 100_00,
  dpd: 60,
  writtenOff: false,
  role: 'collector',
  budgetLeft: 10_000_00,
  givenBefore: 0,
  lastWaiverOn: null,
  refusedOffer: null,
  day: '2026-03-20',
};

describe('what is given up', () => {
  it('goes late charge, penalty interest, interest, principal; costs never', () => {
    expect(giveUp(700_00, debt)).toEqual({
      costs: 0,
      'late-charge': 200_00,
      'penalty-interest': 400_00,
      interest: 100_00,
      principal: 0,
    });
    expect(totalOf(giveUp(100_000_00, debt))).toBe(totalOf(debt) - debt.costs);
  });

  it('is owed again when the rest does not come', () => {
    const settlement = settlementOf(debt, 6_000_00);
    expect(settlement?.waived).toMatchObject({ interest: 1_000_00, principal: 2_050_00 });
    expect(totalOf(owedUnder(debt, settlement!, true))).toBe(6_000_00);
    expect(owedUnder(debt, settlement!, false)).toEqual(debt);
    expect([waiverStands(10, 10, false), waiverStands(10, 9, false), waiverStands(10, 9, true)]).toEqual([
      true,
      null,
      false,
    ]);
  });

  it.each([0, -1, totalOf(debt), totalOf(debt) + 1, 49_99, 0.5])('is no settlement for %d', (pay) => {
    expect(settlementOf(debt, pay)).toBeNull();
  });
});

describe('the authority matrix', () => {
  it.each([
    ['within the own share', {}, 'accept', 'within-authority'],
    ['beyond the share', { amount: 100_01 }, 'needs-approval', 'beyond-authority'],
    ['beyond the budget', { budgetLeft: 50_00 }, 'needs-approval', 'beyond-budget'],
    ['beyond the cap of 12 months', { givenBefore: 250_00 }, 'needs-approval', 'beyond-cap'],
    ['a second one in a year', { lastWaiverOn: '2025-06-01' }, 'refuse', 'one-a-year'],
    ['more than there is', { amount: 10_000_00 }, 'refuse', 'nothing-to-give-up'],
    ['nothing', { amount: 0 }, 'refuse', 'nothing-to-give-up'],
    ['principal before 181 days', { amount: 1_700_00 }, 'counter', 'nobody-may'],
    ['principal, without any right', { amount: 1_700_00, dpd: 0 }, 'refuse', 'nobody-may'],
    [
      'asked again for more',
      { amount: 90_00, refusedOffer: { on: '2026-03-01', amount: 60_00 } },
      'counter',
      'asked-again',
    ],
  ] as const)('%s', (_name, change, answer, because) => {
    const found = considerWaiver({ ...asked, ...change });
    expect(found.answer).toBe(answer);
    expect(found.because).toContain(because);
  });

  it('names the lowest role that may, and by when', () => {
    expect(considerWaiver({ ...asked, amount: 320_00 })).toMatchObject({ by: 'senior', within: 0 });
    expect(considerWaiver({ ...asked, amount: 400_00 })).toMatchObject({ by: 'team-leader', within: 1 });
    expect(considerWaiver({ ...asked, amount: 2_000_00, dpd: 200 })).toMatchObject({ by: 'head', within: 2 });
    expect(considerWaiver({ ...asked, amount: 3_000_00, dpd: 0, writtenOff: true })).toMatchObject({
      by: 'committee',
    });
  });

  it('asks for a second person above 3,000 and for any principal', () => {
    const large: Amounts = { ...debt, interest: 5_000_00 };
    const head = { ...asked, debt: large, role: 'head' as const, dpd: 200 };
    expect(considerWaiver({ ...head, amount: 3_000_00 }).answer).toBe('accept');
    expect(considerWaiver({ ...head, amount: 3_000_01 })).toMatchObject({
      answer: 'needs-approval',
      by: 'head',
    });
    const principal = { ...asked, role: 'head' as const, dpd: 200, amount: 1_600_01 };
    expect(considerWaiver(principal)).toMatchObject({ answer: 'needs-approval', because: ['needs-checker'] });
  });

  it('after thirty days a refused offer is forgotten', () => {
    const again = { ...asked, amount: 90_00, refusedOffer: { on: '2026-02-17', amount: 60_00 } };
    expect(considerWaiver(again).answer).toBe('accept');
    expect(considerWaiver({ ...again, refusedOffer: { on: '2026-02-19', amount: 60_00 } }).answer).toBe(
      'counter',
    );
  });

  it('never lets anybody alone give more than share, cap and budget, whatever is asked', () => {
    const anyAsked = fc.record({
      amount: fc.integer({ min: -5, max: 12_000_00 }),
      dpd: fc.integer({ min: 0, max: 400 }),
      writtenOff: fc.boolean(),
      role: fc.constantFrom(...DECIDERS),
      budgetLeft: fc.integer({ min: -100, max: 20_000_00 }),
      givenBefore: fc.integer({ min: 0, max: 5_000_00 }),
    });
    fc.assert(
      fc.property(anyAsked, (change) => {
        const found = considerWaiver({ ...asked, ...change });
        const alone = found.answer === 'accept' ? found.given : found.answer === 'refuse' ? null : found.best;
        if (alone === null) return;
        const rows = AUTHORITY.filter(({ role }) => role === change.role);
        expect(alone.principal).toBe(0);
        expect(totalOf(alone)).toBeLessThanOrEqual(Math.max(0, change.budgetLeft));
        expect(totalOf(alone)).toBeLessThanOrEqual(3_000_00);
        const cap = Math.max(0, ...rows.map((row) => row.cap ?? Infinity));
        expect(totalOf(alone)).toBeLessThanOrEqual(Math.max(0, cap - change.givenBefore));
        for (const component of COMPONENTS) expect(alone[component]).toBeLessThanOrEqual(debt[component]);
      }),
    );
  });
});
