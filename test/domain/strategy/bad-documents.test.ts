import { readFileSync } from 'node:fs';
import { strategy as catalogue } from '../../../src/domain/errors/strategy';
import { checkStrategy } from '../../../src/domain/strategy/document/checks';
import { problemText } from '../../../src/domain/strategy/document/problem';

const GOOD = readFileSync('strategies/first-steps.yaml', 'utf8');
const TEXTS = new Set(
  ['pay-reminder.T1.sms', 'record-notice.T0.sms', 'arrears-statement.T1.email', 'arrears-statement.T1.sms']
    .concat('promise-reminder.T1.sms')
    .flatMap((text) => [`zh/${text}`, `en/${text}`]),
);

interface Bad {
  readonly code: keyof typeof catalogue;
  readonly change: (text: string) => string;
  /** Where it must be reported: the text that stands there. */
  readonly at: string;
}

const put = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};
const step = (yaml: string) => (text: string) => `${text.trimEnd()}\n${yaml}`;

const law = (needs: string) => `  - step: sue
    title: Suit
    kind: task
    stage: negotiation
    from: due
    days: { all: +151 }
${needs}    channels: [legal]
    tone: T4
    queue: counsel
`;
const place = `  - step: place
    title: Placement
    kind: task
    stage: negotiation
    from: due
    days: { all: +91 }
    channels: [agency]
    queue: agency
`;

/** The step that asks after a debit, last in the document. */
const ASK = / {2}- step: ask-debit(.*\n)+$/;

