import { loadPacks } from '../../../../src/book/policy/shipped';
import type { Pack } from '../../../../src/domain/policy/pack/pack';
import { ask, short, speaking } from './pack-fixture';

// The key numbers of each pack that ships, by one case each side of the limit.

const packs = new Map<string, readonly Pack[]>();
function of(name: string): readonly Pack[] {
  const known = packs.get(name) ?? loadPacks([name]);
  packs.set(name, known);
  return known;
}

type Case = readonly [
  says: string,
  now: string,
  request: string,
  ledger: readonly string[],
  answer: string,
  rules?: readonly string[],
];

/** `usual` is said of each case, but for what the case says itself. */
function run(pack: string, usual: readonly string[], cases: readonly Case[]): void {
  it.each(cases.map((one) => [one[0], one] as const))(
    '%s',
    (_says, [, now, request, ledger, answer, rules]) => {
      const rest = usual.filter((part) => !`, ${request}`.includes(`, ${part.split(':')[0] ?? ''}:`));
      const said = [...rest, request].filter((part) => part !== '').join(', ');
      const found = ask(of(pack), now, said, ledger);
      expect([short(found), [...speaking(found)].sort()]).toEqual([answer, [...(rules ?? [])].sort()]);
    },
  );
}

const times = (n: number, rest: string) => [`${rest}, times: ${n}`];

