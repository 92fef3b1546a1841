import { ask, packOf, short, speaking } from './pack-fixture';

// What the person said, who stands beside the person, and how a contact is made.

const NOW = '2026-03-10T12:00:00-04:00';

describe('consent and opt-out', () => {
  const pack = packOf([
    'id: XX-C, kind: consent, needs: autodialled, form: express, lasts: 12 months, opt_out: true',
  ]);
  const consent = (at: string, more: string) => `at: ${at}, event: consent, about: autodialled, ${more}`;

  it.each([
    ['none', [], 'block'],
    ['given', [consent('2026-01-01T12:00:00Z', 'says: given, form: express')], 'allow'],
    ['given by word only', [consent('2026-01-01T12:00:00Z', 'says: given, form: oral')], 'block'],
    ['given in writing', [consent('2026-01-01T12:00:00Z', 'says: given, form: written')], 'allow'],
    [
      'given for another number',
      [consent('2026-01-01T12:00:00Z', 'says: given, form: express, endpoint: M')],
      'block',
    ],
    ['given too long ago', [consent('2025-03-09T12:00:00Z', 'says: given, form: express')], 'block'],
    ['given in the future', [consent('2026-04-01T12:00:00Z', 'says: given, form: express')], 'block'],
    [
      'taken back',
      [
        consent('2026-01-01T12:00:00Z', 'says: given, form: express'),
        consent('2026-02-01T12:00:00Z', 'says: refused'),
      ],
      'block',
    ],
  ])('%s', (_name, ledger, expected) => expect(short(ask([pack], NOW, '', ledger))).toBe(expected));

  const optOut = packOf(['id: XX-O, kind: consent, opt_out: true']);
  const out = (scope: string, more = '') => [
    `at: 2026-03-10T11:59:59-04:00, event: opt-out, scope: ${scope}${more}`,
  ];

  it('honours a no for an endpoint, a channel or all, at once', () => {
    expect(short(ask([optOut], NOW, '', out('endpoint', ', endpoint: N')))).toBe('block');
    expect(short(ask([optOut], NOW, '', out('endpoint', ', endpoint: M')))).toBe('allow');
    expect(short(ask([optOut], NOW, '', out('channel', ', channel: call')))).toBe('block');
    expect(short(ask([optOut], NOW, '', out('channel', ', channel: sms')))).toBe('allow');
    expect(short(ask([optOut], NOW, '', out('all')))).toBe('block');
  });

  it('lets a later yes take it back', () => {
    const yes = 'at: 2026-03-10T12:00:00-04:00, event: consent, about: contact, says: given';
    expect(short(ask([optOut], NOW, '', [...out('all'), yes]))).toBe('allow');
  });
});

describe('a preference', () => {
  const pack = packOf(['id: XX-P, kind: preference, spoken_lasts: 10 days']);
  const wish = (not: string, form = 'written') => [
    `at: 2026-03-01T12:00:00-05:00, event: preference, form: ${form}, not: { ${not} }`,
  ];

  it('puts off to the end of the hours, and blocks what has no hours', () => {
    expect(short(ask([pack], NOW, '', wish('from: "09:00", to: "17:00"')))).toBe(
      'defer 2026-03-10T21:00:00.000Z',
    );
    expect(short(ask([pack], NOW, '', wish('days: [tue]')))).toBe('defer 2026-03-11T04:00:00.000Z');
    expect(short(ask([pack], NOW, '', wish('days: [fri]')))).toBe('allow');
    expect(short(ask([pack], NOW, '', wish('places: [work]')))).toBe('allow');
    expect(short(ask([pack], NOW, 'place: work', wish('places: [work]')))).toBe('block');
    expect(short(ask([pack], NOW, 'place: work', wish('places: [work]', 'oral')))).toBe(
      'defer 2026-03-12T04:00:00.000Z',
    );
  });

  it('finds no moment where every day is named', () => {
    expect(short(ask([pack], NOW, '', wish('days: [sun, mon, tue, wed, thu, fri, sat]')))).toBe('review');
  });
});

