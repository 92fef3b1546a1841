import fc from 'fast-check';
import { accountStatus, type StatusFacts } from '../../../../src/domain/bureau/metro2/derive/account-status';
import { complianceCode } from '../../../../src/domain/bureau/metro2/derive/compliance';
import { consumerInformation, ecoaCode } from '../../../../src/domain/bureau/metro2/derive/consumer';
import { wholeDollars } from '../../../../src/domain/bureau/metro2/derive/dollars';
import {
  firstDelinquency,
  needsFirstDelinquency,
} from '../../../../src/domain/bureau/metro2/derive/first-delinquency';
import {
  historyCode,
  nextProfile,
  NO_HISTORY,
  profileOf,
  type MonthTold,
} from '../../../../src/domain/bureau/metro2/derive/payment-history';
import { specialComment } from '../../../../src/domain/bureau/metro2/derive/special-comment';

describe('whole dollars', () => {
  it.each([
    [120_099, 1200],
    [99, 0],
    [0, 0],
    [-5_000, 0],
    [99_999_999_999, 999_999_999],
  ])('%d cents are %d: cut, never rounded, a credit is zero', (cents, dollars) => {
    expect(wholeDollars(cents, 'USD')).toBe(dollars);
  });
  it('takes the exponent of the currency, and refuses ten digits', () => {
    expect(wholeDollars(1234, 'JPY')).toBe(1234);
    expect(() => wholeDollars(100_000_000_000, 'USD')).toThrow(/BUREAU_AMOUNT_TOO_LARGE/);
  });
});

const OPEN: StatusFacts = { contractDpd: 0, chargedOff: false, condition: null, ended: null, deleted: null };
const ended = (how: 'paid' | 'settled' | 'closed' | 'sold', dpdBefore = 0) => ({ ended: { how, dpdBefore } });

describe('account status and payment rating', () => {
  it.each([
    ...[
      [-3, '11'],
      [0, '11'],
      [29, '11'],
      [30, '71'],
      [59, '71'],
      [60, '78'],
      [89, '78'],
      [90, '80'],
    ],
    ...[
      [119, '80'],
      [120, '82'],
      [149, '82'],
      [150, '83'],
      [179, '83'],
      [180, '84'],
      [900, '84'],
    ],
  ] as [number, string][])('%d days are %s', (contractDpd, status) => {
    expect(accountStatus({ ...OPEN, contractDpd })).toEqual({ status, rating: '' });
  });

  const cases: [string, Partial<StatusFacts>, string, string][] = [
    ['charged off', { contractDpd: 190, chargedOff: true }, '97', ''],
    ['in collections', { contractDpd: 95, condition: 'collections' }, '93', ''],
    ['charged off and in collections', { chargedOff: true, condition: 'collections' }, '97', ''],
    ['surrendered', { contractDpd: 65, condition: 'surrendered' }, '95', '2'],
    ['repossessed', { contractDpd: 65, condition: 'repossessed' }, '96', ''],
    ['foreclosed', { contractDpd: 200, condition: 'foreclosed' }, '94', '6'],
    ['deed in lieu', { contractDpd: 100, condition: 'deed-in-lieu' }, '89', '3'],
    ['government claim', { contractDpd: 125, condition: 'government-claim' }, '88', '4'],
    ['a foreclosure that has only begun', { contractDpd: 125, condition: 'foreclosure-started' }, '82', ''],
    ['paid, never late', ended('paid'), '13', '0'],
    ['paid while 70 days late', ended('paid', 70), '13', '2'],
    ['settled while 70 days late', ended('settled', 70), '13', '2'],
    ['paid after the charge-off', { chargedOff: true, ...ended('paid', 300) }, '64', ''],
    ['settled after the charge-off', { chargedOff: true, ...ended('settled', 300) }, '64', ''],
    ['paid in collections', { condition: 'collections', ...ended('paid', 95) }, '62', ''],
    ['paid after surrender', { condition: 'surrendered', ...ended('paid') }, '61', ''],
    ['paid after repossession', { condition: 'repossessed', ...ended('paid') }, '63', ''],
    [
      'paid, a foreclosure had started',
      { condition: 'foreclosure-started', ...ended('paid', 130) },
      '65',
      '4',
    ],
    ['sold while current', ended('sold'), '05', '0'],
    ['sold while 95 days late', ended('sold', 95), '05', '3'],
    ['sold after the charge-off', { chargedOff: true, ...ended('sold', 300) }, '05', 'L'],
    ['sold out of collections', { condition: 'collections', ...ended('sold', 95) }, '05', 'G'],
    ['told wrongly', { contractDpd: 95, deleted: 'other' }, 'DA', ''],
    ['fraud', { chargedOff: true, ...ended('sold'), deleted: 'fraud' }, 'DF', ''],
  ];
  it.each(cases)('%s', (_name, facts, status, rating) => {
    expect(accountStatus({ ...OPEN, ...facts })).toEqual({ status, rating });
  });
});

