import { decide } from '../../../../src/domain/policy/pack/decide';
import { indexLedger } from '../../../../src/domain/policy/pack/index-ledger';
import { ask, checkOf, packOf, short, speaking } from './pack-fixture';

// Rules of time, each at its edges. 2026: summer time in New York from 8 March to 1 November.

const OPEN = 'id: XX-T, kind: window, open: [{ from: "08:00", to: "21:00" }]';
const open = packOf([OPEN]);

describe('a window', () => {
  it.each([
    ['before it opens', '2026-03-05T07:59:59-05:00', 'defer 2026-03-05T13:00:00.000Z'],
    ['as it opens', '2026-03-05T08:00:00-05:00', 'allow'],
    ['in its last second', '2026-03-05T20:59:59-05:00', 'allow'],
    ['as it closes', '2026-03-05T21:00:00-05:00', 'defer 2026-03-06T13:00:00.000Z'],
    ['in the evening before summer time', '2026-03-07T22:00:00-05:00', 'defer 2026-03-08T12:00:00.000Z'],
    ['in the evening before summer time ends', '2026-10-31T22:00:00-04:00', 'defer 2026-11-01T13:00:00.000Z'],
    ['on the last day of a month', '2026-04-30T22:00:00-04:00', 'defer 2026-05-01T12:00:00.000Z'],
    ['on 28 February of a leap year', '2028-02-28T22:00:00-05:00', 'defer 2028-02-29T13:00:00.000Z'],
  ])('%s', (_name, now, expected) => expect(short(ask([open], now))).toBe(expected));

  it('is open where the clock skips its opening hour', () => {
    const night = packOf(['id: XX-T, kind: window, open: [{ from: "02:30", to: "04:00" }]']);
    expect(short(ask([night], '2026-03-08T01:00:00-05:00'))).toBe('defer 2026-03-08T07:00:00.000Z');
    expect(short(ask([night], '2026-03-08T07:00:00Z'))).toBe('allow');
  });

  it('must be open in every zone where the person may be', () => {
    const both = 'zones: [America/New_York, America/Los_Angeles]';
    expect(short(ask([open], '2026-03-10T10:59:00-04:00', both))).toBe('defer 2026-03-10T15:00:00.000Z');
    expect(short(ask([open], '2026-03-10T11:00:00-04:00', both))).toBe('allow');
    expect(short(ask([open], '2026-03-10T21:00:00-04:00', both))).toBe('defer 2026-03-11T15:00:00.000Z');
  });

  it('is what all zones of the jurisdiction have in common where nobody knows the zone', () => {
    const us = packOf([OPEN], { zones: 'America/New_York, Pacific/Honolulu' });
    const answer = ask([us], '2026-03-10T12:00:00-04:00', 'zones: []');
    expect([short(answer), answer.narrowed]).toEqual(['defer 2026-03-10T18:00:00.000Z', true]);
    expect(answer.zones).toEqual(['America/New_York', 'Pacific/Honolulu']);
  });

  it('asks a human where the zone is none, and where there is no moment at all', () => {
    expect(short(ask([open], '2026-03-10T12:00:00Z', 'zones: [Mars/Phobos]'))).toBe('review');
    const opposite = packOf([
      'id: XX-T, kind: window, open: [{ from: "08:00", to: "09:00" }]',
      'id: XX-U, kind: window, open: [{ from: "09:00", to: "10:00" }]',
    ]);
    const answer = ask([opposite], '2026-03-10T12:00:00Z');
    expect([short(answer), speaking(answer).at(-1)]).toEqual(['review', 'no-moment']);
  });

  it('differs by weekday, and by the channel', () => {
    const weekly = packOf([
      'id: XX-T, kind: window, channels: [call], open: [{ days: [mon, tue, wed, thu, fri], from: "07:30", to: "21:00" }, { days: [sat], from: "09:00", to: "21:00" }]',
    ]);
    expect(short(ask([weekly], '2026-03-13T21:00:00-04:00'))).toBe('defer 2026-03-14T13:00:00.000Z');
    expect(short(ask([weekly], '2026-03-14T21:00:00-04:00'))).toBe('defer 2026-03-16T11:30:00.000Z');
    expect(short(ask([weekly], '2026-03-14T21:00:00-04:00', 'channel: sms'))).toBe('allow');
  });

  it('is closed on public holidays of the year, and asks where nobody reviewed the year', () => {
    const au = packOf(
      ['id: XX-T, kind: window, closed_on: [public-holiday], open: [{ from: "09:00", to: "21:00" }]'],
      {
        holidays: 'AU',
      },
    );
    const sydney = 'zones: [Australia/Sydney]';
    // Easter moves: 3 to 6 April in 2026, 26 to 29 March in 2027.
    expect(short(ask([au], '2026-04-03T10:00:00+11:00', sydney))).toBe('defer 2026-04-06T23:00:00.000Z');
    expect(short(ask([au], '2027-03-26T10:00:00+11:00', sydney))).toBe('defer 2027-03-29T22:00:00.000Z');
    expect(short(ask([au], '2027-04-02T10:00:00+11:00', sydney))).toBe('allow');
    const unknown = ask([au], '2027-12-31T22:00:00+11:00', sydney);
    expect([short(unknown), unknown.rules[0]?.why]).toEqual(['review', 'no table has the holidays of 2028']);
  });

  it('knows working weekends', () => {
    const cn = packOf(
      [
        'id: XX-T, kind: window, open: [{ days: [mon, tue, wed, thu, fri, working-weekend], from: "09:00", to: "18:00" }]',
      ],
      { holidays: 'CN' },
    );
    const shanghai = 'zones: [Asia/Shanghai]';
    expect(short(ask([cn], '2026-02-14T10:00:00+08:00', shanghai))).toBe('allow');
    expect(short(ask([cn], '2026-02-21T10:00:00+08:00', shanghai))).toBe('defer 2026-02-23T01:00:00.000Z');
  });

  it("is closed on days of the person's own", () => {
    const kind = packOf([
      'id: XX-T, kind: window, closed_on: [bereavement], open: [{ from: "08:00", to: "19:00" }]',
    ]);
    const mourning =
      'at: 2026-03-09T18:00:00-04:00, event: closed-day, about: bereavement, until: 2026-03-11T12:00:00-04:00';
    expect(short(ask([kind], '2026-03-10T10:00:00-04:00', '', [mourning]))).toBe(
      'defer 2026-03-12T12:00:00.000Z',
    );
    expect(short(ask([kind], '2026-03-10T10:00:00-04:00'))).toBe('allow');
  });
});

