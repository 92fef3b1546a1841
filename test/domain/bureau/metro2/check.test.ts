import { EarlierFile } from '../../../../src/domain/bureau/metro2/check/earlier';
import type { BaseValues } from '../../../../src/domain/bureau/metro2/layout/base';
import { appendage, type Appendage } from '../../../../src/domain/bureau/metro2/record';
import { CATALOGUE } from '../../../../src/domain/errors/catalogue';
import { render } from '../../../../src/domain/errors/forbear-error';
import * as good from './good-file';

const {
  CARD,
  LATE,
  PAID,
  CHARGED_OFF,
  LOAN,
  SOLD,
  SOLD_TO,
  COLLECTION,
  CREDITOR,
  JOINT,
  record,
  text,
  findings,
} = good;
type Values = Partial<BaseValues>;

const GOOD: [string, Values, Appendage[]][] = [
  ['a current card', CARD, []],
  ['a late card', LATE, []],
  ['a paid card', PAID, []],
  ['a charge-off', CHARGED_OFF, []],
  [
    'a paid charge-off',
    { ...CHARGED_OFF, ...PAID, accountStatus: '64', paymentRating: '', amountPastDue: 0 },
    [],
  ],
  ['a loan', LOAN, []],
  ['a sold card', SOLD, [SOLD_TO]],
  ['a collection', COLLECTION, [CREDITOR]],
  ['a card of two', CARD, [appendage('J1', JOINT)]],
  [
    'a current card in bankruptcy',
    { ...CARD, consumerInformationIndicator: 'A', dateFirstDelinquency: '2026-02-10' },
    [],
  ],
  ['a deletion', { ...LATE, accountStatus: 'DA', dateFirstDelinquency: null, amountPastDue: 0 }, []],
];
it.each(GOOD)('finds nothing wrong with %s', async (_name, values, appendages) => {
  expect(await findings(await text([record(values, appendages)]))).toEqual([]);
});