describe('China', () => {
  const card = ['zones: [Asia/Shanghai]', 'product: credit_card', 'endpoint_source: contract'];
  const call = [...card, 'recording: audio', 'disclosures: [institution, identity-check]'];
  const spoke = (n: number) =>
    times(n, 'at: 2026-03-10T09:00:00+08:00, attempt: call, outcome: conversation, endpoint: N');
  const silent = (n: number) =>
    times(n, 'at: 2026-03-10T09:00:00+08:00, attempt: call, outcome: unanswered, endpoint: N');
  run('cn-consumer-credit', call, [
    ['21:59:59', '2026-03-10T21:59:59+08:00', '', [], 'allow'],
    ['22:00:00', '2026-03-10T22:00:00+08:00', '', [], 'defer 2026-03-11T00:00:00.000Z', ['CN-T1']],
    [
      '22:00:00, agreed',
      '2026-03-10T22:00:00+08:00',
      'waivers: [{ by: agreement, evidence: E }]',
      [],
      'allow',
    ],
    ['a third talk of the day', '2026-03-10T15:00:00+08:00', '', spoke(2), 'allow'],
    [
      'a fourth',
      '2026-03-10T15:00:00+08:00',
      '',
      spoke(3),
      'defer 2026-03-11T00:00:00.000Z',
      ['CN-T1', 'CN-F1'],
    ],
    ['a sixth unanswered call', '2026-03-10T15:00:00+08:00', '', silent(5), 'allow'],
    [
      'a seventh',
      '2026-03-10T15:00:00+08:00',
      '',
      silent(6),
      'defer 2026-03-11T00:00:00.000Z',
      ['CN-T1', 'CN-F2'],
    ],
    ['a seventh on another number', '2026-03-10T15:00:00+08:00', 'endpoint: M', silent(6), 'allow'],
    [
      'a seventh before the code of 2026',
      '2026-01-20T15:00:00+08:00',
      '',
      times(6, 'at: 2026-01-20T09:00:00+08:00, attempt: call, outcome: unanswered, endpoint: N'),
      'allow',
    ],
    ['a call that nobody records', '2026-03-10T15:00:00+08:00', 'recording: none', [], 'block', ['CN-R1']],
    [
      'a number of unknown source',
      '2026-03-10T15:00:00+08:00',
      'endpoint_source: bought-list',
      [],
      'block',
      ['CN-P7'],
    ],
    [
      'during a plan that is kept',
      '2026-03-10T15:00:00+08:00',
      '',
      ['at: 2026-03-01T09:00:00+08:00, event: agreed-plan'],
      'block',
      ['CN-K3'],
    ],
    [
      'after it was broken',
      '2026-03-10T15:00:00+08:00',
      '',
      [
        'at: 2026-03-01T09:00:00+08:00, event: agreed-plan',
        'at: 2026-03-09T09:00:00+08:00, event: plan-broken',
      ],
      'allow',
    ],
    [
      'the same for a loan',
      '2026-03-10T15:00:00+08:00',
      'product: consumer_loan',
      ['at: 2026-03-01T09:00:00+08:00, event: agreed-plan'],
      'allow',
    ],
    [
      'an adverse entry without notice',
      '2026-03-10T15:00:00+08:00',
      'action: furnish-adverse',
      ['at: 2026-01-01T09:00:00+08:00, event: consent, about: bureau, says: given, form: written'],
      'block',
      ['CN-B2'],
    ],
    [
      'police, 49,999 yuan',
      '2026-09-10T15:00:00+08:00',
      'action: report-criminal, facts: { principal_yuan: 49999 }',
      [
        'at: 2026-01-01T09:00:00+08:00, event: demand-arrived',
        'at: 2026-02-10T09:00:00+08:00, event: demand-arrived',
        'at: 2026-09-01T09:00:00+08:00, event: human-decision',
      ],
      'block',
      ['CN-K10'],
    ],
    [
      'police, two demands 29 days apart',
      '2026-09-10T15:00:00+08:00',
      'action: report-criminal, facts: { principal_yuan: 50000 }',
      [
        'at: 2026-01-01T09:00:00+08:00, event: demand-arrived',
        'at: 2026-01-30T09:00:00+08:00, event: demand-arrived',
        'at: 2026-09-01T09:00:00+08:00, event: human-decision',
      ],
      'block',
      ['CN-K10'],
    ],
    [
      'police, two 31 days apart, too early',
      '2026-04-30T15:00:00+08:00',
      'action: report-criminal, facts: { principal_yuan: 50000 }',
      [
        'at: 2026-01-01T09:00:00+08:00, event: demand-arrived',
        'at: 2026-02-01T09:00:00+08:00, event: demand-arrived',
        'at: 2026-03-01T09:00:00+08:00, event: human-decision',
      ],
      'defer 2026-05-01T16:00:00.000Z',
      ['CN-K10'],
    ],
    [
      'a plan of 61 months',
      '2026-03-10T15:00:00+08:00',
      'action: agree-plan, facts: { plan_months: 61 }',
      [],
      'block',
      ['CN-K1'],
    ],
  ]);

  const visit = [...card, 'channel: visit', 'place: elsewhere'];
  run('cn-consumer-credit', visit, [
    [
      'a visit by one',
      '2026-03-10T15:00:00+08:00',
      'staff: 1, recording: audio-video, disclosures: [staff-id]',
      [],
      'block',
      ['CN-V1'],
    ],
    [
      'by two, in sound only',
      '2026-03-10T15:00:00+08:00',
      'staff: 2, recording: audio, disclosures: [staff-id]',
      [],
      'block',
      ['CN-V1'],
    ],
    [
      'by nobody knows how many',
      '2026-03-10T15:00:00+08:00',
      'recording: audio-video, disclosures: [staff-id]',
      [],
      'review',
      ['CN-V1'],
    ],
    [
      'by two, recorded',
      '2026-03-10T15:00:00+08:00',
      'staff: 2, recording: audio-video, disclosures: [staff-id]',
      [],
      'allow',
    ],
  ]);

  const brother = [...call, 'party: family', 'reached: T1', 'purpose: locate', 'tells_of_debt: false'];
  const missed = (at: string) => `at: ${at}, attempt: call, outcome: unanswered, endpoint: N, reserved: true`;
  const three = ['09', '11', '13'].map((hour) => missed(`2026-03-10T${hour}:00:00+08:00`));
  run('cn-consumer-credit', brother, [
    ['a brother, nothing tried', '2026-03-10T15:00:00+08:00', '', [], 'block', ['CN-P3']],
    ['after two missed calls', '2026-03-11T15:00:00+08:00', '', three.slice(1), 'block', ['CN-P3']],
    [
      'on the day of the third',
      '2026-03-10T15:00:00+08:00',
      '',
      three,
      'defer 2026-03-11T00:00:00.000Z',
      ['CN-T1', 'CN-P3'],
    ],
    ['on the next day', '2026-03-11T08:00:00+08:00', '', three, 'allow'],
    [
      'three days in a row',
      '2026-03-12T15:00:00+08:00',
      '',
      ['10', '11', '12'].map((day) => missed(`2026-03-${day}T09:00:00+08:00`)),
      'allow',
    ],
    [
      'once the debtor was reached again',
      '2026-03-12T15:00:00+08:00',
      '',
      [...three, 'at: 2026-03-11T09:00:00+08:00, attempt: call, outcome: conversation'],
      'block',
      ['CN-P3'],
    ],
    [
      'to tell him of the debt',
      '2026-03-11T15:00:00+08:00',
      'tells_of_debt: true',
      three,
      'block',
      ['CN-P4'],
    ],
    ['to ask him for money', '2026-03-11T15:00:00+08:00', 'purpose: collect', three, 'block', ['CN-P4']],
    [
      'who refused',
      '2026-03-11T15:00:00+08:00',
      '',
      [...three, 'at: 2026-02-01T09:00:00+08:00, event: third-party-refused, about: T1'],
      'block',
      ['CN-P5'],
    ],
    [
      'when the debtor died',
      '2026-03-11T15:00:00+08:00',
      '',
      ['at: 2026-03-01T09:00:00+08:00, event: deceased'],
      'allow',
    ],
  ]);
});