const CAP7 =
  'id: XX-F, kind: cap, max: 7, counts: attempt, per: [person, account], period: { rolling: 7, unit: day }';
const call = (at: string, more = '') => `at: ${at}, attempt: call, outcome: unanswered${more}`;

describe('a cap', () => {
  const cap = packOf([CAP7]);
  const week = [
    call('2026-03-04T09:00:00-05:00', ', times: 3'),
    call('2026-03-07T09:00:00-05:00', ', times: 4'),
  ];

  it('lets one more fit, and waits until enough have left', () => {
    expect(short(ask([cap], '2026-03-09T10:00:00-04:00', '', week.slice(1)))).toBe('allow');
    expect(short(ask([cap], '2026-03-10T23:59:59-04:00', '', week))).toBe('defer 2026-03-11T04:00:00.000Z');
    expect(short(ask([cap], '2026-03-11T00:00:00-04:00', '', week))).toBe('allow');
  });

  it('counts each debt and each person for itself, and what it does not know for all', () => {
    expect(
      short(
        ask(
          [cap],
          '2026-03-10T10:00:00-04:00',
          'account: B',
          week.map((one) => `${one}, account: A`),
        ),
      ),
    ).toBe('allow');
    expect(
      short(
        ask(
          [cap],
          '2026-03-10T10:00:00-04:00',
          'account: B',
          week.map((one) => `${one}, account: B`),
        ),
      ),
    ).toBe('defer 2026-03-11T04:00:00.000Z');
  });

  it('counts what is not known as what it may have been, and not what the carrier refused', () => {
    const talks = packOf([
      'id: XX-F, kind: cap, max: 1, counts: conversation, per: [person], period: { calendar: day }',
    ]);
    const one = (outcome: string) => [`at: 2026-03-10T09:00:00-04:00, attempt: call, outcome: ${outcome}`];
    const answers = ['conversation', 'unknown', 'open', 'unanswered', 'refused'].map((outcome) =>
      short(ask([talks], '2026-03-10T10:00:00-04:00', '', one(outcome))),
    );
    const tomorrow = 'defer 2026-03-11T04:00:00.000Z';
    expect(answers).toEqual([tomorrow, tomorrow, tomorrow, 'allow', 'allow']);
  });

  it('counts a day, a week and a month of the calendar', () => {
    const by = (unit: string) =>
      packOf([`id: XX-F, kind: cap, max: 1, counts: contact, per: [account], period: { calendar: ${unit} }`]);
    const spoke = ['at: 2026-02-28T09:00:00-05:00, attempt: call, outcome: conversation'];
    const at = '2026-02-28T10:00:00-05:00';
    expect(short(ask([by('day')], at, '', spoke))).toBe('defer 2026-03-01T05:00:00.000Z');
    expect(short(ask([by('week')], at, '', spoke))).toBe('defer 2026-03-02T05:00:00.000Z');
    expect(short(ask([by('month')], at, '', spoke))).toBe('defer 2026-03-01T05:00:00.000Z');
    expect(short(ask([by('week')], '2026-03-01T10:00:00-05:00', '', spoke))).toBe(
      'defer 2026-03-02T05:00:00.000Z',
    );
  });

  it('counts across agencies, unless it speaks of one', () => {
    const rule = (across: string) =>
      packOf([
        `id: XX-F, kind: cap, max: 1, counts: attempt, per: [person], across: ${across}, period: { calendar: day }`,
      ]);
    const other = [call('2026-03-10T09:00:00-04:00', ', agent: other')];
    expect(short(ask([rule('all')], '2026-03-10T10:00:00-04:00', 'agent: mine', other))).toMatch(/^defer/);
    expect(short(ask([rule('agent')], '2026-03-10T10:00:00-04:00', 'agent: mine', other))).toBe('allow');
  });

  it('leaves out what was made under a waiver, as long as that is fresh', () => {
    const capped = packOf([
      `${CAP7}, not_counted: { under: [{ by: consumer-consent, within: { length: 7 days, first: event-day } }] }`,
    ]);
    const under = (at: string) =>
      week.map((one) => `${one}, waivers: [{ by: consumer-consent, at: ${at}, evidence: E }]`);
    const now = '2026-03-10T10:00:00-04:00';
    expect(short(ask([capped], now, '', under('2026-03-03T09:00:00-05:00')))).toBe('allow');
    expect(short(ask([capped], now, '', under('2026-02-20T09:00:00-05:00')))).toMatch(/^defer/);
    const mine = (evidence: string) =>
      `waivers: [{ by: consumer-consent, at: 2026-03-09T09:00:00-04:00${evidence} }]`;
    expect(short(ask([capped], now, mine(', evidence: E'), week))).toBe('allow');
    expect(short(ask([capped], now, mine(''), week))).toMatch(/^defer/);
  });

  it('asks anew how long a waiver lasts where the next request is from another zone', () => {
    const capped = packOf([
      'id: XX-F, kind: cap, max: 1, counts: attempt, per: [person], period: { rolling: 7, unit: day }, not_counted: { under: [{ by: consumer-consent, within: { length: 1 day, first: event-day } }] }',
    ]);
    // Given late on the 8th and good for that day: at 1 in the morning in New York it still was the 8th elsewhere.
    const waived = 'waivers: [{ by: consumer-consent, at: 2026-03-08T20:00:00-04:00, evidence: E }]';
    const asked = (zone: string) =>
      checkOf('2026-03-10T12:00:00-04:00', `zones: [${zone}]`, [
        call('2026-03-09T01:00:00-04:00', `, ${waived}`),
      ]);
    const index = indexLedger(asked('America/New_York').ledger);
    const answer = (zone: string) => short(decide(asked(zone).request, [capped], index, asked(zone).now));
    expect(answer('America/New_York')).toMatch(/^defer/);
    expect(answer('America/Los_Angeles')).toBe('allow');
  });

  it('counts hours across a change of the clock', () => {
    const daily = packOf([
      'id: XX-F, kind: cap, max: 1, counts: attempt, per: [person], period: { rolling: 24, unit: hour }',
    ]);
    expect(short(ask([daily], '2026-03-08T09:00:00-04:00', '', [call('2026-03-07T12:00:00-05:00')]))).toBe(
      'defer 2026-03-08T17:00:00.000Z',
    );
  });
});