const CASES: readonly Bad[] = [
  { code: 'STRATEGY_YAML', change: put('stages: #', 'stages: [ #'), at: '' },
  { code: 'STRATEGY_KEY_UNKNOWN', change: put('    queue: owner', '    que: owner'), at: 'que: owner' },
  { code: 'STRATEGY_KEY_MISSING', change: put('    title: A friendly reminder\n', ''), at: 'step: remind' },
  { code: 'STRATEGY_VALUE', change: put('tone: T1', 'tone: T9'), at: 'T9' },
  {
    code: 'STRATEGY_CHANNEL_UNKNOWN',
    change: put('channels: [email, sms]', 'channels: [email, smss]'),
    at: 'smss',
  },
  { code: 'STRATEGY_NAME_FORM', change: put('step: remind\n', 'step: re mind!\n'), at: 're mind!' },
  {
    code: 'STRATEGY_NAME_TWICE',
    change: put('step: statement', 'step: remind'),
    at: 'remind\n    title: What',
  },
  {
    code: 'STRATEGY_PARTY',
    change: put('    template: pay-reminder\n', '    to: supplementary\n    template: pay-reminder\n'),
    at: 'supplementary',
  },
  { code: 'STRATEGY_PATH_UNKNOWN', change: put('days: { all: +12 }', 'days: { al: +12 }'), at: 'al: +12' },
  { code: 'STRATEGY_STAGE_UNKNOWN', change: put('stage: reminder', 'stage: remainder'), at: 'remainder' },
  { code: 'STRATEGY_ANCHOR', change: put('from: promise\n', 'from: promisse\n'), at: 'promisse' },
  { code: 'STRATEGY_ANCHOR_STEP', change: put('from: step:owner', 'from: step:woner'), at: 'step:woner' },
  {
    code: 'STRATEGY_ANCHOR_CIRCLE',
    change: put('    from: stage #', '    from: step:talk #'),
    at: 'step:talk',
  },
  { code: 'STRATEGY_AMOUNT', change: put('cost: 15.00', 'cost: 15.005'), at: '15.005' },
  { code: 'STRATEGY_CURRENCY', change: put('currency: CNY', 'currency: RMB'), at: 'RMB' },
  {
    code: 'STRATEGY_ZONE',
    change: put('zone: Asia/Shanghai', 'zone: Asia/Shangri-La'),
    at: 'Asia/Shangri-La',
  },
  {
    code: 'STRATEGY_CONDITION',
    change: put('past_due >= 100', 'past_due ~ 100'),
    at: '~ 100',
  },
  { code: 'STRATEGY_FACT_UNKNOWN', change: put('when: past_due', 'when: pastdue'), at: 'pastdue' },
  { code: 'STRATEGY_FACT_TYPE', change: put('past_due >= 100', 'past_due >= many'), at: 'many' },
  {
    code: 'STRATEGY_NEED_UNKNOWN',
    change: step(law('    needs: [{ step: nobody, arrived: 30 }]\n')),
    at: 'nobody',
  },
  { code: 'STRATEGY_STEP_PARTS', change: put('    queue: specialist\n', ''), at: 'step: specialist' },
  {
    code: 'STRATEGY_STEP_UNREACHED',
    change: put('days: { all: +12 }', 'days: { special: +12 }'),
    at: '{ special: +12',
  },
  {
    code: 'STRATEGY_STAGE_UNENTERED',
    change: put('    from: { all: +1 }', '    from: {}'),
    at: 'name: reminder',
  },
  {
    code: 'STRATEGY_STAGE_NO_WAY_OUT',
    change: put(
      '    from: { all: +16 }\n    early: mark.hardship # at once when somebody asks for help',
      '    from: {}',
    ),
    at: 'name: reminder',
  },
  {
    code: 'STRATEGY_TEMPLATE_MISSING',
    change: put('template: promise-reminder', 'template: no-such-text'),
    at: 'no-such-text',
  },
  {
    code: 'STRATEGY_CAP_BROKEN',
    change: put('days: { all: +12 }', 'days: { all: +7 }'),
    at: '{ channels: [sms, email]',
  },
  {
    code: 'STRATEGY_OUTSIDE_HOURS',
    change: put('    days: { all: +12 }', '    days: { all: +12 }\n    time: "23:00"'),
    at: '"23:00"',
  },
  { code: 'STRATEGY_LAW_WITHOUT_DEMAND', change: step(law('')), at: 'step: sue' },
  { code: 'STRATEGY_PLACED_WITHOUT_NOTICE', change: step(place), at: 'step: place' },
  {
    code: 'STRATEGY_DEBIT_UNASKED',
    change: (text) =>
      put('when: past_due >= 100', 'when: past_due >= 100 and not autopay')(text).replace(ASK, ''),
    at: 'past_due >= 100 and not autopay',
  },
  {
    code: 'STRATEGY_DEBIT_ANSWERS',
    change: put('answers: [paid, failed, none]', 'answers: [paid, failed]'),
    at: '[paid, failed]',
  },
  {
    code: 'STRATEGY_NO_DEATH',
    change: put('hold.deceased or facts.deceased or ', ''),
    at: '- name: special',
  },
  {
    code: 'STRATEGY_DEATH_CHASED',
    change: put('days: { all: -1 }', 'days: { all: -1, special: -1 }'),
    at: '-1 }\n    during_promise',
  },
  {
    code: 'STRATEGY_NO_PROMISES',
    change: (text) => text.replace(/promises:\n {2}all:\n( {4}.*\n)+/, 'promises: {}\n'),
    at: '{}',
  },
  {
    code: 'STRATEGY_OFFER_UNREACHED',
    change: put(
      'contact:\n',
      'offers:\n  - { offer: w1, kind: waiver, within: 9 }\n  - { offer: w2, kind: waiver, within: 5 }\ncontact:\n',
    ),
    at: '{ offer: w2',
  },
  {
    code: 'STRATEGY_PLAN_UNREMINDED',
    change: put(
      'contact:\n',
      'offers:\n  - { offer: p, kind: plan, counts: [3], first: { within: 7, least_percent: 0 }, least: 1 }\ncontact:\n',
    ),
    at: '{ offer: p',
  },
  {
    code: 'STRATEGY_NO_CATCH_ALL',
    change: put('    path: all\n', '    path: all\n    when: late\n'),
    at: '- name: special',
  },
  {
    code: 'STRATEGY_SEGMENT_UNREACHED',
    change: put('    path: all\n', '    path: all\n  - name: late\n    path: all\n    when: late\n'),
    at: 'name: late',
  },
  {
    code: 'STRATEGY_NEVER_WORTH',
    change: put('past_due >= 100', 'past_due >= 10 and past_due < 50'),
    at: '15.00',
  },
  {
    code: 'STRATEGY_WORTH_ON_NOTICE',
    change: put('    first: true', '    cost: 1\n    worth_it: { chance: 1, times: 1 }\n    first: true'),
    at: '{ chance: 1, times: 1 }',
  },
];

test('the document that they are made from is right', () => {
  expect(checkStrategy(GOOD, 'first-steps.yaml', { templates: TEXTS }).problems.map(problemText)).toEqual([]);
});