describe('the United States', () => {
  const call = ['disclosures: [debt-collector]'];
  const seven = times(7, 'at: 2026-03-04T12:00:00-05:00, attempt: call, outcome: unanswered');
  const talk = ['at: 2026-03-04T12:00:00-05:00, attempt: call, outcome: conversation'];
  run('us-federal', call, [
    ['20:59:59', '2026-03-10T20:59:59-04:00', '', [], 'allow'],
    ['21:00:00', '2026-03-10T21:00:00-04:00', '', [], 'defer 2026-03-11T12:00:00.000Z', ['US-T1']],
    [
      'an eighth call on the seventh day',
      '2026-03-10T12:00:00-04:00',
      '',
      seven,
      'defer 2026-03-11T12:00:00.000Z',
      ['US-T1', 'US-F1'],
    ],
    ['on the eighth', '2026-03-11T12:00:00-04:00', '', seven, 'allow'],
    [
      'about another debt',
      '2026-03-10T12:00:00-04:00',
      'account: B',
      seven.map((one) => `${one}, account: A`),
      'allow',
    ],
    ['by the lender itself', '2026-03-10T22:00:00-04:00', 'role: original-creditor', seven, 'allow'],
    [
      'six days after a talk',
      '2026-03-10T12:00:00-04:00',
      '',
      talk,
      'defer 2026-03-11T12:00:00.000Z',
      ['US-T1', 'US-F2'],
    ],
    ['seven days after', '2026-03-11T12:00:00-04:00', '', talk, 'allow'],
    [
      'who has a lawyer',
      '2026-03-10T12:00:00-04:00',
      '',
      ['at: 2026-03-01T12:00:00-05:00, event: attorney-named'],
      'block',
      ['US-T4'],
    ],
    [
      'who asked to cease',
      '2026-03-10T12:00:00-04:00',
      '',
      ['at: 2026-03-01T12:00:00-05:00, event: cease-request'],
      'block',
      ['US-N5'],
    ],
    [
      'that only to confirm it',
      '2026-03-10T12:00:00-04:00',
      'purpose: confirm-stopping',
      ['at: 2026-03-01T12:00:00-05:00, event: cease-request'],
      'allow',
    ],
    [
      'whose notice is late',
      '2026-03-10T12:00:00-04:00',
      '',
      ['at: 2026-03-01T12:00:00-05:00, event: initial-communication'],
      'block',
      ['US-N1'],
    ],
    [
      'on the fifth day',
      '2026-03-06T12:00:00-05:00',
      '',
      ['at: 2026-03-01T12:00:00-05:00, event: initial-communication'],
      'allow',
    ],
    [
      'reporting on the thirteenth day',
      '2026-03-14T12:00:00-04:00',
      'action: furnish, facts: { data_confirmed_accurate: true }',
      ['at: 2026-03-01T12:00:00-05:00, event: debt-written-of'],
      'defer 2026-03-15T04:00:00.000Z',
      ['US-B1'],
    ],
    [
      'when it came back',
      '2026-03-20T12:00:00-04:00',
      'action: furnish, facts: { data_confirmed_accurate: true }',
      [
        'at: 2026-03-01T12:00:00-05:00, event: debt-written-of',
        'at: 2026-03-09T12:00:00-04:00, event: undeliverable',
      ],
      'block',
      ['US-B1'],
    ],
    [
      'a bankrupt, by the lender',
      '2026-03-10T12:00:00-04:00',
      'role: original-creditor',
      ['at: 2026-03-01T12:00:00-05:00, event: bankruptcy-petition'],
      'block',
      ['US-X1'],
    ],
    [
      'a speaking machine without consent',
      '2026-03-10T12:00:00-04:00',
      'role: original-creditor, channel: voice_ai',
      [],
      'block',
      ['US-C1'],
    ],
    [
      'a mother, where he lives',
      '2026-03-10T12:00:00-04:00',
      'party: family, reached: T1, purpose: locate, tells_of_debt: false',
      [],
      'allow',
    ],
    [
      'a second time',
      '2026-03-10T12:00:00-04:00',
      'party: family, reached: T1, purpose: locate, tells_of_debt: false',
      ['at: 2026-02-01T12:00:00-05:00, attempt: call, outcome: conversation, party: family, reached: T1'],
      'block',
      ['US-P2'],
    ],
    [
      'a threat of an old debt',
      '2026-03-10T12:00:00-04:00',
      'action: threaten-suit, facts: { time_barred: true }',
      ['at: 2026-01-01T12:00:00-05:00, event: validation-notice'],
      'block',
      ['US-L1'],
    ],
  ]);

  run(
    'us-ma',
    ['role: original-creditor', 'channel: sms'],
    [
      [
        'Massachusetts, a second text',
        '2026-03-10T12:00:00-04:00',
        '',
        times(1, 'at: 2026-03-09T12:00:00-04:00, attempt: sms, outcome: sent'),
        'allow',
      ],
      [
        'a third, by the lender itself',
        '2026-03-10T12:00:00-04:00',
        '',
        times(2, 'at: 2026-03-09T12:00:00-04:00, attempt: sms, outcome: sent'),
        'defer 2026-03-16T12:00:00.000Z',
        ['MA-T1', 'MA-F1'],
      ],
      [
        'a third at work',
        '2026-03-10T12:00:00-04:00',
        'place: work',
        times(2, 'at: 2026-03-09T12:00:00-04:00, attempt: sms, outcome: sent, place: work'),
        'defer 2026-04-08T12:00:00.000Z',
        ['MA-T1', 'MA-F2'],
      ],
      [
        'not at work, said ten days ago',
        '2026-03-10T12:00:00-04:00',
        'place: work',
        ['at: 2026-02-28T12:00:00-05:00, event: preference, form: oral, not: { places: [work] }'],
        'defer 2026-03-11T12:00:00.000Z',
        ['MA-T1', 'MA-W1'],
      ],
      [
        'eleven days ago',
        '2026-03-11T12:00:00-04:00',
        'place: work',
        ['at: 2026-02-28T12:00:00-05:00, event: preference, form: oral, not: { places: [work] }'],
        'allow',
      ],
    ],
  );
});

