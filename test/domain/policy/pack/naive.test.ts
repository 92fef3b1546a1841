import fc from 'fast-check';
import { loadPacks } from '../../../../src/book/policy/shipped';
import { decide } from '../../../../src/domain/policy/pack/decide';
import { readCheck } from '../../../../src/domain/policy/pack/document/read-check';
import { indexLedger } from '../../../../src/domain/policy/pack/index-ledger';
import type { Pack } from '../../../../src/domain/policy/pack/pack';
import { isAllowed, packDocuments } from './naive-checker';

/* eslint-disable @typescript-eslint/no-explicit-any -- documents as they are written */

// The packs that ship, asked at random, and judged a second time by a checker that shares no code with the core.

const RUNS = Number(process.env['FORBEAR_POLICY_RUNS'] ?? 400);
const HOUR = 3_600_000;
const loaded = new Map<string, readonly Pack[]>();
const packsOf = (name: string): readonly Pack[] => {
  const found = loaded.get(name) ?? loadPacks([name]);
  loaded.set(name, found);
  return found;
};

/** Happenings that a pack and what it stands on speak of, so that random ledgers matter to it. */
function eventsIn(name: string): string[] {
  const found = new Set<string>(['opt-out', 'preference', 'closed-day', 'consent', 'third-party-refused']);
  const walk = (value: any): void => {
    if (typeof value === 'string' && /^[a-z]+(-[a-z]+)*$/.test(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  for (const pack of [...(packDocuments[name].on ?? []), name]) {
    for (const {
      started_by,
      ends,
      once,
      needs,
      must,
      starts,
      restarted_by,
      paused_by,
      until_event,
      unlocked_by,
    } of packDocuments[pack].rules)
      walk([
        started_by,
        ends,
        once,
        must,
        starts,
        restarted_by,
        paused_by,
        until_event,
        (unlocked_by ?? []).flatMap(({ any }: any) => any ?? []),
        (Array.isArray(needs) ? needs : []).map(({ event, voided_by }: any) => [event, voided_by]),
      ]);
  }
  found.delete('record');
  return [...found];
}

const pick = (...values: readonly (string | undefined)[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>, nil = 5) => fc.option(value, { nil: undefined, freq: nil });
const moment = (from: number, to: number) =>
  fc.oneof(
    fc.integer({ min: from, max: to }),
    // On the hour, the half, and a second before: where rules turn.
    fc
      .integer({ min: Math.ceil(from / HOUR), max: Math.floor(to / HOUR) })
      .chain((hour) => fc.constantFrom(hour * HOUR, hour * HOUR - 1000, hour * HOUR + HOUR / 2)),
  );
const iso = (ms: number): string => new Date(ms).toISOString();
const waivers = fc.array(
  fc.record({
    by: pick(
      'consumer-consent',
      'agreement',
      'consumer-request',
      'third-party-asked',
      'attorney-silent',
      'to-professional',
    ),
    at: maybe(moment(Date.parse('2026-01-01'), Date.parse('2027-06-01')).map(iso)),
    evidence: maybe(fc.constant('E')),
  }),
  { maxLength: 1 },
);

const ZONES: Readonly<Record<string, readonly string[]>> = {
  'cn-consumer-credit': ['Asia/Shanghai'],
  'uk-consumer-credit': ['Europe/London'],
  'in-retail-loans': ['Asia/Kolkata'],
  'de-consumer-credit': ['Europe/Berlin'],
  'au-debt-collection': ['Australia/Sydney', 'Australia/Perth', 'Australia/Lord_Howe'],
  'id-consumer-finance': ['Asia/Jakarta', 'Asia/Jayapura'],
  'us-federal': ['America/New_York', 'America/Los_Angeles', 'America/Phoenix'],
  'us-ma': ['America/New_York'],
};

function actionsIn(name: string): string[] {
  return [
    ...new Set<string>(
      packDocuments[name].rules.flatMap(({ blocks, actions }: any) => blocks ?? actions ?? []),
    ),
  ];
}
const factsIn = (name: string): Record<string, any> =>
  Object.fromEntries(
    packDocuments[name].rules.flatMap(({ needs }: any) =>
      (Array.isArray(needs) ? needs : [])
        .flatMap((need: any) => [need, need.when ?? {}])
        .flatMap(({ fact, is, at_least, at_most }: any) =>
          fact === undefined ? [] : [[fact, is ?? at_least ?? at_most]],
        ),
    ),
  );
const disclosuresIn = (name: string): string[] =>
  [...(packDocuments[name].on ?? []), name].flatMap((pack) =>
    packDocuments[pack].rules.flatMap(({ disclosures }: any) => disclosures ?? []),
  );

function requests(name: string): fc.Arbitrary<any> {
  return fc.record({
    action: fc.oneof(
      { weight: 4, arbitrary: fc.constant('contact') },
      { weight: 1, arbitrary: pick(...actionsIn(name), 'delete-record', 'keep-record') },
    ),
    role: maybe(pick('original-creditor', 'agency', 'debt-buyer'), 30),
    product: maybe(pick('credit_card', 'consumer_loan', 'microfinance')),
    channel: maybe(
      pick('call', 'call', 'voice_ai', 'voicemail', 'sms', 'wechat', 'email', 'letter', 'visit'),
      20,
    ),
    party: maybe(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('debtor') },
        { weight: 1, arbitrary: pick('family', 'guarantor', 'employer', 'spouse') },
      ),
      20,
    ),
    place: maybe(pick('home', 'work', 'elsewhere')),
    purpose: maybe(pick('collect', 'collect', 'collect', 'notice', 'answer', 'locate', 'remind')),
    account: maybe(pick('A', 'B'), 20),
    person: fc.constant('P'),
    endpoint: maybe(pick('N', 'M'), 10),
    agent: maybe(pick('own', 'other')),
    reached: maybe(pick('T', 'S')),
    endpoint_source: maybe(pick('contract', 'given-by-consumer', 'bought-list'), 10),
    endpoint_kind: maybe(pick('personal', 'personal', 'work-email'), 10),
    zones: fc.oneof(
      { weight: 9, arbitrary: fc.subarray([...(ZONES[name] ?? [])], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    staff: maybe(fc.constantFrom(1, 2, 2, 2), 10),
    recording: maybe(pick('audio', 'audio-video', 'audio-video', 'none'), 10),
    disclosures: fc.oneof(
      { weight: 6, arbitrary: fc.constant(disclosuresIn(name)) },
      { weight: 1, arbitrary: fc.subarray(disclosuresIn(name)) },
    ),
    tells_of_debt: maybe(fc.constantFrom(false, false, true), 10),
    text: maybe(pick('Please call us.', 'Pay or face the police', 'borrow to pay'), 3),
    means: maybe(fc.constantFrom([], [], [], ['public-posting'])),
    waivers,
    facts: fc.oneof(
      { weight: 5, arbitrary: fc.constant(factsIn(name)) },
      { weight: 1, arbitrary: fc.constant({}) },
    ),
    agency: maybe(
      fc.record({
        name: fc.constant('X'),
        facts: fc.constant(
          Object.fromEntries(
            packDocuments[name].rules.flatMap(({ wants }: any) =>
              (wants ?? []).map((one: string) => [one, true]),
            ),
          ),
        ),
        reviewed_at: fc.constant('2026-06-01T12:00:00Z'),
      }),
    ),
    record: maybe(
      fc.record({
        kind: pick('recording', 'collection', 'adverse-entry'),
        at: moment(Date.parse('2024-01-01'), Date.parse('2026-06-01')).map(iso),
      }),
    ),
  });
}

function ledgers(name: string, now: number): fc.Arbitrary<any[]> {
  const near = fc
    .oneof(
      moment(now - 4 * 24 * HOUR, now),
      moment(now - 45 * 24 * HOUR, now),
      moment(now - 1200 * 24 * HOUR, now),
    )
    .map(iso);
  const attempt = fc.record({
    at: near,
    attempt: pick('call', 'call', 'call', 'voice_ai', 'sms', 'visit', 'email'),
    outcome: maybe(
      pick(
        'unanswered',
        'unanswered',
        'unanswered',
        'conversation',
        'delivered',
        'third-party',
        'invalid',
        'refused',
        'open',
        'met',
      ),
      20,
    ),
    account: maybe(pick('A', 'B')),
    endpoint: maybe(pick('N', 'M')),
    place: maybe(pick('home', 'work')),
    agent: maybe(pick('own', 'other')),
    party: fc.oneof(
      { weight: 5, arbitrary: fc.constant('debtor') },
      { weight: 1, arbitrary: pick('family', 'spouse') },
    ),
    reached: maybe(pick('T', 'S')),
    purpose: maybe(pick('collect', 'answer')),
    reserved: fc.boolean(),
    waivers,
    times: maybe(fc.integer({ min: 1, max: 4 })),
  });
  const event = fc.record({
    at: near,
    event: pick(...eventsIn(name)),
    account: maybe(pick('A', 'B')),
    endpoint: maybe(pick('N', 'M')),
    channel: maybe(pick('call', 'sms')),
    about: maybe(pick('T', 'contact', 'bereavement', 'autodialled', 'bureau', 'entry', 'third-party')),
    says: maybe(pick('given', 'given', 'refused'), 10),
    form: maybe(pick('oral', 'express', 'written')),
    scope: maybe(pick('endpoint', 'channel', 'all')),
    until: maybe(moment(now - 5 * 24 * HOUR, now + 20 * 24 * HOUR).map(iso), 1),
    not: maybe(
      fc.record(
        {
          days: fc.constantFrom(['tue'], ['sat', 'sun'], ['mon', 'tue', 'wed']),
          from: pick('09:00', '12:00'),
          to: pick('13:00', '18:00'),
          places: fc.constant(['work']),
        },
        { requiredKeys: [] },
      ),
      1,
    ),
  });
  return fc.array(fc.oneof({ weight: 3, arbitrary: attempt }, { weight: 1, arbitrary: event }), {
    maxLength: 18,
  });
}

/** Without what is not known, as a document leaves it out. */
const plain = (value: any): any => JSON.parse(JSON.stringify(value));

/** A request that little but rules of time stands against: what it is about is said on top. */
const clean = (name: string, more: any): fc.Arbitrary<any> =>
  requests(name).map((request) => ({
    ...request,
    ...{
      action: 'contact',
      role: 'agency',
      product: 'credit_card',
      channel: 'call',
      party: 'debtor',
      purpose: 'collect',
    },
    ...{
      account: 'A',
      endpoint: 'N',
      endpoint_source: 'contract',
      recording: 'audio-video',
      staff: 2,
      means: [],
    },
    ...{ disclosures: disclosuresIn(name), facts: factsIn(name), zones: ZONES[name], tells_of_debt: false },
    ...more,
  }));

/** Calls of the last days, to two accounts and two numbers. */
const calls = (now: number, outcomes: readonly string[], days: number) =>
  fc.array(
    fc.record({
      at: moment(now - days * 24 * HOUR, now).map(iso),
      attempt: pick('call', 'call', 'voice_ai'),
      outcome: pick(...outcomes),
      account: pick('A', 'A', 'B'),
      endpoint: pick('N', 'N', 'M'),
      reserved: fc.constant(true),
    }),
    { minLength: 1, maxLength: 14 },
  );

/** The steps of a pack with the happenings that its rules on them name, a few of each. */
function steps(name: string, now: number): fc.Arbitrary<{ request: any; ledger: any[] }> {
  return pick(...actionsIn(name).filter((action) => action !== 'contact'), 'contact').chain((action) => {
    const wanted = packDocuments[name].rules
      .filter(({ blocks }: any) => [blocks ?? []].flat().includes(action))
      .flatMap(({ needs, must, starts, restarted_by }: any) =>
        [
          Array.isArray(needs) ? needs.map(({ event }: any) => event ?? []) : [],
          must ?? [],
          starts ?? [],
          restarted_by ?? [],
        ].flat(3),
      );
    const event = fc.record({
      at: moment(now - 160 * 24 * HOUR, now).map(iso),
      event: pick(...(wanted.length > 0 ? wanted : ['settled'])),
    });
    const consents = ['bureau', 'data-to-buyer'].map((about) => ({
      ...{ at: iso(now - 200 * 24 * HOUR), event: 'consent', about, says: 'given', form: 'written' },
    }));
    return fc.record({
      request: clean(name, { action }),
      ledger: fc.array(event, { maxLength: 12 }).map((events) => [...consents, ...events]),
    });
  });
}

function posed(name: string, now: number): fc.Arbitrary<{ request: any; ledger: any[] }> {
  const family = { party: 'family', purpose: 'locate', reached: 'T' };
  const silent = ['unanswered', 'unanswered', 'unanswered', 'unanswered', 'left-message', 'third-party'];
  return fc.oneof(
    fc.record({ request: requests(name), ledger: ledgers(name, now) }),
    fc.record({
      request: clean(name, {}),
      ledger: calls(now, ['unanswered', 'unanswered', 'unanswered', 'conversation', 'unknown'], 12),
    }),
    fc.record({ request: clean(name, family), ledger: calls(now, silent, 6) }),
    steps(name, now),
  );
}

const cases = fc
  .constantFrom(...Object.keys(packDocuments))
  .chain((name) => fc.tuple(fc.constant(name), moment(Date.parse('2026-01-02'), Date.parse('2027-12-20'))))
  .chain(([name, now]) => posed(name, now).map((one) => ({ name, now, ...one })))
  .map(plain);

it(`agrees with a checker of no shared code in ${RUNS} random requests`, () => {
  const answers: Record<string, number> = {};
  fc.assert(
    fc.property(
      cases,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      ({ name, now, request, ledger }, share) => {
        const text = JSON.stringify({
          forbear: 'policy-check/1',
          packs: [name],
          now: iso(now),
          request,
          ledger,
        });
        const check = readCheck(text, 'random.json');
        const { answer, until } = decide(check.request, packsOf(name), indexLedger(check.ledger), check.now);
        answers[answer] = (answers[answer] ?? 0) + 1;
        const allowed = (ms: number) => isAllowed([name], request, ledger, ms);
        expect([answer, allowed(now)]).toEqual([answer, answer === 'allow']);
        if (until === null) return;
        // Allowed at the moment that was named, and at none before it.
        const end = Date.parse(until);
        expect([until, allowed(end)]).toEqual([until, true]);
        const before = [
          end - 1000,
          ...Array.from({ length: 12 }, () => now + Math.floor((share.next().value as number) * (end - now))),
        ];
        for (const ms of before)
          if (ms > now && ms < end) expect([iso(ms), allowed(ms)]).toEqual([iso(ms), false]);
      },
    ),
    { numRuns: RUNS },
  );
  // Each of the answers was met, so that the agreement is about something.
  for (const answer of ['allow', 'defer', 'block', 'review']) expect(answers[answer] ?? 0).toBeGreaterThan(0);
}, 600_000);
