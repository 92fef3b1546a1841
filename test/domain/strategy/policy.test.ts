import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPacks } from '../../../src/book/policy/shipped';
import { templateTexts } from '../../../src/client/cli/shipped';
import { checkStrategy } from '../../../src/domain/strategy/document/checks';

const FILE = join(__dirname, '..', '..', '..', 'strategies', 'first-steps.yaml');
const text = readFileSync(FILE, 'utf8');

/** What the packs have against a document: code and arguments. */
function said(document: string): readonly string[] {
  return checkStrategy(document, 'x.yaml', { packs: loadPacks })
    .problems.filter(({ code }) => code.startsWith('STRATEGY_POLICY') || code === 'STRATEGY_VALUE')
    .map(
      ({ code, args }) =>
        `${code} ${String(args['step'] ?? args['steps'] ?? args['key'])} ${String(args['rule'] ?? '')}`,
    );
}

it('finds nothing of the packs against the first strategy', () => {
  expect(said(text)).toEqual([]);
});

it('names a step that can never go out on time, and the rule that says so', () => {
  const night = said(text.replace('send_at: "10:00"', 'send_at: "23:00"'));
  expect(night.length).toBeGreaterThan(0);
  expect(night.every((one) => /^STRATEGY_POLICY_NEVER \S+ CN-T1$/.test(one))).toBe(true);
  // Where an endpoint comes from is said by nobody: a person would be asked every time.
  const unsaid = said(text.replace(/ {2}endpoints: .*\n/, ''));
  expect(unsaid.length).toBeGreaterThan(0);
  expect(unsaid.every((one) => /^STRATEGY_POLICY_NEVER \S+ CN-P7$/.test(one))).toBe(true);
});

it('names the steps that break a cap of the packs together', () => {
  const massachusetts = text.replace('packs: [cn-consumer-credit]', 'packs: [us-ma]');
  const crowded = massachusetts.replace('days: { all: [+1, +7] }', 'days: { all: [+1, +2, +3] }');
  const found = said(crowded).filter((one) => one.startsWith('STRATEGY_POLICY_CAP'));
  expect(found.some((one) => one.endsWith('MA-F1'))).toBe(true);
});

it('names a step of law that lacks the notice which the packs want', () => {
  const card = readFileSync(join(FILE, '..', 'standard-card.yaml'), 'utf8');
  expect(said(card)).toEqual([]);
  const silent = said(card.replaceAll(/ {4}serves: .*\n/g, ''));
  expect(silent.length).toBeGreaterThan(0);
  expect(silent.every((one) => /^STRATEGY_POLICY_NOTICE \S+ CN-A4$/.test(one))).toBe(true);
});

it('refuses a channel under conduct that is none', () => {
  expect(said(text.replace('    visit: { recording', '    fax: { recording'))).toEqual([
    expect.stringMatching(/^STRATEGY_VALUE fax/),
  ]);
});

it('names a text that says what a pack forbids, on a channel of the step alone', () => {
  const found = (channel: string, words: string, day = '2026-03-10') =>
    checkStrategy(text, 'x.yaml', {
      packs: loadPacks,
      texts: { of: (template) => [{ name: `zh/${template}.${channel}`, channel, text: words }], day },
    }).problems.filter(({ code }) => code === 'STRATEGY_POLICY_TEXT');
  expect(found('sms', '请还款。')).toEqual([]);
  const wrong = found('sms', '不还款列入黑名单。');
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong[0]).toMatchObject({ severity: 'error', args: { rule: 'CN-X1', phrase: '黑名单' } });
  expect(found('visit', '不还款列入黑名单。')).toEqual([]);
  expect(found('sms', '不还款列入黑名单。', '2015-12-31')).toEqual([]);
});

it.each(['first-steps', 'standard-card', 'consumer-loan'])(
  'finds nothing forbidden in what %s says',
  (name) => {
    const document = readFileSync(join(FILE, '..', `${name}.yaml`), 'utf8');
    const { problems } = checkStrategy(document, `${name}.yaml`, {
      packs: loadPacks,
      texts: { of: templateTexts, day: '2026-03-10' },
    });
    expect(templateTexts('pay-reminder').length).toBeGreaterThan(0);
    expect(problems.filter(({ code }) => code === 'STRATEGY_POLICY_TEXT')).toEqual([]);
  },
);