describe('the United Kingdom', () => {
  const london = ['zones: [Europe/London]'];
  const letter = [
    'at: 2026-03-02T10:00:00Z, event: letter-of-claim',
    'at: 2024-01-01T10:00:00Z, event: default',
  ];
  run('uk-consumer-credit', london, [
    ['a Sunday', '2026-03-08T12:00:00Z', '', [], 'defer 2026-03-09T08:00:00.000Z', ['UK-T1']],
    [
      'breathing space',
      '2026-03-10T12:00:00Z',
      '',
      ['at: 2026-03-02T10:00:00Z, event: breathing-space'],
      'defer 2026-05-02T07:00:00.000Z',
      ['UK-T1', 'UK-H1'],
    ],
    [
      'after crisis treatment',
      '2026-03-10T12:00:00Z',
      '',
      [
        'at: 2026-01-02T10:00:00Z, event: crisis-treatment',
        'at: 2026-03-02T10:00:00Z, event: crisis-treatment-ended',
      ],
      'defer 2026-04-02T07:00:00.000Z',
      ['UK-T1', 'UK-H2'],
    ],
    [
      'a claim without a letter',
      '2026-04-10T12:00:00Z',
      'action: file-suit',
      letter.slice(1),
      'block',
      ['UK-L1'],
    ],
    [
      'on the thirtieth day',
      '2026-04-01T12:00:00Z',
      'action: file-suit',
      letter,
      'defer 2026-04-01T23:00:00.000Z',
      ['UK-L1'],
    ],
    ['on the thirty-first', '2026-04-02T12:00:00Z', 'action: file-suit', letter, 'allow'],
    [
      'seven years after the default',
      '2031-04-02T12:00:00Z',
      'action: file-suit',
      letter,
      'block',
      ['UK-L4'],
    ],
    [
      'an end before fourteen days',
      '2026-03-10T12:00:00Z',
      'action: terminate-agreement',
      ['at: 2026-03-02T10:00:00Z, event: default-notice'],
      'defer 2026-03-17T00:00:00.000Z',
      ['UK-N2'],
    ],
    [
      'an end after the default was remedied',
      '2026-03-30T12:00:00Z',
      'action: terminate-agreement',
      [
        'at: 2026-03-02T10:00:00Z, event: default-notice',
        'at: 2026-03-05T10:00:00Z, event: default-remedied',
      ],
      'block',
      ['UK-N2'],
    ],
    [
      'somebody vulnerable',
      '2026-03-10T12:00:00Z',
      '',
      ['at: 2026-03-02T10:00:00Z, event: vulnerable'],
      'review',
      ['UK-H5'],
    ],
  ]);
});