describe('a third party', () => {
  const rule = (count: string) =>
    packOf([
      `id: XX-3, kind: third-party, parties: [family], begins: locked, locked_again: true, ended_by_refusal: true, silent: true, unlocked_by: [${count}]`,
    ]);
  const days3 = rule('{ when: unanswered-days, count: 3 }');
  const calls3 = rule('{ when: unanswered-calls, count: 3, from: next-day }');
  const family = 'party: family, reached: T, tells_of_debt: false, purpose: locate';
  const call = (at: string, outcome = 'unanswered', reserved = true) =>
    `at: ${at}, attempt: call, outcome: ${outcome}, reserved: ${reserved}`;
  const on = (...days: number[]) => days.map((day) => call(`2026-03-0${day}T12:00:00-05:00`));

  it.each([
    ['three in a row', on(5, 6, 7), 'allow'],
    ['with a gap', on(4, 6, 7), 'block'],
    ['two', on(6, 7), 'block'],
    ['twice a day', [...on(6, 7), call('2026-03-07T14:00:00-05:00')], 'block'],
    ['three, then a gap, then one', on(1, 2, 3, 7), 'allow'],
    [
      'one answered by somebody on the first',
      [...on(5, 6, 7), call('2026-03-05T10:00:00-05:00', 'third-party')],
      'block',
    ],
    [
      'one answered before the first',
      [...on(4, 5, 6, 7), call('2026-03-04T10:00:00-05:00', 'third-party')],
      'allow',
    ],
    [
      'to another number',
      on(5, 6, 7).map((one) => one.replace('reserved: true', 'reserved: false')),
      'block',
    ],
    ['whose end nobody knows', on(5, 6, 7).map((one) => one.replace('unanswered', 'unknown')), 'block'],
  ])('three days: %s', (_name, ledger, expected) =>
    expect(short(ask([days3], NOW, family, ledger))).toBe(expected),
  );

  it('opens from the day after the first row of three, not after the last call', () => {
    const today = [9, 10, 11].map((hour) => call(`2026-03-10T${String(hour).padStart(2, '0')}:00:00-04:00`));
    expect(short(ask([calls3], NOW, family, today))).toBe('defer 2026-03-11T04:00:00.000Z');
    expect(short(ask([calls3], NOW, family, [...on(5, 6, 7), ...today]))).toBe('allow');
    expect(short(ask([calls3], NOW, family, [...on(6, 7), ...today]))).toBe('defer 2026-03-11T04:00:00.000Z');
  });

  it('is locked again when the debtor is reached, and ended by a refusal for ever', () => {
    const reached = call('2026-03-08T12:00:00-04:00', 'conversation');
    expect(short(ask([days3], NOW, family, [...on(5, 6, 7), reached]))).toBe('block');
    const no = (about: string) => `at: 2024-01-01T12:00:00Z, event: third-party-refused, about: ${about}`;
    expect(short(ask([days3], NOW, family, [...on(5, 6, 7), no('T')]))).toBe('block');
    expect(short(ask([days3], NOW, family, [...on(5, 6, 7), no('S')]))).toBe('allow');
  });

  it('asks a human where it is not known what is said', () => {
    const said = 'party: family, reached: T, purpose: locate';
    expect(short(ask([days3], NOW, said, on(5, 6, 7)))).toBe('review');
    expect(short(ask([days3], NOW, family.replace('false', 'true'), on(5, 6, 7)))).toBe('block');
  });
});

describe('conduct', () => {
  const pack = packOf([
    'id: XX-V, kind: conduct, channels: [visit], min_staff: 2, recording: audio',
    'id: XX-M, kind: conduct, channels: [sms], disclosures: [opt-out], forbidden_phrases: [Or Else], forbidden_means: [personal-phone]',
    'id: XX-E, kind: conduct, channels: [email], forbidden_endpoints: [work-email]',
  ]);
  it.each([
    ['channel: visit, staff: 2, recording: audio-video', 'allow'],
    ['channel: visit, staff: 1, recording: audio-video', 'block'],
    ['channel: visit, staff: 2, recording: none', 'block'],
    ['channel: visit, staff: 2', 'review'],
    ['channel: sms, disclosures: [opt-out], text: Please call us.', 'allow'],
    ['channel: sms, disclosures: [opt-out], text: Pay today or else!', 'block'],
    ['channel: sms, disclosures: [], text: Please call us.', 'block'],
    ['channel: sms, text: Please call us.', 'review'],
    ['channel: sms, disclosures: [opt-out], means: [personal-phone]', 'block'],
    ['channel: email, endpoint_kind: personal', 'allow'],
    ['channel: email, endpoint_kind: work-email', 'block'],
    ['channel: email', 'review'],
  ])('%s', (request, expected) => expect(short(ask([pack], NOW, request))).toBe(expected));
});

describe('who and what it speaks of', () => {
  const pack = packOf([
    'id: XX-A, kind: cap, max: 0, counts: attempt, per: [person], period: { ever: true }, roles: [agency], channels: [call], products: [credit_card], places: [work], spares: [answer]',
  ]);
  it.each([
    ['role: agency, place: work, product: credit_card', 'block'],
    ['role: original-creditor, place: work, product: credit_card', 'allow'],
    ['role: agency, place: home, product: credit_card', 'allow'],
    ['role: agency, place: work, product: consumer_loan', 'allow'],
    ['role: agency, place: work, product: credit_card, channel: sms', 'allow'],
    ['role: agency, place: work, product: credit_card, purpose: answer', 'allow'],
    // What is not known is taken as the narrowest it may be.
    ['role: agency, place: work', 'block'],
  ])('%s', (request, expected) => expect(short(ask([pack], NOW, request))).toBe(expected));

  it('asks where no pack was named', () => {
    const answer = ask([], NOW);
    expect([short(answer), speaking(answer)]).toEqual(['review', ['no-law']]);
  });
});