describe('the day of first delinquency', () => {
  const late = { status: '71', rating: '', oldestDue: '2026-01-01', currentOn: null, petition: null };

  it('is the thirtieth day after the due date', () => {
    expect(firstDelinquency(null, late)).toBe('2026-01-31');
  });
  it('does not move when the oldest part is paid and the next is late', () => {
    expect(firstDelinquency('2026-01-31', { ...late, status: '78', oldestDue: '2026-03-01' })).toBe(
      '2026-01-31',
    );
  });
  it('moves back when an older debt turns out to be unpaid', () => {
    expect(firstDelinquency('2026-01-31', { ...late, oldestDue: '2025-12-01' })).toBe('2025-12-31');
  });
  it('goes with a cure, and the next delinquency begins a new one', () => {
    expect(firstDelinquency('2026-01-31', { ...late, status: '11', oldestDue: null })).toBeNull();
    expect(firstDelinquency(null, { ...late, oldestDue: '2026-06-01' })).toBe('2026-07-01');
  });
  it('begins anew also when the cure fell between two reports', () => {
    const facts = { ...late, oldestDue: '2026-05-01', currentOn: '2026-04-20' };
    expect(firstDelinquency('2026-01-31', facts)).toBe('2026-05-31');
    expect(firstDelinquency('2026-01-31', { ...facts, currentOn: '2025-12-15' })).toBe('2026-01-31');
  });
  it('stays with a charge-off, a sale and what was paid after', () => {
    for (const [status, rating] of [
      ['97', ''],
      ['64', ''],
      ['05', 'L'],
      ['13', '2'],
      ['62', ''],
    ] as const)
      expect(firstDelinquency('2026-01-31', { ...late, status, rating, oldestDue: null })).toBe('2026-01-31');
  });
  it('is none for an account that was transferred or paid while current', () => {
    for (const status of ['05', '13'])
      expect(firstDelinquency(null, { ...late, status, rating: '0', oldestDue: null })).toBeNull();
  });
  it('is the petition of a bankruptcy on a current account', () => {
    expect(firstDelinquency(null, { ...late, status: '11', petition: '2026-02-10' })).toBe('2026-02-10');
  });
  it('is not guessed', () => {
    expect(() => firstDelinquency(null, { ...late, status: '97', oldestDue: null })).toThrow(
      /BUREAU_FIRST_DELINQUENCY_UNKNOWN/,
    );
  });
  it('never moves forward within one delinquency, whatever is paid', () => {
    const day = fc
      .integer({ min: 0, max: 900 })
      .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('71', '78', '84', '93', '97'), day), { minLength: 2 }),
        (months) => {
          let told: string | null = null;
          for (const [status, oldestDue] of months) {
            const next = firstDelinquency(told, { ...late, status, oldestDue });
            expect(next).not.toBeNull();
            if (told !== null) expect(next! <= told).toBe(true);
            told = next;
          }
        },
      ),
    );
  });
  it.each([
    ...[
      ['11', '', false],
      ['71', '', true],
      ['97', '', true],
      ['13', '0', false],
      ['13', '1', true],
      ['13', 'L', true],
    ],
    ...[
      ['05', 'G', true],
      ['05', '0', false],
      ['65', '0', true],
      ['95', '0', true],
      ['DA', '', false],
      ['DF', '', false],
    ],
  ] as [string, string, boolean][])('status %s with rating %j wants one: %s', (status, rating, wants) => {
    expect(needsFirstDelinquency(status, rating)).toBe(wants);
  });
});