describe('India', () => {
  const call = ['zones: [Asia/Kolkata]', 'recording: audio'];
  run('in-retail-loans', call, [
    ['18:59:59', '2026-03-10T18:59:59+05:30', '', [], 'allow'],
    ['19:00:00', '2026-03-10T19:00:00+05:30', '', [], 'defer 2026-03-11T02:30:00.000Z', ['IN-T1']],
    [
      'in mourning, before the draft',
      '2026-06-30T12:00:00+05:30',
      '',
      ['at: 2026-06-30T08:00:00+05:30, event: closed-day, about: bereavement'],
      'allow',
    ],
    [
      'in mourning, under it',
      '2026-07-01T12:00:00+05:30',
      '',
      ['at: 2026-07-01T08:00:00+05:30, event: closed-day, about: bereavement'],
      'defer 2026-07-02T02:30:00.000Z',
      ['IN-D1'],
    ],
    ['a friend, under it', '2026-07-01T12:00:00+05:30', 'party: other', [], 'block', ['IN-D2']],
    [
      'micro-finance, a first visit at home',
      '2026-07-02T12:00:00+05:30',
      'product: microfinance, channel: visit',
      ['at: 2026-07-01T12:00:00+05:30, event: missed-meeting'],
      'block',
      ['IN-D6'],
    ],
  ]);
});

describe('Australia', () => {
  const call = ['zones: [Australia/Sydney]'];
  const made = (n: number) => times(n, 'at: 2026-03-10T10:00:00+11:00, attempt: call, outcome: conversation');
  run('au-debt-collection', call, [
    ['a weekday at 7:30', '2026-03-10T07:30:00+11:00', '', [], 'allow'],
    ['a Saturday at 7:30', '2026-03-14T07:30:00+11:00', '', [], 'defer 2026-03-13T22:00:00.000Z', ['AU-T1']],
    [
      'Anzac Day, a Saturday',
      '2026-04-25T12:00:00+10:00',
      '',
      [],
      'defer 2026-04-25T23:00:00.000Z',
      ['AU-T1'],
    ],
    [
      'at work at 17:00',
      '2026-03-10T17:00:00+11:00',
      'place: work',
      [],
      'defer 2026-03-10T22:00:00.000Z',
      ['AU-T3'],
    ],
    ['a third contact of the week', '2026-03-11T12:00:00+11:00', '', made(2), 'allow'],
    [
      'a fourth',
      '2026-03-11T12:00:00+11:00',
      '',
      made(3),
      'defer 2026-03-15T20:30:00.000Z',
      ['AU-T1', 'AU-F1'],
    ],
    [
      'an eleventh of the month',
      '2026-03-20T12:00:00+11:00',
      '',
      times(10, 'at: 2026-03-03T10:00:00+11:00, attempt: call, outcome: conversation'),
      'defer 2026-03-31T20:30:00.000Z',
      ['AU-T1', 'AU-F2'],
    ],
  ]);
});