/** Each planted fault: what is wrong, and the rule, field and code that must be found, and nothing else. */
const FAULTS: [string, Values, Appendage[], string][] = [
  [
    'a current account with a first delinquency',
    { ...CARD, dateFirstDelinquency: '2026-02-24' },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_UNWANTED',
  ],
  [
    'a late one without',
    { ...LATE, dateFirstDelinquency: null },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_MISSING',
  ],
  [
    'a charge-off without',
    { ...CHARGED_OFF, dateFirstDelinquency: null },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_MISSING',
  ],
  [
    'paid while late, without',
    { ...PAID, paymentRating: '2' },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_MISSING',
  ],
  [
    'bankrupt and current, without',
    { ...CARD, consumerInformationIndicator: 'D' },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_MISSING',
  ],
  [
    'a first delinquency that is too young',
    { ...LATE, dateFirstDelinquency: '2026-03-02' },
    [],
    'M1 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_LATE',
  ],
  [
    'a charge-off without its amount',
    { ...CHARGED_OFF, originalChargeOffAmount: 0 },
    [],
    'M3 originalChargeOffAmount BUREAU_CHARGE_OFF_MISSING',
  ],
  [
    'a charge-off amount on a late account',
    { ...LATE, originalChargeOffAmount: 5 },
    [],
    'M3 originalChargeOffAmount BUREAU_CHARGE_OFF_UNWANTED',
  ],
  [
    'a charge-off with nothing past due',
    { ...CHARGED_OFF, amountPastDue: 0 },
    [],
    'M3 amountPastDue BUREAU_PAST_DUE_MISSING',
  ],
  [
    'a current account with something past due',
    { ...CARD, amountPastDue: 3 },
    [],
    'M4 amountPastDue BUREAU_PAST_DUE_UNWANTED',
  ],
  [
    'a late account with nothing past due',
    { ...LATE, amountPastDue: 0 },
    [],
    'M4 amountPastDue BUREAU_PAST_DUE_MISSING',
  ],
  [
    'more past due than owed',
    { ...LATE, amountPastDue: 2001 },
    [],
    'M4 amountPastDue BUREAU_PAST_DUE_ABOVE_BALANCE',
  ],
  [
    'figures of another period',
    { ...CARD, dateAccountInformation: '2026-02-27' },
    [],
    'M5 dateAccountInformation BUREAU_DATE_OF_OTHER_PERIOD',
  ],
  [
    'figures of the future',
    { ...CARD, dateAccountInformation: '2026-04-03' },
    [],
    'M5 dateAccountInformation BUREAU_DATE_FUTURE',
  ],
  [
    'paid on another day than the payment',
    { ...PAID, dateAccountInformation: '2026-03-21' },
    [],
    'M5 dateAccountInformation BUREAU_DATE_NOT_OF_PAYMENT',
  ],
  [
    'opened in the future',
    { ...CARD, dateOpened: '2026-05-01', dateLastPayment: null, paymentHistoryProfile: 'B'.repeat(24) },
    [],
    'M5 dateOpened BUREAU_DATE_FUTURE',
  ],
  [
    'paid before it was opened',
    { ...CARD, dateLastPayment: '2019-01-01' },
    [],
    'M5 dateLastPayment BUREAU_DATE_BEFORE_OPENING',
  ],
  ['paid with a balance', { ...PAID, currentBalance: 1 }, [], 'M6 currentBalance BUREAU_PAID_BUT_OWED'],
  [
    'paid with something past due',
    { ...PAID, amountPastDue: 1 },
    [],
    'M6 amountPastDue BUREAU_PAID_BUT_OWED',
  ],
  [
    'paid with a scheduled payment',
    { ...PAID, scheduledMonthlyPaymentAmount: 1 },
    [],
    'M6 scheduledMonthlyPaymentAmount BUREAU_PAID_BUT_OWED',
  ],
  ['paid and not closed', { ...PAID, dateClosed: null }, [], 'M6 dateClosed BUREAU_CLOSED_MISSING'],
  ['a loan with a limit', { ...LOAN, creditLimit: 1 }, [], 'M7 creditLimit BUREAU_LIMIT_UNWANTED'],
  [
    'a loan without its amount',
    { ...LOAN, highestCredit: 0 },
    [],
    'M7 highestCredit BUREAU_ORIGINAL_LOAN_MISSING',
  ],
  ['a card without a limit', { ...CARD, creditLimit: 0 }, [], 'M7 creditLimit BUREAU_LIMIT_MISSING'],
  ['a collection without its creditor', COLLECTION, [], 'M8 accountType BUREAU_CREDITOR_MISSING'],
  ['an original creditor on a card', CARD, [CREDITOR], 'M8 originalCreditorName BUREAU_CREDITOR_UNWANTED'],
  [
    'a bought debt without its seller',
    { ...CHARGED_OFF, accountType: '0C', portfolioType: 'O', termsDuration: '001' },
    [CREDITOR],
    'M8 accountType BUREAU_SELLER_MISSING',
  ],
  [
    'sold and not transferred',
    { ...LATE, accountStatus: '93', currentBalance: 0, amountPastDue: 0, scheduledMonthlyPaymentAmount: 0 },
    [SOLD_TO],
    'M8 accountStatus BUREAU_SOLD_NOT_TRANSFERRED',
  ],
  [
    'sold with a balance',
    { ...SOLD, currentBalance: 7 },
    [SOLD_TO],
    'M8 currentBalance BUREAU_SOLD_BUT_OWED',
  ],
  [
    'a person of whom nothing is known',
    { ...CARD, socialSecurityNumber: '999999999', dateBirth: null },
    [],
    'M9 dateBirth BUREAU_PERSON_UNKNOWN',
  ],
  [
    'an authorised user without a birth',
    CARD,
    [appendage('J1', { ...JOINT, ecoaCode: '3', dateBirth: null })],
    'M9 dateBirth BUREAU_BIRTH_MISSING',
  ],
  [
    'an identification of four',
    { ...CARD, identificationNumber: 'BANK' },
    [],
    'M10 identificationNumber BUREAU_IDENTIFICATION_EMPTY',
  ],
  [
    'an identification of nines',
    { ...CARD, identificationNumber: '9999999' },
    [],
    'M10 identificationNumber BUREAU_IDENTIFICATION_EMPTY',
  ],
  [
    'a social security number as account',
    { ...CARD, consumerAccountNumber: '123-45-6780-1' },
    [],
    'M10 consumerAccountNumber BUREAU_ACCOUNT_NUMBER_PERSONAL',
  ],
  [
    "the joint one's as account",
    { ...CARD, consumerAccountNumber: 'X123456781' },
    [appendage('J1', JOINT)],
    'M10 consumerAccountNumber BUREAU_ACCOUNT_NUMBER_PERSONAL',
  ],
  [
    'a history before the opening',
    { ...CARD, dateOpened: '2026-01-04', paymentHistoryProfile: `000${'B'.repeat(21)}` },
    [],
    'M13 paymentHistoryProfile BUREAU_HISTORY_BEFORE_OPENING',
  ],
  ['a rating that is missing', { ...PAID, paymentRating: '' }, [], 'P paymentRating BUREAU_RATING_MISSING'],
  ['a rating too many', { ...CARD, paymentRating: '0' }, [], 'P paymentRating BUREAU_RATING_UNWANTED'],
  ['a card as instalment', { ...LOAN, accountType: '18' }, [], 'P accountType BUREAU_TYPE_UNFIT'],
  [
    'a loan under line of credit',
    { ...CARD, portfolioType: 'C', accountType: '01', termsDuration: 'LOC' },
    [],
    'P accountType BUREAU_TYPE_UNFIT',
  ],
  ['terms of another portfolio', { ...CARD, termsDuration: 'LOC' }, [], 'P termsDuration BUREAU_TERMS_UNFIT'],
  ['months that are none', { ...LOAN, termsDuration: 'REV' }, [], 'P termsDuration BUREAU_TERMS_UNFIT'],
  ['a status of no table', { ...CARD, accountStatus: '12' }, [], 'C accountStatus BUREAU_CODE_UNKNOWN'],
  [
    'an unknown compliance condition',
    { ...CARD, complianceConditionCode: 'XK' },
    [],
    'C complianceConditionCode BUREAU_CODE_UNKNOWN',
  ],
  [
    'an unknown consumer information',
    { ...CARD, consumerInformationIndicator: '9Z' },
    [],
    'C consumerInformationIndicator BUREAU_CODE_UNKNOWN',
  ],
  ['an unknown comment', { ...CARD, specialComment: 'ZZ' }, [], 'C specialComment BUREAU_CODE_UNKNOWN'],
  ['an obsolete ECOA code', { ...CARD, ecoaCode: '4' }, [], 'C ecoaCode BUREAU_CODE_UNKNOWN'],
  [
    'an unknown change',
    CARD,
    [appendage('L1', { changeIndicator: '7' })],
    'C changeIndicator BUREAU_CODE_UNKNOWN',
  ],
  [
    'a history of 23',
    { ...CARD, paymentHistoryProfile: '0'.repeat(23) },
    [],
    'C paymentHistoryProfile BUREAU_HISTORY_LENGTH',
  ],
  [
    'a history code of no table',
    { ...CARD, paymentHistoryProfile: `7${'0'.repeat(23)}` },
    [],
    'C paymentHistoryProfile BUREAU_HISTORY_CODE',
  ],
  [
    'no history, and then some',
    { ...CARD, paymentHistoryProfile: `0B${'0'.repeat(22)}` },
    [],
    'C paymentHistoryProfile BUREAU_HISTORY_GAP',
  ],
  ['no surname', { ...CARD, surname: '' }, [], 'F surname BUREAU_FIELD_MISSING'],
  ['no day of opening', { ...CARD, dateOpened: null }, [], 'F dateOpened BUREAU_FIELD_MISSING'],
  [
    'no address of the other',
    CARD,
    [appendage('J2', { ...JOINT, firstLineAddress: 'X', city: 'Y', state: 'IL' })],
    'F zipCode BUREAU_FIELD_MISSING',
  ],
  ['lower case', { ...CARD, city: 'Springfield' }, [], 'F city BUREAU_LOWER_CASE'],
  ['text that begins with blanks', { ...CARD, city: ' SPRING' }, [], 'F city BUREAU_NOT_LEFT'],
];
const said = ({ rule, field, code }: Awaited<ReturnType<typeof findings>>[number]) =>
  `${rule} ${field} ${code}`;

