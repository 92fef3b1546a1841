import fc from 'fast-check';
import { addDays } from '../../../src/domain/calendar/day';
import { interestFor } from '../../../src/domain/agreement/rate';
import { COMPONENTS, totalOf } from '../../../src/domain/ledger/components';
import type { LoanBooks } from '../../../src/domain/ledger/books';
import { foldLoan, LoanRun } from '../../../src/domain/ledger/fold';
import { AHEAD, type LedgerEntry, type LoanTerms } from '../../../src/domain/ledger/loan';
import { CHINA_CARD, INSTALMENT_LOAN } from '../../../src/domain/ledger/order';

const loan: LoanTerms = {
  startsOn: '2026-01-01',
  parts: [
    { id: 'p1', due: '2026-02-01', principal: 1_000_00 },
    { id: 'p2', due: '2026-03-01', principal: 1_000_00 },
    { id: 'p3', due: '2026-04-01', principal: 1_000_00 },
  ],
  dayCount: 'actual/360',
  rate: 180_000,
  penaltyRate: 90_000,
  graceDays: 3,
  lateCharge: { ppm: 50_000, least: 10_00, most: 30_00, tolerance: 10_00 },
  capRate: null,
  allocation: INSTALMENT_LOAN,
  ahead: 'keep',
};
const pays = (id: string, on: string, amount: number): LedgerEntry => ({ kind: 'payment', id, on, amount });
const sumOf = (
  books: LoanBooks,
  what: 'interest' | 'penaltyInterest' | 'lateCharge' | 'stopped' | 'capped',
) => books.lines.reduce((sum, line) => sum + line[what], 0);