const month = (accountStatus: string, more: Partial<MonthTold> = {}): MonthTold => ({
  ...{ accountStatus, paymentRating: '', portfolioType: 'I', zeroBalance: false },
  ...more,
});

describe('the payment history', () => {
  it.each([
    ...[
      ['11', '0'],
      ['71', '1'],
      ['78', '2'],
      ['80', '3'],
      ['82', '4'],
      ['83', '5'],
      ['84', '6'],
    ],
    ...[
      ['93', 'G'],
      ['94', 'H'],
      ['95', 'J'],
      ['96', 'K'],
      ['97', 'L'],
      ['62', 'G'],
      ['64', 'L'],
      ['DA', 'D'],
    ],
  ] as [string, string][])('has status %s as %s', (status, code) => {
    expect(historyCode(month(status))).toBe(code);
  });
  it('has a card that is current with nothing owed as E, a loan not', () => {
    expect(historyCode(month('11', { zeroBalance: true, portfolioType: 'R' }))).toBe('E');
    expect(historyCode(month('11', { zeroBalance: true }))).toBe('0');
    expect(historyCode(month('05', { paymentRating: '3' }))).toBe('3');
  });
  it('moves by one, the last month in front', () => {
    const profile = nextProfile(NO_HISTORY, month('11'), 1);
    expect(profile).toBe(`0${'B'.repeat(23)}`);
    expect(nextProfile(profile, month('71'), 1)).toBe(`10${'B'.repeat(22)}`);
  });
  it('fills months without a report with D, and stays within a month', () => {
    expect(nextProfile(`0${'B'.repeat(23)}`, month('71'), 3)).toBe(`DD10${'B'.repeat(20)}`);
    expect(nextProfile('x', month('71'), 0)).toBe('x');
    expect(nextProfile(NO_HISTORY, month('71'), 40)).toBe('D'.repeat(24));
  });
  it('is made of months that are known from elsewhere', () => {
    const months = new Map([
      ['2025-11', month('11')],
      ['2026-01', month('71')],
    ]);
    expect(profileOf(months, '2026-03-31', '2025-11-05')).toBe(`D1D0${'B'.repeat(20)}`);
    expect(profileOf(months, '2026-03-31', null)).toBe(`D1D0${'B'.repeat(20)}`);
    expect(profileOf(new Map(), '2026-03-31', '2020-01-01')).toBe(NO_HISTORY);
  });
  it('made month by month is the one made of all months', () => {
    const statuses = fc.array(fc.constantFrom('11', '71', '78', '97', null), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(statuses, (told) => {
        const first = told.findIndex((status) => status !== null);
        if (first === -1) return;
        const day = (i: number) => new Date(Date.UTC(2020, i + 1, 0)).toISOString().slice(0, 10);
        let profile = NO_HISTORY;
        let last = first;
        for (let i = first + 1; i <= told.length; i += 1) {
          if (i < told.length && told[i] === null) continue;
          profile = nextProfile(profile, month(told[last]!), i - last);
          last = i;
        }
        const months = new Map(
          told.flatMap((status, i) =>
            status === null ? [] : [[day(i).slice(0, 7), month(status)] as const],
          ),
        );
        expect(profile).toBe(profileOf(months, day(told.length), null));
      }),
    );
  });
});