it.each(FAULTS)('finds %s, and nothing else', async (_name, values, appendages, expected) => {
  const found = await findings(
    await text([
      record(CARD),
      record(
        {
          consumerAccountNumber: 'ACC-0002',
          ...values,
          ...(values.consumerAccountNumber === CARD.consumerAccountNumber
            ? { consumerAccountNumber: 'ACC-0002' }
            : {}),
        },
        appendages,
      ),
    ]),
  );
  expect(found.map(said)).toEqual([expected]);
  expect(found[0]).toMatchObject({ record: 3, offset: 827 * 2 });
});

describe('what must agree with the last file', () => {
  const BEFORE: Values = {
    ...LATE,
    dateAccountInformation: '2026-02-28',
    accountStatus: '71',
    paymentHistoryProfile: `0E${'0'.repeat(22)}`,
  };
  const against = async (before: Values, now: Values, change: Appendage[] = []) => {
    const earlier = new EarlierFile();
    earlier.add(record(before, change));
    return (await findings(await text([record(now)]), { earlier })).map(said);
  };
  const cases: [string, Values, Values, string[]][] = [
    ['nothing', BEFORE, LATE, []],
    [
      'a first delinquency that moved forward',
      { ...BEFORE, dateFirstDelinquency: '2026-02-20' },
      LATE,
      ['M2 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_FORWARD'],
    ],
    ['one that moved back', { ...BEFORE, dateFirstDelinquency: '2026-02-25' }, LATE, []],
    [
      'one that began after a cure',
      { ...BEFORE, accountStatus: '11', dateFirstDelinquency: null },
      { ...LATE, accountStatus: '71', paymentHistoryProfile: `00E${'0'.repeat(21)}` },
      [],
    ],
    [
      'a charge-off amount that fell',
      { ...CHARGED_OFF, dateAccountInformation: '2026-02-28', originalChargeOffAmount: 2100 },
      { ...CHARGED_OFF, paymentHistoryProfile: `L654321${'0'.repeat(17)}` },
      ['M3 originalChargeOffAmount BUREAU_CHARGE_OFF_CHANGED'],
    ],
    [
      'another identification',
      { ...BEFORE, identificationNumber: 'OTHER001' },
      LATE,
      ['M10 identificationNumber BUREAU_IDENTIFICATION_CHANGED'],
    ],
    [
      'a dispute that is gone',
      { ...BEFORE, complianceConditionCode: 'XB' },
      LATE,
      ['M11 complianceConditionCode BUREAU_DISPUTE_NOT_ENDED'],
    ],
    [
      'a dispute that ended',
      { ...BEFORE, complianceConditionCode: 'XB' },
      { ...LATE, complianceConditionCode: 'XH' },
      [],
    ],
    [
      'a status that jumped',
      { ...BEFORE, accountStatus: '11' },
      {
        ...LATE,
        accountStatus: '80',
        dateFirstDelinquency: '2026-01-10',
        paymentHistoryProfile: `00E${'0'.repeat(21)}`,
      },
      ['M12 accountStatus BUREAU_STATUS_JUMPED'],
    ],
    [
      'a history that did not move',
      BEFORE,
      { ...LATE, paymentHistoryProfile: BEFORE.paymentHistoryProfile! },
      ['M13 paymentHistoryProfile BUREAU_HISTORY_CHANGED'],
    ],
    [
      'a history that was changed long ago',
      BEFORE,
      { ...LATE, paymentHistoryProfile: `10E${'0'.repeat(20)}1` },
      ['M13 paymentHistoryProfile BUREAU_HISTORY_CHANGED'],
    ],
    [
      'a month without a file',
      { ...BEFORE, dateAccountInformation: '2026-01-31' },
      { ...LATE, paymentHistoryProfile: `D10E${'0'.repeat(20)}` },
      [],
    ],
  ];
  it.each(cases)('%s', async (_name, before, now, expected) => {
    expect(await against(before, now)).toEqual(expected);
  });

  it('is found under the new number when the last file changed it', async () => {
    const change = appendage('L1', {
      changeIndicator: '3',
      newConsumerAccountNumber: CARD.consumerAccountNumber!,
      newIdentificationNumber: CARD.identificationNumber!,
    });
    const before = { ...BEFORE, consumerAccountNumber: 'OLD', identificationNumber: 'OLDER' };
    expect(await against(before, LATE, [change])).toEqual([]);
    expect(await against({ ...before, dateFirstDelinquency: '2026-02-20' }, LATE, [change])).toEqual([
      'M2 dateFirstDelinquency BUREAU_FIRST_DELINQUENCY_FORWARD',
    ]);
  });
});

