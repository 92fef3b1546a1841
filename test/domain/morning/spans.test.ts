import type { AccountEvent } from '../../../src/domain/account/events';
import { movesOf } from '../../../src/domain/morning/moves';
import { nextSnapshot } from '../../../src/domain/morning/cycle';
import { project } from '../../../src/domain/morning/spans';
import type { Span } from '../../../src/domain/morning/span';
import { at, owes, pays } from '../../support/small-account';
import { decided, historyOf } from '../../support/figures-history';

/** What of a span a person reckons with: from, bucket, past due, balance, rolls on, start of the cycle, its bucket. */
const short = (span: Span) => [
  span.from,
  `M${span.bucket}`,
  span.pastDue,
  span.balance,
  span.rollsOn,
  span.cycle,
  span.startBucket,
];

describe('a loan of three instalments of 100.00, due on the 15th of January, February and March', () => {
  const start = [
    owes('i1', '2026-01-15', 10_000),
    owes('i2', '2026-02-15', 10_000),
    owes('i3', '2026-03-15', 10_000),
  ];
  const paid = pays('2026-02-20', 10_000);
  const history = historyOf({
    product: 'consumer_loan',
    since: '2026-01-10',
    start,
    facts: [paid, { kind: 'reversal', id: 'r1', at: at('2026-03-02'), of: paid.id, reason: 'returned' }],
  });

  it('changes on the days on which a person would say so, and at each month end', () => {
    expect(project(history, '2026-03-02').spans.map(short)).toEqual([
      ['2026-01-10', 'M0', 0, 30_000, null, null, null],
      // The day after the due date; thirty-one days past due it becomes M2.
      ['2026-01-16', 'M1', 10_000, 30_000, '2026-02-15', null, null],
      ['2026-01-31', 'M1', 10_000, 30_000, '2026-02-15', '2026-01-31', 1],
      ['2026-02-15', 'M2', 10_000, 30_000, '2026-03-17', '2026-01-31', 1],
      ['2026-02-16', 'M2', 20_000, 30_000, '2026-03-17', '2026-01-31', 1],
      // The oldest is paid: five days past due by the next one.
      ['2026-02-20', 'M1', 10_000, 20_000, '2026-03-18', '2026-01-31', 1],
      ['2026-02-28', 'M1', 10_000, 20_000, '2026-03-18', '2026-02-28', 1],
      // The money came back: the oldest is January again, 46 days past due.
      ['2026-03-02', 'M2', 20_000, 30_000, '2026-03-17', '2026-02-28', 1],
    ]);
  });

  it('says when it changes next by itself: the March instalment is missed on the 16th', () => {
    expect(project(history, '2026-03-02').nextChange).toBe('2026-03-16');
  });

  it('knew on a day what it says of that day later: a closed day never changes', () => {
    const later = project(history, '2026-06-30').spans;
    for (const day of ['2026-01-20', '2026-02-18', '2026-02-27', '2026-03-01']) {
      const known = project(history, day).spans;
      expect(
        later.filter(({ from }) => from <= day).map((span) => ({ ...span, to: closedBy(span.to, day) })),
      ).toEqual(known);
    }
  });

  it('moves: late, worse, better, the month of February, worse again', () => {
    const moves = movesOf(project(history, '2026-03-02').spans);
    expect(moves.map(({ day, kind, from, to, balance }) => [day, kind, from, to, balance])).toEqual([
      ['2026-01-10', 'enrolled', null, 0, 30_000],
      ['2026-01-16', 'late', 0, 1, 30_000],
      ['2026-02-15', 'worse', 1, 2, 30_000],
      ['2026-02-20', 'better', 2, 1, 20_000],
      // What was in M1 at the end of January, with its balance then, is in M1 at the end of February.
      ['2026-02-28', 'cycle', 1, 1, 30_000],
      ['2026-03-02', 'worse', 1, 2, 30_000],
    ]);
  });
});

const closedBy = (to: string | null, day: string): string | null => (to !== null && to > day ? null : to);

