import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { strategyHash } from '../../../src/book/strategy-hash';
import { compile, strategyOf } from '../../../src/domain/strategy/document/compile';
import { parseCondition } from '../../../src/domain/strategy/document/condition';
import { checkStrategy } from '../../../src/domain/strategy/document/checks';
import { documentJsonSchema } from '../../../src/domain/strategy/document/json-schema';
import { ladderDiagram, ladderTable } from '../../../src/domain/strategy/document/show';
import { sayCondition } from '../../../src/domain/strategy/say-condition';

const NAMES = ['standard-card', 'consumer-loan', 'first-steps'] as const;
const read = (name: string): string => readFileSync(`strategies/${name}.yaml`, 'utf8');

test('the schema for editors is the one that the documents are held against', () => {
  const written: unknown = JSON.parse(readFileSync('strategies/strategy.schema.json', 'utf8'));
  expect(written).toEqual(JSON.parse(documentJsonSchema()));
});

test.each(NAMES)('%s names the schema, and holds to it as an editor would see it', (name) => {
  const text = read(name);
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/strategy\.schema\.json\n/);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(documentJsonSchema()) as object);
  validate(parse(text));
  expect(validate.errors).toBeNull();
});

test.each(NAMES)('%s compiles to the same bytes and the same name, however it is laid out', (name) => {
  const text = read(name);
  const hash = strategyHash(strategyOf(text, 'a.yaml'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), fc.boolean(), (lines, crlf) => {
      const spaced = text.replace(/\nsteps:/, `${'\n'.repeat(lines)}\n# a remark\nsteps:`);
      const other = crlf ? spaced.replace(/\n/g, '\r\n') : spaced;
      expect(strategyHash(strategyOf(other, 'b.yaml'))).toBe(hash);
    }),
    { numRuns: 4 },
  );
  expect(JSON.parse(JSON.stringify(strategyOf(text, 'a.yaml')))).toEqual(strategyOf(text, 'a.yaml'));
});

test('a change of one day is another version', () => {
  const text = read('first-steps');
  const other = text.replace('days: { all: +12 }', 'days: { all: +13 }');
  expect(strategyHash(strategyOf(other, 'a'))).not.toBe(strategyHash(strategyOf(text, 'a')));
});

const WORDS = { declared: { score: 'number', limit: 'money', flag: 'flag' }, currency: 'CNY' } as const;

test.each([
  ['past_due >= 100', { fact: 'past_due', op: '>=', value: 10000 }],
  ['facts.limit < 0.05', { fact: 'facts.limit', op: '<', value: 5 }],
  ['autopay', { fact: 'autopay', op: '=', value: true }],
  ['not mark.promise-broken', { not: { fact: 'mark.promise-broken', op: '=', value: true } }],
  ['segment in [H, M]', { fact: 'segment', op: 'in', value: ['H', 'M'] }],
  ['stage = "field-visit"', { fact: 'stage', op: '=', value: 'field-visit' }],
  [
    'dpd > 3 and late or not (facts.flag or facts.score <= 20)',
    {
      any: [
        {
          all: [
            { fact: 'dpd', op: '>', value: 3 },
            { fact: 'late', op: '=', value: true },
          ],
        },
        {
          not: {
            any: [
              { fact: 'facts.flag', op: '=', value: true },
              { fact: 'facts.score', op: '<=', value: 20 },
            ],
          },
        },
      ],
    },
  ],
] as const)('%s', (text, condition) => {
  expect(parseCondition(text, WORDS)).toEqual({ condition });
});

