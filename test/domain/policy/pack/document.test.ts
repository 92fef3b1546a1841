import { compilePack } from '../../../../src/domain/policy/pack/document/compile';
import { readYear } from '../../../../src/domain/policy/pack/document/holidays';
import { readCheck } from '../../../../src/domain/policy/pack/document/read-check';
import { problemText } from '../../../../src/domain/strategy/document/problem';
import { compiledOf, given, packOf } from './pack-fixture';

const WINDOW = 'id: XX-T, kind: window, open: [{ from: "08:00", to: "21:00" }]';
const said = (rules: readonly string[], options = {}) => compiledOf(rules, options).problems.map(problemText);

describe('a pack that is not right', () => {
  // The rules begin in line 11 of the small pack.
  const wrong: [string, string, RegExp][] = [
    [
      'an unknown kind',
      'id: XX-T, kind: curfew',
      /^small\.yaml:11:\d+: POLICY_KIND_UNKNOWN: There is no kind of rule "curfew".*refused whole.*Use one of: window, cap, /,
    ],
    [
      'an unknown word',
      `${WINDOW}, opens: 8`,
      /^small\.yaml:11:\d+: POLICY_KEY_UNKNOWN: "opens" .*Use one of: .*open/,
    ],
    ['a word of another kind', `${WINDOW}, max: 3`, /POLICY_KEY_UNKNOWN: "max"/],
    [
      'a missing part',
      'id: XX-F, kind: cap, max: 3, per: [person], period: { calendar: day }',
      /POLICY_KEY_MISSING: "counts" is missing/,
    ],
    [
      'a wrong length',
      'id: XX-C, kind: cooldown, after: conversation, per: [person], wait: a week',
      /POLICY_VALUE: "wait" .*7 days/,
    ],
    [
      'a happening nobody knows',
      'id: XX-H, kind: hold, started_by: disputed, ends: { never: true }, blocks: contact',
      /POLICY_VALUE: "started_by"/,
    ],
    [
      'a word within a period',
      'id: XX-F, kind: cap, max: 3, counts: attempt, per: [person], period: { rolling: 7, units: day }',
      /POLICY_KEY_(UNKNOWN|MISSING)/,
    ],
    [
      'hours that end before they begin',
      'id: XX-T, kind: window, open: [{ from: "22:00", to: "08:00" }]',
      /POLICY_SPAN: The hours 22:00 to 08:00/,
    ],
    ['a lock that nothing opens', 'id: XX-P, kind: third-party, begins: locked', /POLICY_UNLOCK/],
    [
      'a fact without a test',
      'id: XX-G, kind: gate, blocks: contact, needs: [{ fact: x }]',
      /POLICY_FACT_TEST: The fact x/,
    ],
    ['dates that are none', `${WINDOW}, from: 2026-02-30`, /POLICY_VALUE: "from"/],
    ['dates out of order', `${WINDOW}, from: 2026-07-01, until: 2026-06-30`, /POLICY_DATES/],
    [
      'an action that is none',
      'id: XX-G, kind: gate, blocks: suing, needs: [{ event: sold }]',
      /POLICY_VALUE: "blocks"/,
    ],
  ];
  it.each(wrong)('%s is named with its place', (_name, rule, expected) => {
    const { pack, problems } = compiledOf([rule]);
    expect(pack).toBeNull();
    expect(problems.map(problemText).join('\n')).toMatch(expected);
  });

  it('says everything at once', () => {
    expect(said([WINDOW.replace('"21:00"', '9pm'), 'id: XX-U, kind: curfew'])).toHaveLength(2);
    expect(said([WINDOW, WINDOW])).toEqual([expect.stringMatching(/POLICY_RULE_TWICE: The rule XX-T/)]);
    expect(said([WINDOW], { zones: 'Mars/Phobos' })).toEqual([
      expect.stringMatching(/^small\.yaml:6:9: POLICY_ZONE/),
    ]);
    expect(said([WINDOW], { holidays: 'FR' })).toEqual([
      expect.stringMatching(/POLICY_CALENDAR_UNKNOWN: .*FR.*AU, CN/),
    ]);
    expect(said([WINDOW], { from: '2026-01-01', until: '2025-01-01' })).toEqual([
      expect.stringMatching(/POLICY_DATES/),
    ]);
  });

  it.each(['', 'rules: [', '- 1', '{}', 'forbear: policy/2', '\u0000', '&a [*a, *a]'])(
    '%j never throws',
    (text) => {
      const { pack, problems } = compilePack(text, 'x.yaml', given);
      expect(pack).toBeNull();
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});

describe('a pack', () => {
  it('is named by its content', () => {
    const other = packOf([WINDOW.replace('08:00', '09:00')]);
    expect(packOf([WINDOW]).version).toMatch(/^[0-9a-f]{64}$/);
    expect(packOf([WINDOW]).version).toBe(packOf([WINDOW]).version);
    expect(other.version).not.toBe(packOf([WINDOW]).version);
  });
});

describe('a year of a calendar', () => {
  const year = (closed: string) =>
    readYear(
      `forbear: holidays/1\ncalendar: XX\nyear: 2026\ntitle: Some\nreviewed: 2026-01-01\nsources: [{ text: A law, checked: house, force: house }]\nclosed: { ${closed} }\n`,
      'xx.yaml',
    );
  it('holds days of that year only', () => {
    expect(year('2026-12-25: Christmas').problems).toEqual([]);
    expect(year('2027-12-25: Christmas').problems.map(problemText)).toEqual([
      expect.stringMatching(/^xx\.yaml:7:11: POLICY_DAY_OF_OTHER_YEAR: The day 2027-12-25/),
    ]);
    expect(year('2026-02-30: None').document).toBeNull();
  });
});

describe('a request', () => {
  const request = (rest: string) => () =>
    readCheck(`forbear: policy-check/1\npacks: [us-federal]\n${rest}`, 'r.yaml');
  it('is refused with its place', () => {
    expect(request('now: yesterday\nrequest: {}\n')).toThrow(/^r\.yaml:3:6: POLICY_VALUE: "now"/);
    expect(request('now: 2026-03-10T12:00:00Z\nrequest: { chanel: call }\n')).toThrow(
      /r\.yaml:4:12: POLICY_KEY_UNKNOWN: "chanel".*channel/,
    );
    expect(
      request(
        'now: 2026-03-10T12:00:00Z\nrequest: {}\nledger: [{ at: 2026-03-10T12:00:00Z, attempt: fax }]\n',
      ),
    ).toThrow(/r\.yaml:5/);
    expect(request('now: 2026-02-30T25:00:00Z\nrequest: {}\n')).toThrow(/POLICY_VALUE/);
  });

  it('writes moments alike, and `times` as so many', () => {
    const read = request(
      'now: 2026-03-10T12:00:00-04:00\nrequest: {}\nledger: [{ at: 2026-03-10T11:00-04:00, attempt: call, times: 3 }]\n',
    )();
    expect(read.now).toBe('2026-03-10T16:00:00.000Z');
    expect(read.ledger.attempts.map(({ at }) => at.slice(11, 16))).toEqual(['15:00', '15:01', '15:02']);
    expect(read.ledger.attempts[0]?.outcome).toBe('unknown');
  });
});