describe('a card with its due date on the 25th and three days of grace', () => {
  const start = [owes('m1', '2026-03-25', 120_000), owes('m2', '2026-04-25', 139_000)];

  it('is late on the 29th, which begins its cycle, and cured without anybody speaking to it', () => {
    const history = historyOf({
      product: 'credit_card',
      since: '2026-03-20',
      start,
      facts: [pays('2026-04-10', 120_000)],
    });
    const { spans, milestones } = project(history, '2026-04-30');
    expect(spans.map(short)).toEqual([
      ['2026-03-20', 'M0', 0, 259_000, null, null, null],
      // In grace it is past due and late nowhere.
      ['2026-03-26', 'M0', 120_000, 259_000, '2026-03-29', null, null],
      ['2026-03-29', 'M1', 120_000, 259_000, '2026-04-26', '2026-03-29', 1],
      ['2026-04-10', 'M0', 0, 139_000, null, '2026-03-29', 1],
      ['2026-04-26', 'M0', 139_000, 139_000, '2026-04-29', '2026-03-29', 1],
      ['2026-04-29', 'M1', 139_000, 139_000, null, '2026-04-29', 1],
    ]);
    expect(movesOf(spans).map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2026-03-20 enrolled',
      '2026-03-29 late',
      '2026-04-10 self-cured',
      '2026-04-29 cycle',
      '2026-04-29 late',
    ]);
    expect(milestones).toMatchObject({ enteredOn: '2026-03-29', enteredBalance: 259_000, ever30: null });
  });

  it('is cured, not self-cured, after a collector spoke with the person, and leaves with its reason', () => {
    const spoke: AccountEvent = {
      kind: 'contact-outcome',
      id: 'c1',
      at: at('2026-04-02'),
      code: 'RPC-INT',
      channel: 'call',
    };
    const history = historyOf({
      product: 'credit_card',
      since: '2026-03-20',
      start,
      facts: [spoke, pays('2026-04-10', 259_000)],
      decisions: [
        decided('2026-03-26', 'stage-enter', { stage: 'reminder' }),
        decided('2026-04-10', 'stage-leave', { from: 'reminder' }),
        decided('2026-04-20', 'close-asked', { reason: 'settled' }, 'settled'),
      ],
    });
    const { spans, nextChange } = project(history, '2026-06-30');
    expect(movesOf(spans).map(({ day, kind, from, to }) => [day, kind, from, to])).toEqual([
      ['2026-03-20', 'enrolled', null, 0],
      ['2026-03-29', 'late', 0, 1],
      ['2026-04-10', 'cured', 1, 0],
      ['2026-04-20', 'exit-settled', 0, null],
      // The cycle that was running ends without it; then nothing of it is left.
      ['2026-04-29', 'cycle', 1, null],
    ]);
    expect(spans[spans.length - 1]).toMatchObject({ to: '2026-04-29', ended: 'settled' });
    expect(nextChange).toBeNull();
    expect(spans.find(({ from }) => from === '2026-03-29')?.stage).toBe('reminder');
  });

  it('comes back into the figures when money that closed it comes back', () => {
    const money = pays('2026-04-10', 259_000);
    const history = historyOf({
      product: 'credit_card',
      since: '2026-03-20',
      start,
      facts: [money, { kind: 'reversal', id: 'r', at: at('2026-06-12'), of: money.id, reason: 'chargeback' }],
      decisions: [decided('2026-05-10', 'close-cured', { watchDays: 30 }, 'cured')],
    });
    const { spans } = project(history, '2026-06-12');
    expect(spans.map(short).slice(-1)).toEqual([['2026-06-12', 'M2', 259_000, 259_000, null, null, null]]);
    expect(movesOf(spans).slice(-1)).toMatchObject([{ day: '2026-06-12', kind: 'reopened', to: 2 }]);
  });

  it('counts a payment told late from the day on which it was known', () => {
    const late = { ...pays('2026-03-28', 120_000), at: at('2026-03-28'), known: '2026-04-01' };
    const history = historyOf({ product: 'credit_card', since: '2026-03-20', start, facts: [late] });
    expect(project(history, '2026-04-01').spans.map((span) => [span.from, `M${span.bucket}`])).toEqual([
      ['2026-03-20', 'M0'],
      ['2026-03-26', 'M0'],
      ['2026-03-29', 'M1'],
      ['2026-04-01', 'M0'],
    ]);
  });

  it('keeps promises with their ends, and one whose money came back as invalidated', () => {
    const money = pays('2026-04-12', 120_000);
    const promise: AccountEvent = {
      kind: 'promise',
      id: 'p',
      at: at('2026-04-09'),
      promise: 'P1',
      amount: 120_000,
      date: '2026-04-12',
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
      by: 'staff-7',
    };
    const history = historyOf({
      product: 'credit_card',
      since: '2026-03-20',
      start,
      facts: [
        promise,
        money,
        { kind: 'reversal', id: 'r', at: at('2026-04-20'), of: money.id, reason: 'returned' },
      ],
      decisions: [
        decided('2026-04-12', 'promise-kept', { amount: 120_000, date: '2026-04-12', paid: 120_000 }),
      ],
    });
    const made = { promise: 'P1', madeOn: '2026-04-09', by: 'staff-7', amount: 120_000, paid: 120_000 };
    expect(project(history, '2026-04-12').promises).toMatchObject([
      { ...made, status: 'kept', judgedOn: '2026-04-12' },
    ]);
    expect(project(history, '2026-04-20').promises).toMatchObject([
      { ...made, status: 'invalidated', judgedOn: '2026-04-20' },
    ]);
  });
});

describe('the day on which a cycle is taken', () => {
  const cases: [string, number | null, number, string][] = [
    ['2026-01-30', null, 0, '2026-01-31'],
    ['2026-01-31', null, 0, '2026-02-28'],
    ['2028-02-01', null, 0, '2028-02-29'],
    ['2026-12-31', null, 0, '2027-01-31'],
    // The 31st of a short month is its last day; with grace the day falls into the next month.
    ['2026-02-15', 31, 3, '2026-03-04'],
    ['2026-03-04', 31, 3, '2026-04-04'],
    ['2026-03-28', 25, 3, '2026-03-29'],
    ['2026-03-29', 25, 3, '2026-04-29'],
  ];
  it.each(cases)('after %s, due on day %s with %s days of grace: %s', (day, due, grace, taken) => {
    expect(nextSnapshot(day, due, grace)).toBe(taken);
  });
});