it("compares with the lender's list of open disputes", async () => {
  const disputed = new Set(['ACC-0001']);
  const check = async (values: Values) =>
    (await findings(await text([record(values)]), { disputed })).map(said);
  expect(await check({ ...CARD, complianceConditionCode: 'XB' })).toEqual([]);
  expect(await check(CARD)).toEqual(['M11 complianceConditionCode BUREAU_DISPUTE_UNMARKED']);
  expect(await check({ ...CARD, consumerAccountNumber: 'ACC-0002', complianceConditionCode: 'XB' })).toEqual([
    'M11 complianceConditionCode BUREAU_DISPUTE_NOT_OPEN',
  ]);
});

describe('the frame', () => {
  const whole = () => text([record(CARD), record({ ...LATE, consumerAccountNumber: 'ACC-0002' })]);
  it.each([
    [75, 'totalStatusCode05'],
    [84, 'totalStatusCode11'],
    [12, 'totalBaseRecords'],
    [57, 'blockCount'],
    [327, 'totalSocialNumbersAllSegments'],
    [363, 'totalDatesBirthAllSegments'],
    [399, 'totalTelephoneNumbersAllSegments'],
    [264, 'totalECOACodeZ'],
    [318, 'totalChangeSegments'],
  ])('a total at %d that is not what the file has: %s', async (at, field) => {
    const lines = (await whole()).split('\n');
    const trailer = lines[3]!;
    lines[3] = `${trailer.slice(0, at - 1)}000000077${trailer.slice(at + 8)}`;
    const found = await findings(lines.join('\n'));
    expect(found.map(said)).toEqual([`T ${field} BUREAU_TOTAL_WRONG`]);
    expect(found[0]).toMatchObject({ record: 4, segment: 'trailer', at, args: { says: 77 } });
  });
  it('a missing header, a missing trailer, something behind it, one twice', async () => {
    const lines = (await whole())
      .trimEnd()
      .split('\n')
      .map((line) => line.padEnd(826));
    const codes = async (...those: number[]) =>
      (await findings(those.map((i) => lines[i]).join('\n'))).map(({ code }) => code);
    expect(await codes(1, 2, 3)).toEqual(['BUREAU_HEADER_MISSING']);
    expect(await codes(0, 1, 2)).toEqual(['BUREAU_TRAILER_MISSING']);
    expect(await codes(0, 1, 2, 3, 0)).toEqual(['BUREAU_AFTER_TRAILER', 'BUREAU_HEADER_AGAIN']);
    expect(await codes(0, 1, 1, 3)).toEqual(
      expect.arrayContaining(['BUREAU_ACCOUNT_TWICE', 'BUREAU_TOTAL_WRONG']),
    );
  });
  it('a header for nobody, of the future', async () => {
    const file = await text([record(CARD)], { equifaxProgramIdentifier: '', dateCreated: '2026-04-09' });
    expect((await findings(file)).map(said)).toEqual([
      'F equifaxProgramIdentifier BUREAU_PROGRAM_MISSING',
      'F dateCreated BUREAU_DATE_FUTURE',
    ]);
  });
  it('records of different lengths, once', async () => {
    const lines = (await whole())
      .trimEnd()
      .split('\n')
      .map((line, i) => (i === 0 ? `0426${line.slice(4, 426)}` : line.padEnd(826)));
    expect((await findings(lines.join('\n'))).map(said)).toEqual(['S null BUREAU_LENGTHS_DIFFER']);
  });
});

