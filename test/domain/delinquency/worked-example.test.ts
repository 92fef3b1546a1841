import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent, HostFigures } from '../../../src/domain/account/events';
import { standing } from '../../../src/domain/delinquency/standing';
import type { IsoDate } from '../../../src/domain/units';
import { account, at, CARD, told } from '../../support/told';

/** Statement on the 5th, due on the 25th: 1,200.00 for March, a new part of 1,390.00 for April. */
const MARCH = told('2026-03-05', {
  kind: 'obligation',
  obligation: 'march',
  due: '2026-03-25',
  amount: 120_000,
  statementDate: '2026-03-05',
});
const APRIL = told('2026-04-05', {
  kind: 'obligation',
  obligation: 'april',
  due: '2026-04-25',
  amount: 139_000,
  statementDate: '2026-04-05',
});

function paid(on: IsoDate, amount: number, valueDate = on): AccountEvent {
  return told(on, { kind: 'payment', amount, valueDate, postingDate: on });
}

function figures(day: IsoDate, rest: Omit<HostFigures, 'asOf'>): AccountEvent {
  return told(day, { kind: 'host-update', figures: { asOf: at(day, '06:00'), ...rest } });
}

function on(day: IsoDate, ...events: readonly AccountEvent[]) {
  return standing([MARCH, APRIL, ...events].reduce(apply, account()), CARD, day);
}

/** The rows of the table in ladders 1.3: date, past due, DPD, cycles, in grace, late. */
const ROWS: readonly (readonly [IsoDate, number, number, number, boolean, boolean])[] = [
  ['2026-03-05', 0, 0, 0, false, false],
  ['2026-03-25', 0, 0, 0, false, false],
  ['2026-03-26', 120_000, 1, 1, true, false],
  ['2026-03-28', 120_000, 3, 1, true, false],
  ['2026-03-29', 120_000, 4, 1, false, true],
  ['2026-04-05', 120_000, 11, 1, false, true],
  ['2026-04-25', 120_000, 31, 1, false, true],
  ['2026-04-26', 259_000, 32, 2, false, true],
];

describe('the worked example, obligations given', () => {
  it.each(ROWS)('%s', (day, pastDue, contractDpd, cycles, inGrace, late) => {
    expect(on(day)).toMatchObject({ pastDue, contractDpd, treatmentDpd: contractDpd, cycles, inGrace, late });
  });

  it('is cured by March alone, with April still to come', () => {
    expect(on('2026-04-10', paid('2026-04-10', 120_000))).toMatchObject({
      pastDue: 0,
      contractDpd: 0,
      cycles: 0,
      late: false,
      oldestDue: null,
      nextDue: '2026-04-25',
      nextAmount: 139_000,
    });
  });

  it('runs from the due date of April when March is paid after it: M2 goes back to M1', () => {
    expect(on('2026-04-27')).toMatchObject({ bucket: 2, contractDpd: 33 });
    expect(on('2026-04-27', paid('2026-04-27', 120_000))).toMatchObject({
      oldestDue: '2026-04-25',
      contractDpd: 2,
      cycles: 1,
      bucket: 1,
      inGrace: true,
    });
  });

  it('tolerates a shortfall of 5.00, not of 10.01', () => {
    const short = on('2026-04-10', paid('2026-04-10', 119_500));
    expect(short).toMatchObject({ pastDue: 500, contractDpd: 0, cycles: 0, late: false, oldestDue: null });
    expect(on('2026-04-10', paid('2026-04-10', 119_000))).toMatchObject({ late: false });
    expect(on('2026-04-10', paid('2026-04-10', 118_999))).toMatchObject({ late: true, contractDpd: 16 });
  });

  it('moves a tolerated shortfall to the next statement instead of counting from the old date', () => {
    expect(on('2026-04-30', paid('2026-04-10', 119_500))).toMatchObject({
      pastDue: 139_500,
      oldestDue: '2026-04-25',
      contractDpd: 5,
      cycles: 1,
    });
  });

  it('does not take a merchant refund for a payment of the minimum', () => {
    const refund = told('2026-04-10', {
      kind: 'refund',
      amount: 150_000,
      valueDate: '2026-04-10',
      countsTowardsMinimum: false,
    });
    const before = on('2026-04-10');
    expect(on('2026-04-10', refund)).toMatchObject({ pastDue: 120_000, contractDpd: 16 });
    expect(on('2026-04-10', refund).balance).toBe(before.balance - 150_000);
  });

  it('counts money by its value date: posted on 04-01 with 03-28 it was never late', () => {
    const late = paid('2026-04-01', 120_000, '2026-03-28');
    for (const day of ['2026-03-28', '2026-03-29', '2026-04-01', '2026-04-20']) {
      expect(on(day, late)).toMatchObject({ pastDue: 0, late: false, contractDpd: 0 });
    }
    expect(on('2026-03-27', late)).toMatchObject({ pastDue: 120_000, inGrace: true });
  });

  it('counts the first debt twice if the whole second minimum were given as an obligation', () => {
    const wrong = told('2026-04-05', {
      kind: 'obligation',
      obligation: 'april',
      due: '2026-04-25',
      amount: 259_000,
    });
    expect(on('2026-04-26', wrong).pastDue).toBe(379_000);
  });
});