describe('Indonesia and Germany', () => {
  run(
    'id-consumer-finance',
    ['zones: [Asia/Jakarta]'],
    [
      [
        'Indonesia, a Sunday',
        '2026-03-08T12:00:00+07:00',
        '',
        [],
        'defer 2026-03-09T01:00:00.000Z',
        ['ID-T1'],
      ],
      ['20:00', '2026-03-10T20:00:00+07:00', '', [], 'defer 2026-03-11T01:00:00.000Z', ['ID-T1']],
      ['Idul Fitri', '2026-03-20T12:00:00+07:00', '', [], 'defer 2026-03-23T01:00:00.000Z', ['ID-T1']],
      ['a year that nobody reviewed', '2027-03-10T12:00:00+07:00', '', [], 'review', ['ID-T1']],
      ['a wife', '2026-03-10T12:00:00+07:00', 'party: spouse', [], 'block', ['ID-P1']],
    ],
  );
  const berlin = ['zones: [Europe/Berlin]'];
  const dunned = [
    'at: 2026-03-02T10:00:00Z, event: dunning',
    'at: 2026-03-16T10:00:00Z, event: dunning',
    'at: 2026-03-16T10:00:00Z, event: dunning-warned',
  ];
  run('de-consumer-credit', berlin, [
    [
      'Germany, Whit Monday',
      '2026-05-25T12:00:00+02:00',
      '',
      [],
      'defer 2026-05-26T06:00:00.000Z',
      ['DE-T1'],
    ],
    [
      'a bureau, four weeks from the first dunning',
      '2026-03-30T12:00:00+02:00',
      'action: furnish-adverse, facts: { disputed: false }',
      dunned,
      'defer 2026-03-30T22:00:00.000Z',
      ['DE-B1'],
    ],
    [
      'after them',
      '2026-03-31T12:00:00+02:00',
      'action: furnish-adverse, facts: { disputed: false }',
      dunned,
      'allow',
    ],
    [
      'after one dunning',
      '2026-03-31T12:00:00+02:00',
      'action: furnish-adverse, facts: { disputed: false }',
      [dunned[0] ?? '', dunned[2] ?? ''],
      'block',
      ['DE-B1'],
    ],
    [
      'a suit in the last year',
      '2028-12-31T12:00:00+01:00',
      'action: file-suit',
      [
        'at: 2025-02-01T10:00:00Z, event: claim-arose',
        'at: 2026-12-01T10:00:00Z, event: forbearance-considered',
      ],
      'allow',
    ],
    [
      'a day later',
      '2029-01-01T12:00:00+01:00',
      'action: file-suit',
      [
        'at: 2025-02-01T10:00:00Z, event: claim-arose',
        'at: 2026-12-01T10:00:00Z, event: forbearance-considered',
      ],
      'block',
      ['DE-L3'],
    ],
    ...(
      [
        ['a loan of two years called in at ten percent', 24, 10, 'allow'],
        ['at nine', 24, 9, 'block'],
        ['a loan of over three years at five', 37, 5, 'allow'],
        ['at four', 37, 4, 'block'],
      ] as const
    ).map(([name, months, percent, expected]): Case => {
      const facts = `consecutive_instalments_late: 2, term_months: ${months}, arrears_percent: ${percent}`;
      return [
        name,
        '2026-03-31T12:00:00+02:00',
        `action: terminate-agreement, facts: { ${facts} }`,
        ['at: 2026-03-02T10:00:00Z, event: termination-warning'],
        expected,
        expected === 'block' ? ['DE-L1'] : [],
      ];
    }),
    [
      'a loan of which nobody knows the term',
      '2026-03-31T12:00:00+02:00',
      'action: terminate-agreement, facts: { consecutive_instalments_late: 2, arrears_percent: 9 }',
      ['at: 2026-03-02T10:00:00Z, event: termination-warning'],
      'review',
      ['DE-L1'],
    ],
    [
      'after a sale without notice',
      '2026-03-10T12:00:00+01:00',
      'role: debt-buyer',
      ['at: 2026-03-01T10:00:00Z, event: sold'],
      'block',
      ['EU-N1'],
    ],
  ]);
});