describe('the compliance condition', () => {
  const open = (law: 'fcra' | 'fcba') => ({ law, open: true, disagrees: false });
  const over = (law: 'fcra' | 'fcba', disagrees: boolean) => ({ law, open: false, disagrees });
  const cases: [string, Parameters<typeof complianceCode>[0], string, string][] = [
    ['nothing', { disputes: [], closedByConsumer: false }, '', ''],
    ['open, FCRA', { disputes: [open('fcra')], closedByConsumer: false }, '', 'XB'],
    ['open, FCBA', { disputes: [open('fcba')], closedByConsumer: false }, '', 'XF'],
    ['open, both laws', { disputes: [open('fcba'), open('fcra')], closedByConsumer: false }, '', 'XB'],
    ['open and closed by the consumer', { disputes: [open('fcra')], closedByConsumer: true }, 'XA', 'XD'],
    [
      'open, FCBA, and closed by the consumer',
      { disputes: [open('fcba')], closedByConsumer: true },
      '',
      'XJ',
    ],
    ['ended', { disputes: [over('fcra', false)], closedByConsumer: false }, 'XB', 'XH'],
    ['ended, a month later', { disputes: [over('fcra', false)], closedByConsumer: false }, 'XH', 'XH'],
    [
      'ended, the consumer disagrees',
      { disputes: [over('fcra', true)], closedByConsumer: false },
      'XB',
      'XC',
    ],
    [
      'ended, disagrees, closed by the consumer',
      { disputes: [over('fcra', true)], closedByConsumer: true },
      'XD',
      'XE',
    ],
    [
      'billing dispute ended, disagrees',
      { disputes: [over('fcba', true)], closedByConsumer: false },
      'XF',
      'XG',
    ],
    ['opened again', { disputes: [over('fcra', true), open('fcra')], closedByConsumer: false }, 'XC', 'XB'],
    ['closed by the consumer', { disputes: [], closedByConsumer: true }, '', 'XA'],
    ['closed by the consumer after the dispute', { disputes: [], closedByConsumer: true }, 'XH', 'XA'],
    ['no longer closed', { disputes: [], closedByConsumer: false }, 'XA', 'XR'],
    ['taken away, a month later', { disputes: [], closedByConsumer: false }, 'XR', ''],
  ];
  it.each(cases)('%s', (_name, facts, last, code) => {
    expect(complianceCode(facts, last)).toBe(code);
  });
});

describe('the consumer', () => {
  const cases: [Parameters<typeof consumerInformation>[0], string, string][] = [
    ...(
      [
        [7, 'A', 'E'],
        [11, 'B', 'F'],
        [12, 'C', 'G'],
        [13, 'D', 'H'],
      ] as const
    ).flatMap(
      ([chapter, petition, discharged]): [Parameters<typeof consumerInformation>[0], string, string][] => [
        [{ bankruptcy: { chapter, stage: 'petition' }, lost: false }, '', petition],
        [{ bankruptcy: { chapter, stage: 'discharged' }, lost: false }, petition, discharged],
      ],
    ),
    [{ bankruptcy: { chapter: 13, stage: 'dismissed' }, lost: false }, 'D', 'Q'],
    [{ bankruptcy: { chapter: 7, stage: 'reaffirmed' }, lost: false }, 'A', 'R'],
    [{ bankruptcy: { chapter: 7, stage: 'rescinded' }, lost: false }, 'R', 'V'],
    [{ bankruptcy: { chapter: 7, stage: 'petition' }, lost: true }, 'T', 'A'],
    [{ bankruptcy: null, lost: true }, '', 'T'],
    [{ bankruptcy: null, lost: false }, 'T', 'U'],
    [{ bankruptcy: null, lost: false }, 'U', ''],
    [{ bankruptcy: null, lost: false }, 'D', 'Q'],
    [{ bankruptcy: null, lost: false }, 'R', 'S'],
    [{ bankruptcy: null, lost: false }, '', ''],
  ];
  it.each(cases)('%j after %j is %j', (facts, last, code) => {
    expect(consumerInformation(facts, last)).toBe(code);
  });
  it('is told by the part in the account, unless they died or left it', () => {
    expect(
      ['individual', 'joint', 'authorised-user', 'guarantor', 'maker', 'business'].map((part) =>
        ecoaCode(part as 'joint', null),
      ),
    ).toEqual([...['1', '2', '3', '5', '7', 'W']]);
    expect([
      ecoaCode('joint', 'deceased'),
      ecoaCode('joint', 'terminated'),
      ecoaCode('joint', 'deleted'),
    ]).toEqual(['X', 'T', 'Z']);
  });
});

it('says one comment, the weightiest', () => {
  expect(specialComment([])).toBe('');
  expect(specialComment(['partial-payments'])).toBe('AC');
  expect(specialComment(['partial-payments', 'settled'])).toBe('AU');
  expect(specialComment(['disaster', 'sold'])).toBe('AH');
});