describe('a cool-down', () => {
  const rest = (first: string) =>
    packOf([
      `id: XX-C, kind: cooldown, after: conversation, wait: { length: 7 days, first: ${first} }, per: [account]`,
    ]);
  const talk = ['at: 2026-03-03T23:59:00-05:00, attempt: call, outcome: conversation'];

  it('counts the day of the talk as the first, or not', () => {
    const now = '2026-03-05T10:00:00-05:00';
    expect(short(ask([rest('event-day')], now, '', talk))).toBe('defer 2026-03-10T04:00:00.000Z');
    expect(short(ask([rest('next-day')], now, '', talk))).toBe('defer 2026-03-11T04:00:00.000Z');
    expect(short(ask([rest('event-day')], '2026-03-10T00:00:00-04:00', '', talk))).toBe('allow');
  });

  it('rests after the day that is last where the person may be', () => {
    // 23:59 in New York is still the same day in Los Angeles, and 20:59 there.
    const both = 'zones: [America/New_York, America/Los_Angeles]';
    expect(short(ask([rest('event-day')], '2026-03-05T10:00:00-05:00', both, talk))).toBe(
      'defer 2026-03-10T07:00:00.000Z',
    );
  });
});

describe('all rules together', () => {
  it('agree at the first moment that suits each, not at the release of the first', () => {
    const pack = packOf([
      'id: XX-T, kind: window, open: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "21:00" }]',
      'id: XX-C, kind: cooldown, after: conversation, wait: { length: 4 days, first: event-day }, per: [account]',
    ]);
    // The rest ends on Saturday; Saturday and Sunday are closed.
    const talk = ['at: 2026-03-10T22:00:00-04:00, attempt: call, outcome: conversation'];
    const answer = ask([pack], '2026-03-10T22:30:00-04:00', '', talk);
    expect([short(answer), speaking(answer)]).toEqual(['defer 2026-03-16T12:00:00.000Z', ['XX-T', 'XX-C']]);
  });

  it('is judged by the rule that is in force at the moment of contact', () => {
    const pack = packOf([
      'id: XX-T, kind: window, until: 2026-06-30, open: [{ from: "08:00", to: "19:00" }]',
      'id: XX-T, kind: window, from: 2026-07-01, open: [{ from: "09:00", to: "18:00" }]',
    ]);
    expect(short(ask([pack], '2026-06-30T18:30:00-04:00'))).toBe('allow');
    expect(short(ask([pack], '2026-07-01T18:30:00-04:00'))).toBe('defer 2026-07-02T13:00:00.000Z');
    expect(short(ask([pack], '2026-06-30T19:00:00-04:00'))).toBe('defer 2026-07-01T13:00:00.000Z');
  });

  it('waits for nothing longer than its rule lives', () => {
    const pack = packOf([
      'id: XX-C, kind: cooldown, until: 2026-03-12, after: conversation, wait: 30 days, per: [account]',
    ]);
    const talk = ['at: 2026-03-10T12:00:00-04:00, attempt: call, outcome: conversation'];
    expect(short(ask([pack], '2026-03-11T12:00:00-04:00', '', talk))).toBe('defer 2026-03-13T04:00:00.000Z');
  });

  it('takes the union of packs, and the new version of one at its date', () => {
    const old = packOf([OPEN], { until: '2026-06-30' });
    const next = packOf(['id: XX-T, kind: window, open: [{ from: "10:00", to: "20:00" }]'], {
      from: '2026-07-01',
    });
    const overlay = packOf(['id: XX-U, kind: window, open: [{ from: "07:00", to: "17:00" }]'], {
      name: 'overlay',
    });
    const packs = [old, next, overlay];
    expect(short(ask(packs, '2026-06-30T16:59:00-04:00'))).toBe('allow');
    expect(short(ask(packs, '2026-06-30T17:00:00-04:00'))).toBe('defer 2026-07-01T14:00:00.000Z');
  });
});
