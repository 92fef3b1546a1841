import { ask, packOf, short } from './pack-fixture';

// Holds, gates, deadlines, clocks, records and agencies: days are counted as the rule says.

const NOW = '2026-03-10T12:00:00-04:00';

describe('a hold', () => {
  const fixed = packOf([
    'id: XX-H, kind: hold, started_by: breathing-space, ends: { after: 60 days }, blocks: [contact, enforce], spares: [answer]',
  ]);
  const start = 'at: 2026-03-01T12:00:00-05:00, event: breathing-space';

  it('puts off to its end, in all that it blocks, and spares the rest', () => {
    expect(short(ask([fixed], NOW, '', [start]))).toBe('defer 2026-05-01T04:00:00.000Z');
    expect(short(ask([fixed], NOW, 'action: enforce', [start]))).toBe('defer 2026-05-01T04:00:00.000Z');
    expect(short(ask([fixed], NOW, 'action: furnish', [start]))).toBe('allow');
    expect(short(ask([fixed], NOW, 'purpose: answer', [start]))).toBe('allow');
    expect(short(ask([fixed], '2026-05-01T00:00:00-04:00', '', [start]))).toBe('allow');
  });

  it('takes the last end of those that overlap', () => {
    const again = 'at: 2026-03-05T12:00:00-05:00, event: breathing-space';
    expect(short(ask([fixed], NOW, '', [again, start]))).toBe('defer 2026-05-05T04:00:00.000Z');
  });

  const until = packOf([
    'id: XX-H, kind: hold, started_by: dispute, per: account, ends: { on: dispute-resolved }, blocks: contact',
  ]);
  const dispute = (account: string) => `at: 2026-03-01T12:00:00-05:00, event: dispute, account: ${account}`;
  it('blocks what only an event ends, of the account that it is about', () => {
    expect(short(ask([until], NOW, 'account: A', [dispute('A')]))).toBe('block');
    expect(short(ask([until], NOW, 'account: A', [dispute('B')]))).toBe('allow');
    const end = (at: string) => `at: ${at}, event: dispute-resolved`;
    expect(short(ask([until], NOW, 'account: A', [dispute('A'), end('2026-03-09T12:00:00-04:00')]))).toBe(
      'allow',
    );
    expect(short(ask([until], NOW, 'account: A', [dispute('A'), end('2026-02-09T12:00:00-05:00')]))).toBe(
      'block',
    );
  });

  it('goes on for days after what ends it', () => {
    const crisis = packOf([
      'id: XX-H, kind: hold, started_by: crisis-treatment, ends: { on: crisis-treatment-ended, then: 1 month }, blocks: contact',
    ]);
    const ended = [
      'at: 2026-01-01T12:00:00-05:00, event: crisis-treatment',
      'at: 2026-01-31T12:00:00-05:00, event: crisis-treatment-ended',
    ];
    // A month from 31 January ends on 28 February.
    expect(short(ask([crisis], '2026-02-20T12:00:00-05:00', '', ended))).toBe(
      'defer 2026-03-01T05:00:00.000Z',
    );
  });

  it('asks a human where the rule says so', () => {
    const soft = packOf([
      'id: XX-H, kind: hold, started_by: vulnerable, ends: { on: vulnerability-ended }, blocks: contact, asks: true',
    ]);
    expect(short(ask([soft], NOW, '', ['at: 2026-03-01T12:00:00-05:00, event: vulnerable']))).toBe('review');
  });
});