test.each(CASES)('$code, with file, line and column', ({ code, change, at }) => {
  const text = change(GOOD);
  const { problems } = checkStrategy(text, 'bad.yaml', { templates: TEXTS });
  const found = problems.find((problem) => problem.code === code);
  expect(problems.map(problemText).join('\n')).toContain(code);
  expect(found?.where.file).toBe('bad.yaml');
  if (at === '') return expect(found?.where.line).toBeGreaterThan(1);
  const offset = text.indexOf(at);
  expect(offset).toBeGreaterThan(-1);
  const before = text.slice(0, offset).split('\n');
  expect([found?.where.line, found?.where.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
});

test('every code of the catalogue has such a document', () => {
  expect(CASES.map(({ code }) => code).sort()).toEqual(Object.keys(catalogue).sort());
});

test('every error comes at once', () => {
  const text = GOOD.replace('stage: reminder', 'stage: remainder')
    .replace('past_due >= 100', 'pastdue >= 100')
    .replace('cost: 15.00', 'cost: many')
    .replace('zone: Asia/Shanghai', 'zone: Nowhere');
  const { strategy, problems } = checkStrategy(text, 'bad.yaml');
  expect(strategy).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual([
    'STRATEGY_ZONE',
    'STRATEGY_STAGE_UNKNOWN',
    'STRATEGY_FACT_UNKNOWN',
    'STRATEGY_AMOUNT',
  ]);
});

test.each(['', 'null', '[]', '42', '{', '- a\n- b', 'forbear: strategy/2', '\u0000', 'a: &a [*a]'])(
  'nonsense is told, never thrown: %j',
  (text) => {
    const { strategy, problems } = checkStrategy(text, 'bad.yaml');
    expect(strategy).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  },
);

const says = (text: string) =>
  checkStrategy(text, 'bad.yaml', { templates: TEXTS }).problems.map((problem) => problemText(problem));

test('a misspelt channel of a cap does not quietly lift the cap', () => {
  const text = put('{ channels: [sms, email], max: 1', '{ channels: [sms, e-mail], max: 1')(GOOD);
  expect(says(text)).toEqual([
    expect.stringContaining('STRATEGY_CHANNEL_UNKNOWN: Nothing goes by a channel "e-mail"'),
  ]);
});

test('what is not there is missing, whatever was wanted there', () => {
  const without = (line: RegExp) => says(GOOD.replace(line, ''));
  expect(without(/^product:.*\n/m)).toEqual([expect.stringMatching(/STRATEGY_KEY_MISSING: "product"/)]);
  expect(without(/^forbear:.*\n/m)).toEqual([expect.stringMatching(/STRATEGY_KEY_MISSING: "forbear"/)]);
  expect(without(/^ {2}tolerance:.*\n/m)).toEqual([
    expect.stringMatching(/STRATEGY_KEY_MISSING: "tolerance"/),
  ]);
});

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(
    [...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
  )
  .join('\n');

test.each([
  ['aliases of aliases', bomb, 'STRATEGY_YAML: .*aliases'],
  ['a shape without end', `x: ${'['.repeat(20_000)}`, 'STRATEGY_YAML: .*nested too deeply'],
  ['two documents', `${GOOD}\n---\n${GOOD}`, 'STRATEGY_YAML: .*a second document'],
  [
    'a word that every object answers to',
    put('past_due >= 100', 'constructor')(GOOD),
    'STRATEGY_FACT_UNKNOWN',
  ],
])('%s: a problem with its place and no exception', (_name, text, wanted) => {
  const [first = ''] = says(text);
  expect(first).toMatch(new RegExp(`^bad.yaml:\\d+:\\d+: ${wanted}`));
  expect(first).not.toMatch(/\{\w+\}/);
});

test.each([
  ['an anchor', put('from: step:owner', 'from: mark:debit-failed')],
  [
    'what the host is asked',
    put('    kind: task\n    stage: negotiation', '    kind: host\n    stage: negotiation'),
  ],
])(
  'a debit that nobody asks after is an error where the document speaks of debits in %s',
  (_where, change) => {
    const text = change(GOOD).replace('action: assign-owner', 'action: retry-debit').replace(ASK, '');
    const found = checkStrategy(text, 'bad.yaml').problems.filter(
      ({ code }) => code === 'STRATEGY_DEBIT_UNASKED',
    );
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
  },
);

test('it is a warning where only the host may say that an account is debited, and is published all the same', () => {
  const { strategy, problems } = checkStrategy(GOOD.replace(ASK, ''), 'bad.yaml');
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([
    ['warning', 'STRATEGY_DEBIT_UNASKED'],
  ]);
  expect(strategy).not.toBeNull();
});

test('each path that is chased is asked for on its own', () => {
  const two = put('    from: { all: +1 }', '    from: { all: +1, special: +1 }')(GOOD);
  const found = checkStrategy(two, 'bad.yaml').problems.filter(
    ({ code }) => code === 'STRATEGY_DEBIT_UNASKED',
  );
  expect(found.map(({ args }) => args)).toEqual([{ path: 'special' }]);
});