describe('what is not readable', () => {
  const broken = async (at: number, bytes: string) => {
    const lines = (await text([record(LATE)])).split('\n');
    lines[1] = lines[1]!.slice(0, at - 1) + bytes + lines[1]!.slice(at - 1 + bytes.length);
    return findings(lines.join('\n'));
  };
  it.each([
    [155, '     2000', 'F currentBalance BUREAU_FIELD_MALFORMED', 'text'],
    [190, '02302026', 'F dateFirstDelinquency BUREAU_FIELD_MALFORMED', 'no date'],
    [190, '        ', 'F dateFirstDelinquency BUREAU_FIELD_MALFORMED', 'blank'],
    [315, '517-555010', 'F telephoneNumber BUREAU_FIELD_MALFORMED', 'text'],
    [215, 'X', 'F reserved2 BUREAU_FIELD_MALFORMED', 'text'],
    [232, 'L\u00c3\u2030E', 'F surname BUREAU_NOT_ASCII', 'not ASCII'],
    [394, '\u0000', 'F city BUREAU_NOT_ASCII', 'not ASCII'],
  ])('at %d is told once, and rules that read it are left out', async (at, bytes, expected, value) => {
    const found = await broken(at, bytes);
    expect(found.filter(({ rule }) => rule !== 'T').map(said)).toEqual([expected]);
    expect(found[0]).toMatchObject({
      record: 2,
      segment: 'base',
      at,
      value: value === 'text' ? expect.stringMatching(/text|left/) : value,
    });
  });
});

