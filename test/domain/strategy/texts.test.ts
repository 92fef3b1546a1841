import { readdirSync, readFileSync } from 'node:fs';
import { Liquid } from 'liquidjs';
import { TEXT_VALUES, textFaults } from '../../../src/domain/strategy/document/texts';
import { strategyOf } from '../../../src/domain/strategy/document/compile';

const LANGUAGES = ['zh', 'en'] as const;
const texts = LANGUAGES.flatMap((language) =>
  readdirSync(`templates/${language}`).map((file) => ({
    name: `${language}/${file.replace(/\.liquid$/, '')}`,
    body: readFileSync(`templates/${language}/${file}`, 'utf8'),
  })),
);

test.each(texts)(
  '$name says how to pay, to object and to reach a person, and nothing that it may not',
  (text) => {
    expect(textFaults(text.name, text.body)).toEqual([]);
  },
);

test.each(texts)('$name can be filled in', ({ name, body }) => {
  const values = Object.fromEntries(Object.keys(TEXT_VALUES).map((value) => [value, `<${value}>`]));
  const filled = String(new Liquid({ strictVariables: true }).parseAndRenderSync(body, values));
  expect(filled).not.toContain('{{');
  expect(/^Subject: .+\n\n/.test(filled)).toBe(name.endsWith('.email'));
});

test('both languages have the same texts', () => {
  const of = (language: string): readonly string[] =>
    texts.filter(({ name }) => name.startsWith(`${language}/`)).map(({ name }) => name.slice(3));
  expect(of('en')).toEqual(of('zh'));
});

test('every text is used by a strategy', () => {
  const used = ['standard-card', 'consumer-loan', 'first-steps'].flatMap((name) =>
    strategyOf(readFileSync(`strategies/${name}.yaml`, 'utf8'), name).steps.map(({ template }) => template),
  );
  for (const { name } of texts) expect(used).toContain(/^..\/([a-z-]+)\./.exec(name)?.[1]);
});

test('README.md explains every value', () => {
  const readme = readFileSync('templates/README.md', 'utf8');
  for (const [value, means] of Object.entries(TEXT_VALUES))
    expect(readme).toContain(`| \`${value}\` | ${means} |`);
});

test.each([
  ['zh/x.T0.sms', '您的账户已逾期', 'too-strong'],
  ['en/x.T1.sms', 'We will go to court', 'too-strong'],
  ['en/x.T3.sms', 'Pay or else', 'phrase-forbidden'],
  ['zh/x.T3.sms', '我们将联系您的家人', 'phrase-forbidden'],
  ['en/x.T1.sms', 'Dear {{ name }}', 'value-not-here'],
  ['en/x.T1.letter', '{{ password }}', 'value-unknown'],
  ['en/x.T1.sms', 'Pay: {{ payLink }}', 'lacks'],
])('%s: %s is found as %s', (name, body, fault) => {
  expect(textFaults(name, body).map((found) => found.fault)).toContain(fault);
});