describe('the worked example, the host keeping the books', () => {
  const host = account({ books: 'host' });
  const april5 = figures('2026-04-05', {
    pastDue: 120_000,
    oldestDue: '2026-03-25',
    cycles: 1,
    balance: 1_231_000,
    nextDue: '2026-04-25',
    nextAmount: 139_000,
    statementDate: '2026-04-05',
  });
  const april26 = figures('2026-04-26', {
    pastDue: 259_000,
    oldestDue: '2026-03-25',
    cycles: 2,
    balance: 1_231_000,
  });
  const stands = (day: IsoDate, ...events: readonly AccountEvent[]) =>
    standing(events.reduce(apply, host), CARD, day);

  it('takes the figures as they are and counts the days itself', () => {
    expect(stands('2026-04-25', april5)).toMatchObject({
      pastDue: 120_000,
      contractDpd: 31,
      cycles: 1,
      late: true,
    });
    expect(stands('2026-04-26', april5, april26)).toMatchObject({
      pastDue: 259_000,
      contractDpd: 32,
      cycles: 2,
    });
  });

  it('counts on top what was posted after the figures, and not what is in them', () => {
    expect(stands('2026-04-10', april5, paid('2026-04-10', 120_000))).toMatchObject({
      pastDue: 0,
      contractDpd: 0,
      cycles: 0,
      balance: 1_111_000,
      nextDue: '2026-04-25',
    });
    const before = told('2026-04-06', {
      kind: 'payment',
      amount: 120_000,
      valueDate: '2026-04-04',
      postingDate: '2026-04-04',
    });
    expect(stands('2026-04-10', april5, before)).toMatchObject({ pastDue: 120_000, cycles: 1 });
  });

  it('tolerates the shortfall and leaves refunds out of the minimum', () => {
    expect(stands('2026-04-10', april5, paid('2026-04-10', 119_500))).toMatchObject({
      late: false,
      cycles: 0,
    });
    const refund = told('2026-04-10', {
      kind: 'refund',
      amount: 150_000,
      valueDate: '2026-04-10',
      countsTowardsMinimum: false,
    });
    expect(stands('2026-04-10', april5, refund)).toMatchObject({ pastDue: 120_000, balance: 1_081_000 });
  });

  it('re-anchors at once where it knows the parts behind the sum', () => {
    expect(stands('2026-04-27', MARCH, APRIL, april26, paid('2026-04-27', 120_000))).toMatchObject({
      oldestDue: '2026-04-25',
      contractDpd: 2,
      cycles: 1,
      pastDue: 139_000,
    });
  });

  it('keeps the last figures when an older update comes late', () => {
    const events = [april26, april5];
    expect(stands('2026-04-26', ...events)).toMatchObject({ pastDue: 259_000, cycles: 2 });
  });
});