describe('a gate', () => {
  const gate = (ago: string, more = '', first = 'next-day') =>
    packOf(
      [`id: XX-G, kind: gate, blocks: file-suit, needs: [{ event: letter-of-claim, ago: ${ago}${more} }]`],
      { first },
    );
  const served = (at: string) => `at: ${at}, event: letter-of-claim`;
  const suit = 'action: file-suit';

  it.each([
    ['30 days', 'next-day', '2026-03-01T12:00:00-05:00', 'defer 2026-04-01T04:00:00.000Z'],
    ['30 days', 'event-day', '2026-03-01T12:00:00-05:00', 'defer 2026-03-31T04:00:00.000Z'],
    ['1 month', 'next-day', '2026-02-28T12:00:00-05:00', 'defer 2026-03-29T04:00:00.000Z'],
    ['3 months', 'next-day', '2025-12-31T12:00:00-05:00', 'defer 2026-04-01T04:00:00.000Z'],
    // 8 March is a Sunday, so five business days after Friday end on the next one.
    ['5 business days', 'next-day', '2026-03-06T12:00:00-05:00', 'defer 2026-03-14T04:00:00.000Z'],
    ['36 hours', 'next-day', '2026-03-10T00:00:00-04:00', 'defer 2026-03-11T16:00:00.000Z'],
    [
      '{ length: 9 days, roll: true }',
      'next-day',
      '2026-03-05T12:00:00-05:00',
      'defer 2026-03-17T04:00:00.000Z',
    ],
  ])('%s from %s on, since %s', (ago, first, at, expected) =>
    expect(short(ask([gate(ago, '', first)], NOW, suit, [served(at)]))).toBe(expected),
  );

  it('counts a year from 29 February to the last day of February', () => {
    const year = gate('1 year');
    expect(short(ask([year], '2029-02-28T12:00:00-05:00', suit, [served('2028-02-29T12:00:00-05:00')]))).toBe(
      'defer 2029-03-01T05:00:00.000Z',
    );
  });

  it('is shut without the notice, and after it was voided', () => {
    const voided = gate('3 days', ', voided_by: undeliverable');
    const back = 'at: 2026-03-05T12:00:00-05:00, event: undeliverable';
    const first = served('2026-03-01T12:00:00-05:00');
    expect(short(ask([voided], NOW, suit))).toBe('block');
    expect(short(ask([voided], NOW, suit, [first]))).toBe('allow');
    expect(short(ask([voided], NOW, suit, [first, back]))).toBe('block');
    expect(short(ask([voided], NOW, suit, [first, back, served('2026-03-09T12:00:00-04:00')]))).toBe(
      'defer 2026-03-13T04:00:00.000Z',
    );
  });

  it('wants several, so far apart, and counts from the one that makes it enough, or the newest', () => {
    const two = gate('10 days', ', count: 2, apart: 30 days');
    const days = (...at: string[]) => at.map((day) => served(`2026-${day}T12:00:00Z`));
    expect(short(ask([two], NOW, suit, days('01-01', '01-20')))).toBe('block');
    expect(short(ask([two], NOW, suit, days('01-01', '01-20', '02-15', '03-09')))).toBe('allow');
    const newest = gate('10 days', ', since: last');
    expect(short(ask([newest], NOW, suit, days('01-01', '03-09')))).toBe('defer 2026-03-20T04:00:00.000Z');
  });

  it('closes again when the notice is too old', () => {
    const fresh = packOf([
      'id: XX-G, kind: gate, blocks: contact, needs: [{ event: number-checked, within: 60 days, per: endpoint }]',
    ]);
    const checked = (at: string, endpoint = 'N') => [
      `at: ${at}, event: number-checked, endpoint: ${endpoint}`,
    ];
    expect(short(ask([fresh], NOW, '', checked('2026-01-09T12:00:00-05:00')))).toBe('allow');
    expect(short(ask([fresh], NOW, '', checked('2026-01-08T12:00:00-05:00')))).toBe('block');
    expect(short(ask([fresh], NOW, '', checked('2026-03-01T12:00:00-05:00', 'M')))).toBe('block');
  });

  it('asks where a fact is not known, and speaks only once something has happened', () => {
    const fact = packOf([
      'id: XX-G, kind: gate, once: sold, blocks: file-suit, needs: [{ fact: amount, at_least: 50 }]',
    ]);
    const sold = ['at: 2026-03-01T12:00:00-05:00, event: sold'];
    const answers = ['', 'facts: { amount: 49 }', 'facts: { amount: 50 }', 'facts: { amount: much }'].map(
      (facts) => short(ask([fact], NOW, `${suit}${facts === '' ? '' : `, ${facts}`}`, sold)),
    );
    expect(answers).toEqual(['review', 'block', 'allow', 'block']);
    expect(short(ask([fact], NOW, suit))).toBe('allow');
  });
});

describe('a deadline', () => {
  const pack = packOf([
    'id: XX-D, kind: deadline, started_by: objection, within: 5 business days, must: objection-answered, blocks: contact',
  ]);
  const objection = (at: string) => `at: ${at}, event: objection`;

  it('is a duty until it is late, and blocks from then on until it is done', () => {
    const ledger = [objection('2026-03-02T12:00:00-05:00')];
    const inTime = ask([pack], '2026-03-09T23:59:59-04:00', '', ledger);
    expect([short(inTime), inTime.duties]).toEqual([
      'allow',
      [{ rule: 'XX-D', must: ['objection-answered'], by: '2026-03-10T04:00:00.000Z' }],
    ]);
    expect(short(ask([pack], '2026-03-10T00:00:00-04:00', '', ledger))).toBe('block');
    const answered = [...ledger, 'at: 2026-03-10T09:00:00-04:00, event: objection-answered'];
    expect(short(ask([pack], NOW, '', answered))).toBe('allow');
    expect(
      short(
        ask([pack], '2026-04-10T12:00:00-04:00', '', [...answered, objection('2026-03-11T09:00:00-04:00')]),
      ),
    ).toBe('block');
  });

  it('asks where nobody knows which days are business days', () => {
    const late = ask([pack], '2028-01-05T12:00:00-05:00', '', [objection('2027-12-30T12:00:00-05:00')]);
    expect(short(late)).toBe('review');
  });
});