it('never says a value of a person', async () => {
  const secrets = [
    'ZEBRACORN',
    'QUAGGA',
    '987654321',
    '5175550199',
    '7 HIDDEN LANE',
    'SECRET-ACC',
    '1971',
    'NOWHERETON',
  ];
  const person: Values = {
    ...CARD,
    ...{
      surname: 'ZEBRACORN',
      firstName: 'QUAGGA',
      socialSecurityNumber: '987654321',
      telephoneNumber: '5175550199',
    },
    ...{
      firstLineAddress: ' 7 HIDDEN LANE',
      consumerAccountNumber: 'SECRET-ACC987654321',
      dateBirth: '1971-01-01',
      city: 'NOWHERETONx',
    },
  };
  const found = await findings(await text([record(person), record(person)]));
  expect(found.length).toBeGreaterThan(4);
  const all = JSON.stringify([found, found.map(({ code, args }) => render(code, args))]);
  for (const secret of secrets) expect(all).not.toContain(secret);
});

it('has a sentence for each code, without a hole when it is said', async () => {
  const found = (
    await Promise.all(
      FAULTS.map(async ([, values, appendages]) => findings(await text([record(values, appendages)]))),
    )
  ).flat();
  for (const { code, args } of found) {
    expect(CATALOGUE[code]).toBeDefined();
    expect(render(code, args)).not.toMatch(/\{\w+\}/);
  }
});