describe('a loan that the engine keeps', () => {
  it('bears interest by the day, and nothing is lost between them', () => {
    // 3,000.00 at 18 % for 31 nights of 360: 46.50.
    const books = foldLoan(loan, [], '2026-02-01');
    expect(books.owed.interest).toBe(46_50);
    expect(books.parts[0]?.owed).toMatchObject({ principal: 1_000_00, interest: 46_50 });
    expect(books.lines).toHaveLength(31);
    // 333.33 at 18 %: 16.67 a night, on average. Rounded every night it would be 5.17 in 31 nights.
    const odd = { ...loan, parts: [{ id: 'p', due: '2026-06-01', principal: 333_33 }] };
    expect(foldLoan(odd, [], '2026-02-01').owed.interest).toBe(interestFor(333_33, 180_000, 31, 360));
  });

  it('bears penalty interest and one late charge when the grace of a part is over', () => {
    expect(foldLoan(loan, [], '2026-02-04').owed).toMatchObject({ 'late-charge': 0, 'penalty-interest': 0 });
    const books = foldLoan(loan, [], '2026-02-05');
    // 5 % of 1,046.50 is 52.33: at most 30.00. One night of 9 % on 1,000.00: 0.25.
    expect(books.owed).toMatchObject({ 'late-charge': 30_00, 'penalty-interest': 25 });
    expect(foldLoan(loan, [], '2026-02-28').owed['late-charge']).toBe(30_00);
    const short = foldLoan(loan, [pays('a', '2026-02-01', 1_040_00)], '2026-02-05');
    expect(short.owed['late-charge']).toBe(0);
  });

  it('shows what a hold stopped, and charges none of it', () => {
    const hold: LedgerEntry = {
      kind: 'stop',
      id: 'h',
      on: '2026-01-11',
      what: ['interest', 'late-charge', 'penalty-interest'],
      lastDay: '2026-02-09',
    };
    const books = foldLoan(loan, [hold], '2026-02-10');
    // Ten nights before it, none in it; its 30 nights would have been 45.00, and the late charge of its time 30.00 at most.
    expect(books.owed.interest).toBe(15_00);
    expect(books.owed['late-charge']).toBe(0);
    expect(sumOf(books, 'stopped')).toBeGreaterThanOrEqual(45_00);
  });

  it('never charges more than the cap', () => {
    const capped = { ...loan, capRate: 180_000 };
    const books = foldLoan(capped, [], '2026-06-30');
    const charges = books.charged.interest + books.charged['penalty-interest'] + books.charged['late-charge'];
    expect(charges).toBeLessThanOrEqual(interestFor(3_000_00, 180_000, 180, 360));
    expect(sumOf(books, 'capped')).toBeGreaterThan(0);
  });

  it('falls due whole by acceleration, and each part is back on its own date when that is undone', () => {
    const call: LedgerEntry = { kind: 'acceleration', id: 'x', on: '2026-02-20' };
    expect(foldLoan(loan, [call], '2026-02-21').parts.map(({ due }) => due)).toEqual([
      '2026-02-01',
      '2026-02-20',
      '2026-02-20',
    ]);
    const undone = foldLoan(loan, [{ ...call, undone: true }], '2026-02-21');
    expect(undone).toEqual(foldLoan(loan, [], '2026-02-21'));
  });

  it('keeps money for the part that falls due next, or takes it at once', () => {
    const early = [pays('a', '2026-01-11', 500_00)];
    expect(foldLoan(loan, early, '2026-01-31').unallocated).toBe(500_00);
    expect(foldLoan(loan, early, '2026-02-01')).toMatchObject({ unallocated: 0, paid: 500_00 });
    const ahead = foldLoan({ ...loan, ahead: 'pay' }, early, '2026-01-31');
    expect(ahead.unallocated).toBe(0);
    expect(ahead.owed.interest + ahead.paidTo.interest).toBeLessThan(
      foldLoan(loan, [], '2026-01-31').owed.interest,
    );
  });

  it('gives back what found nothing to pay; the rest of it is owed again', () => {
    const all: LedgerEntry[] = [
      pays('a', '2026-04-01', 5_000_00),
      { kind: 'refund', id: 'r', on: '2026-04-02', amount: 9_000_00 },
    ];
    const books = foldLoan(loan, all, '2026-04-02');
    expect(books.refunded).toBe(5_000_00 - totalOf(books.paidTo));
    expect(books.balance).toBe(9_000_00 - books.refunded);
    // The payment comes back after its overpaid part was given away: all of that is owed.
    const bounced = foldLoan(loan, [{ ...all[0]!, undone: true }, all[1]!], '2026-04-02');
    expect(bounced.balance).toBe(totalOf(bounced.charged));
    expect(bounced.refunded).toBe(0);
  });

  it('owes costs with what is past due, else with what falls due next, never older than that', () => {
    const cost: LedgerEntry = { kind: 'cost', id: 'c', on: '2026-02-10', amount: 50_00 };
    expect(foldLoan(loan, [cost], '2026-02-10').parts[0]?.owed.costs).toBe(50_00);
    const early = foldLoan(loan, [{ ...cost, on: '2026-01-10' }], '2026-01-10');
    expect(early.parts[0]?.owed.costs).toBe(50_00);
    const paid = foldLoan(
      loan,
      [pays('a', '2026-04-01', 4_000_00), { ...cost, on: '2026-05-10' }],
      '2026-05-12',
    );
    expect(paid).toMatchObject({ dpd: 0 });
    const none = foldLoan(
      loan,
      [pays('a', '2026-04-01', 3_000_00 + 5_000_00), { ...cost, on: '2026-05-10', amount: 6_000_00 }],
      '2026-05-12',
    );
    expect(none.dpd).toBe(2);
  });

  it('pays the last parts first where the contract says so, and each group in its own order', () => {
    const early = [pays('a', '2026-01-11', 1_500_00)];
    const last = foldLoan({ ...loan, ahead: 'pay-last' }, early, '2026-01-11');
    expect(last.parts.map(({ owed }) => owed.principal)).toEqual([1_000_00, 500_00, 0]);
    const order = ['principal', 'interest', 'penalty-interest', 'late-charge', 'costs'] as const;
    const advance: LoanTerms = {
      ...{ ...loan, ahead: 'pay' as const },
      allocation: [{ fromDpd: 0, order, through: 'by-component', groups: ['in-advance', 'past-due', 'due'] }],
    };
    const books = foldLoan(advance, [pays('a', '2026-02-10', 2_000_00)], '2026-02-10');
    expect(books.parts.map(({ owed }) => owed.principal)).toEqual([1_000_00, 0, 0]);
  });

  it('never charges more in all than a share of what was lent', () => {
    const capped = { ...loan, capShare: 20_000 };
    const books = foldLoan(capped, [], '2026-12-31');
    const charges = books.charged.interest + books.charged['penalty-interest'] + books.charged['late-charge'];
    expect(charges).toBe(60_00);
    expect(sumOf(books, 'capped')).toBeGreaterThan(0);
  });

  it('tells the same of a day, in whatever order days are asked', () => {
    const entries = [pays('a', '2026-02-03', 700_00)];
    const run = new LoanRun(loan, entries);
    const days = ['2026-03-10', '2026-01-05', '2026-02-03', '2026-06-01', '2026-02-02'];
    for (const day of days) expect(run.on(day)).toEqual(foldLoan(loan, entries, day));
  });
});

describe('the order on a card in China', () => {
  const card: LoanTerms = { ...loan, allocation: CHINA_CARD, graceDays: 3 };
  const on = (dpd: number): string => addDays('2026-02-01', dpd);

  it('is fees and interest first up to 90 days, principal first from 91', () => {
    expect(foldLoan(card, [pays('a', on(90), 100_00)], on(90)).paidTo).toMatchObject({ principal: 0 });
    expect(foldLoan(card, [pays('a', on(91), 100_00)], on(91)).paidTo).toMatchObject({ principal: 100_00 });
  });

  it('is that of its own day for every other payment when one is taken back', () => {
    const entries = [pays('first', on(88), 1_200_00), pays('second', on(95), 100_00)];
    // The first clears the oldest part: the second comes at a smaller count and goes to fees first.
    const before = foldLoan(card, entries, on(95));
    const after = foldLoan(card, [{ ...entries[0]!, undone: true }, entries[1]!], on(95));
    expect(after).toEqual(foldLoan(card, [entries[1]!], on(95)));
    expect(after.paidTo.principal).toBe(100_00);
    expect(before.paid - after.paid).toBe(1_200_00);
  });
});