test.each([
  ['past_due >= 100 and xyz', 'STRATEGY_FACT_UNKNOWN', 20],
  ['facts.scor > 3', 'STRATEGY_FACT_UNKNOWN', 0],
  ['past_due > 1.005', 'STRATEGY_AMOUNT', 11],
  ['past_due', 'STRATEGY_FACT_TYPE', 0],
  ['autopay > 3', 'STRATEGY_FACT_TYPE', 10],
  ['past_due + 3 > 4', 'STRATEGY_CONDITION', 9],
  ['late late', 'STRATEGY_CONDITION', 0],
  ['(late', 'STRATEGY_CONDITION', 5],
  ['process.exit(1)', 'STRATEGY_CONDITION', 0],
  ['', 'STRATEGY_CONDITION', 0],
] as const)('%s is refused as %s', (text, code, offset) => {
  expect(parseCondition(text, WORDS)).toMatchObject({ code, offset });
});

test('whatever is written as a condition, it is read or refused, never thrown', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(Object.keys(parseCondition(text, WORDS)).length).toBeGreaterThan(0);
    }),
  );
});

test('a condition that is shown can be written again', () => {
  const text = '(past_due >= 1,200.50 or not (late and cycles = 2)) and segment in [H, M]';
  const parsed = parseCondition(text.replace(',200', '200'), WORDS);
  expect('condition' in parsed && sayCondition(parsed.condition, 'CNY')).toBe(text);
});

test('the ladder is shown with a row for each step and a day for each path', () => {
  const strategy = strategyOf(read('standard-card'), 'a');
  const { head, rows } = ladderTable(strategy);
  expect(head.slice(0, 7)).toEqual(['stage', 'step', 'what', 'L', 'M', 'H', 'special']);
  expect(rows).toHaveLength(strategy.steps.length);
  const c24 = rows.find((row) => row[1] === 'C24');
  expect(c24?.slice(3, 6)).toEqual(['+18 (2 a day × 3)', '+8 (2 a day × 3)', '+5 (3 a day × 4)']);
  expect(rows.find((row) => row[1] === 'C31')?.[3]).toBe('+2, then every 7 (2 a day × 1)');
});

test('the diagram has every stage and the days on which paths enter it', () => {
  const diagram = ladderDiagram(strategyOf(read('standard-card'), 'a'));
  expect(diagram).toMatch(/^flowchart TD\n/);
  for (const stage of ['pre-due', 'reminder', 'negotiation', 'field-visit', 'agency', 'legal', 'recovery']) {
    expect(diagram).toContain(`<b>${stage}</b>`);
  }
  expect(diagram).toContain('s_reminder -->|"L +31, M +16, H +8"| s_negotiation');
});

test('an error keeps the document from being a strategy', () => {
  expect(() => strategyOf('forbear: no', 'bad.yaml')).toThrow(/^bad\.yaml:1:1: STRATEGY_KEY_MISSING/);
  expect(compile('forbear: no', 'bad.yaml').strategy).toBeNull();
});

describe('offers that are never come to', () => {
  const text = read('first-steps');
  const problems = (offers: string): readonly string[] =>
    checkStrategy(text.replace('contact:\n', `offers:\n${offers}contact:\n`), 'x.yaml')
      .problems.filter(({ code }) => code === 'STRATEGY_OFFER_UNREACHED')
      .map(({ code, args }) => `${code} ${String(args['offer'])}`);
  const waiver = (name: string, within: number, more = ''): string =>
    `  - { offer: ${name}, kind: waiver, within: ${within}${more} }\n`;

  test('a wider one behind an approval is come to by what the first one does not give', () => {
    expect(problems(waiver('w1', 5) + waiver('w2', 9, ', approval: head'))).toEqual([]);
    expect(problems(waiver('w1', 5) + waiver('w2', 9))).toEqual(['STRATEGY_OFFER_UNREACHED w1']);
  });

  test('one that another always gives without asking is not, wherever it stands', () => {
    const asked = waiver('w1', 5, ', approval: head');
    expect(problems(asked + waiver('w2', 5))).toEqual(['STRATEGY_OFFER_UNREACHED w1']);
    expect(problems(waiver('w2', 5) + asked)).toEqual(['STRATEGY_OFFER_UNREACHED w1']);
    expect(problems(waiver('w1', 5) + waiver('w2', 5))).toEqual(['STRATEGY_OFFER_UNREACHED w2']);
  });
});