describe('a clock', () => {
  const clock = (more: string) =>
    packOf([
      `id: XX-L, kind: clock, clock: limitation, blocks: [file-suit], length: 3 years, starts: default${more}`,
    ]);
  const began = 'at: 2023-03-10T12:00:00-05:00, event: default';
  const suit = 'action: file-suit';

  it('runs out after its last day, and is not guessed', () => {
    const last = ask([clock('')], '2026-03-10T23:59:59-04:00', suit, [began]);
    expect([short(last), last.clocks[0]?.expires]).toEqual(['allow', '2026-03-11T04:00:00.000Z']);
    expect(short(ask([clock('')], '2026-03-11T00:00:00-04:00', suit, [began]))).toBe('block');
    expect(short(ask([clock('')], NOW, suit))).toBe('review');
  });

  it('starts anew, up to its longest', () => {
    const again = 'at: 2026-03-01T12:00:00-05:00, event: acknowledged';
    const anew = clock(', restarted_by: acknowledged, longest: 5 years');
    expect(short(ask([anew], '2027-03-11T12:00:00-05:00', suit, [began, again]))).toBe('allow');
    expect(short(ask([anew], '2028-03-11T12:00:00-05:00', suit, [began, again]))).toBe('block');
  });

  it('counts from the end of the year, and not the time that it stood still', () => {
    const german = clock(', year_end: true, paused_by: [{ from: negotiation-began, to: negotiation-ended }]');
    expect(short(ask([german], '2026-12-31T12:00:00-05:00', suit, [began]))).toBe('allow');
    expect(short(ask([german], '2027-01-01T12:00:00-05:00', suit, [began]))).toBe('block');
    const talks = [
      'at: 2025-01-01T12:00:00-05:00, event: negotiation-began',
      'at: 2025-01-31T12:00:00-05:00, event: negotiation-ended',
    ];
    expect(short(ask([german], '2027-01-20T12:00:00-05:00', suit, [began, ...talks]))).toBe('allow');
    expect(short(ask([german], '2027-02-01T12:00:00-05:00', suit, [began, ...talks]))).toBe('block');
  });
});

describe('records and agencies', () => {
  const pack = packOf([
    'id: XX-R, kind: retention, records: [recording], at_least: 2 years, at_most: 5 years',
    'id: XX-S, kind: retention, records: [agreement], until_event: settled',
    'id: XX-A, kind: agency, wants: [listed], reviewed_within: 12 months',
  ]);
  const record = (kind: string, action = 'delete-record') =>
    `action: ${action}, record: { kind: ${kind}, at: 2025-03-10T12:00:00-04:00 }`;

  it('keeps a record as long as it must and may', () => {
    // However far away that is.
    expect(short(ask([pack], '2025-06-01T12:00:00-04:00', record('recording')))).toBe(
      'defer 2027-03-11T05:00:00.000Z',
    );
    expect(short(ask([pack], '2026-12-01T12:00:00-05:00', record('recording')))).toBe(
      'defer 2027-03-11T05:00:00.000Z',
    );
    expect(short(ask([pack], '2027-03-11T00:00:00-05:00', record('recording')))).toBe('allow');
    expect(short(ask([pack], NOW, record('recording', 'keep-record')))).toBe('allow');
    expect(short(ask([pack], '2030-03-11T12:00:00-04:00', record('recording', 'keep-record')))).toBe('block');
    expect(short(ask([pack], NOW, record('agreement')))).toBe('block');
    expect(short(ask([pack], NOW, record('agreement'), ['at: 2026-01-01T12:00:00Z, event: settled']))).toBe(
      'allow',
    );
    expect(short(ask([pack], NOW, record('note')))).toBe('allow');
  });

  it.each([
    ['', 'review'],
    ['agency: { name: X }', 'review'],
    ['agency: { name: X, facts: { listed: false } }', 'block'],
    ['agency: { name: X, facts: { listed: true } }', 'review'],
    ['agency: { name: X, facts: { listed: true }, reviewed_at: 2025-03-09T12:00:00-04:00 }', 'block'],
    ['agency: { name: X, facts: { listed: true }, reviewed_at: 2025-03-10T12:00:00-04:00 }', 'allow'],
  ])('an agency that is known by "%s"', (agency, expected) =>
    expect(short(ask([pack], NOW, `action: outsource${agency === '' ? '' : `, ${agency}`}`))).toBe(expected),
  );
});

it('names no duty and no clock of a rule that is not in force', () => {
  const dated = (dates: string) =>
    packOf([
      `id: XX-D, kind: deadline, ${dates}started_by: complaint, within: 15 days, must: complaint-answered, blocks: sell`,
      `id: XX-L, kind: clock, ${dates}clock: limitation, length: 3 years, starts: default, blocks: sell`,
    ]);
  const ledger = ['at: 2026-03-01T10:00:00Z, event: complaint', 'at: 2026-01-01T10:00:00Z, event: default'];
  const standing = (dates: string) => {
    const { duties, clocks } = ask([dated(dates)], NOW, 'action: sell', ledger);
    return [duties.length, clocks.length];
  };
  expect(standing('')).toEqual([1, 1]);
  expect(standing('from: 2026-03-11, ')).toEqual([0, 0]);
  expect(standing('until: 2026-03-09, ')).toEqual([0, 0]);
});