describe('any history', () => {
  const anyDay = fc.integer({ min: 0, max: 160 }).map((days) => addDays('2026-01-01', days));
  const anyAmount = fc.integer({ min: 1, max: 1_500_00 });
  const anyEntry = fc.oneof(
    fc.record({ kind: fc.constant('payment' as const), amount: anyAmount, on: anyDay }),
    fc.record({ kind: fc.constant('refund' as const), amount: anyAmount, on: anyDay }),
    fc.record({
      kind: fc.constant('cost' as const),
      amount: fc.integer({ min: 1, max: 200_00 }),
      on: anyDay,
    }),
    fc.record({
      kind: fc.constant('waiver' as const),
      on: anyDay,
      amounts: fc.record({ 'late-charge': anyAmount, interest: anyAmount, principal: anyAmount }),
    }),
    fc.record({ kind: fc.constant('acceleration' as const), on: anyDay }),
    fc.record({
      kind: fc.constant('credit' as const),
      amount: anyAmount,
      on: anyDay,
      part: fc.constantFrom('p1', 'p3', 'none'),
      from: fc.constant('end' as const),
    }),
    fc.record({
      kind: fc.constant('stop' as const),
      on: anyDay,
      what: fc.constant(['interest', 'penalty-interest', 'late-charge'] as const),
      lastDay: anyDay,
    }),
  );
  const anyEntries = fc.array(fc.tuple(anyEntry, fc.boolean()), { maxLength: 14 }).map((all) =>
    all.map(([one, undone], i): LedgerEntry => ({
      ...one,
      id: `e${String(i).padStart(2, '0')}`,
      ...(undone && i % 3 === 0 ? { undone: true as const } : {}),
    })),
  );
  const anyTerms = fc
    .record({
      allocation: fc.constantFrom(CHINA_CARD, INSTALMENT_LOAN),
      ahead: fc.constantFrom(...AHEAD),
      capShare: fc.constantFrom(1_000_000, 10_000),
      dayCount: fc.constantFrom('actual/365' as const, 'actual/360' as const, '30/360' as const),
      capRate: fc.constantFrom(null, 240_000, 100_000),
    })
    .map((change): LoanTerms => ({ ...loan, ...change }));
  const last = '2026-06-15';

  it('reconciles: what was charged, less what was paid and given up, is the balance', () => {
    fc.assert(
      fc.property(anyTerms, anyEntries, (terms, entries) => {
        const books = foldLoan(terms, entries, last);
        const { charged, waived, paid, credited, refunded, owed, unallocated, balance, paidTo } = books;
        expect(balance).toBe(totalOf(charged) - paid - credited + refunded - totalOf(waived));
        expect(paid + credited - refunded).toBe(totalOf(paidTo) + unallocated);
        for (const component of COMPONENTS) {
          expect(owed[component]).toBe(charged[component] - waived[component] - paidTo[component]);
          expect(owed[component]).toBeGreaterThanOrEqual(0);
        }
        expect(unallocated).toBeGreaterThanOrEqual(0);
        expect(charged.interest).toBe(sumOf(books, 'interest'));
        expect(charged['penalty-interest']).toBe(sumOf(books, 'penaltyInterest'));
        expect(charged['late-charge']).toBe(sumOf(books, 'lateCharge'));
      }),
      { numRuns: 120 },
    );
  }, 240_000);

  it('is the same in any order of telling, and as if what was undone had never been', () => {
    fc.assert(
      fc.property(anyTerms, anyEntries, fc.infiniteStream(fc.nat()), (terms, entries, chance) => {
        const shuffled = entries
          .map((one) => [chance.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        const books = foldLoan(terms, entries, last);
        expect(foldLoan(terms, shuffled, last)).toEqual(books);
        expect(
          foldLoan(
            terms,
            entries.filter(({ undone }) => undone !== true),
            last,
          ),
        ).toEqual(books);
      }),
      { numRuns: 60 },
    );
  }, 240_000);

  it('charges nothing of what is stopped throughout', () => {
    const always: LedgerEntry = {
      kind: 'stop',
      id: 'all',
      on: '2026-01-01',
      what: ['interest', 'penalty-interest', 'late-charge'],
      lastDay: last,
    };
    fc.assert(
      fc.property(anyTerms, anyEntries, (terms, entries) => {
        const { charged } = foldLoan(terms, [...entries, always], last);
        expect([charged.interest, charged['penalty-interest'], charged['late-charge']]).toEqual([0, 0, 0]);
      }),
      { numRuns: 40 },
    );
  }, 240_000);
});
