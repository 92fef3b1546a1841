import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Context } from '../../../src/client/cli/context';
import { program } from '../../../src/client/cli/program';
import { forbear } from './command-line';

const NAMES = [
  ...[
    'up',
    'down',
    'prepare',
    'demo',
    'enrol',
    'feed',
    'pay',
    'reverse',
    'charge',
    'adjust',
    'refund',
    'loan',
    'accelerate',
    'write-off',
    'claim-paid',
    'debit',
    'promise',
    'promise-cancel',
    'offer',
    'dispute',
    'complaint',
    'hold',
    'release',
    'holds',
    'outcome',
    'close',
  ],
  ...[
    'task',
    'case',
    'host',
    'show',
    'schedule',
    'list',
    'timeline',
    'trace',
    'strategy',
    'switch',
    'staff',
    'plan',
    'report',
    'bureau',
    'routes',
    'visits',
    'policy',
    'party',
    'person',
    'audit',
    'score',
  ],
];
const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-cli-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function leaves(command: Command): string[][] {
  return command.commands.flatMap((inner) =>
    inner.commands.length > 0 ? leaves(inner).map((path) => [inner.name(), ...path]) : [[inner.name()]],
  );
}
const all = leaves(
  program(new Context({ out: () => undefined, err: () => undefined, isTTY: false, env: {} })),
);

it('has every command', () => {
  expect([...new Set(all.map(([name]) => name))]).toEqual(NAMES);
});

it.each(all.map((path) => [path.join(' '), path] as const))(
  '%s --help shows examples that it understands',
  async (name, path) => {
    const { code, out } = await forbear([...path, '--help']);
    expect(code).toBe(0);
    const examples = out.split('\n').filter((line) => line.trim().startsWith('$ forbear '));
    expect(examples.length).toBeGreaterThan(0);
    for (const line of examples) expect(line).toContain(`$ forbear ${name}`);
  },
);

describe("a user's mistake", () => {
  const nothing = { FORBEAR_BOOK_URL: 'postgres://nobody@127.0.0.1:1/none' };
  const mistakes: [string, string[], NodeJS.ProcessEnv, number, RegExp][] = [
    ['an unknown command', ['pays'], {}, 2, /unknown command/],
    ['an unknown option', ['list', '--stages', 'x'], {}, 2, /unknown option/],
    ['a missing argument', ['pay', 'x'], {}, 2, /missing required argument/],
    ['a choice that is none', ['close', 'x', 'gone'], {}, 2, /Allowed choices are settled, sold, closed/],
    ['a missing strategy', ['enrol', 'x.csv'], {}, 2, /--strategy/],
    ['no stack', ['show', 'x', '--data', '/nowhere'], {}, 3, /STACK_NOT_FOUND: .*forbear up/],
    ['no book', ['show', 'x'], nothing, 4, /BOOK_UNREACHABLE: .*forbear up/],
    ['an unknown strategy', ['strategy', 'check', 'no-such'], {}, 3, /STRATEGY_UNKNOWN/],
    ['a missing file', ['trace', 'no-such.yaml'], {}, 2, /FILE_UNREADABLE: .*ENOENT/],
    [
      'a missing portfolio',
      ['enrol', 'no-such.csv', '--strategy', 'standard-card', '--dry-run'],
      {},
      2,
      /ENROL_FILE_MISSING/,
    ],
    ['a number that is none', ['demo', '--accounts', 'many'], {}, 2, /OPTION_WRONG/],
    ['a page of no length', ['list', '--limit', 'abc'], nothing, 2, /OPTION_WRONG: .*--limit/],
  ];
  it.each(mistakes)('%s: one sentence, a code, no stack trace', async (_name, args, env, code, says) => {
    const ran = await forbear(args, env);
    expect(ran.err).toMatch(says);
    expect(ran.code).toBe(code);
    expect(ran.err + ran.out).not.toMatch(/\n\s+at .*\(/);
  });

  it('a broken stack file is named', async () => {
    writeFileSync(join(dir, 'stack.json'), '{"bookUrl":1}');
    const ran = await forbear(['list', '--data', dir]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('STACK_FILE_BROKEN');
  });
});

describe('enrol --dry-run', () => {
  it('finds nothing wrong with the portfolio that ships', async () => {
    const ran = await forbear([
      'enrol',
      join(EXAMPLES, 'portfolio.csv'),
      '--strategy',
      'standard-card',
      '--dry-run',
      '--json',
    ]);
    expect(JSON.parse(ran.out)).toMatchObject({ rows: 8, good: 8, rejected: 0, rejects: null });
    expect(ran.code).toBe(0);
  });

  it('writes what it rejects with line, code, reason and row, and says so by its exit code', async () => {
    const good = readFileSync(join(EXAMPLES, 'portfolio.csv'), 'utf8').split('\n');
    const file = join(dir, 'bad.csv');
    writeFileSync(
      file,
      [good[0], good[1], good[2]?.replace('Asia/Shanghai', 'Asia/Peking'), good[3]].join('\n'),
    );
    const ran = await forbear(['enrol', file, '--strategy', 'standard-card', '--dry-run']);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/rejected\s+1/);
    const rejects = readFileSync(`${file}.rejects.csv`, 'utf8').split('\n');
    expect(rejects[0]).toBe('line,code,reason,row');
    expect(rejects[1]).toMatch(/^3,ROW_ZONE_UNKNOWN,"The field zone is not .*","EX-0002,.*Asia\/Peking/);
    expect(rejects).toHaveLength(3);
  });

  const wrong: [string, string[], RegExp][] = [
    ['rejects over the portfolio itself', ['--rejects', 'FILE'], /ENROL_REJECTS_INPUT/],
    ['rejects into a folder that is not there', ['--rejects', 'FILE.d/x.csv'], /FILE_UNWRITABLE: .*ENOENT/],
    ['rejects into what is a folder', ['--rejects', 'DIR'], /FILE_UNWRITABLE: .*EISDIR/],
    ['a zone that is none', ['--zone', 'Mars/Base'], /OPTION_WRONG: .*--zone/],
    ['a country that is none', ['--country', 'XX'], /OPTION_WRONG: .*--country/],
    ['a language that is none', ['--language', '中文'], /OPTION_WRONG: .*--language/],
    ['a lender with a space', ['--lender', 'a b'], /OPTION_WRONG: .*--lender/],
    ['two delimiters', ['--delimiter', ';,'], /OPTION_WRONG: .*--delimiter/],
  ];
  it.each(wrong)('%s: refused before a row is read', async (_name, args, says) => {
    const file = join(dir, 'wrong.csv');
    const content = 'account,name\nA,B\n';
    writeFileSync(file, content);
    const named = args.map((arg) => arg.replace('FILE', file).replace('DIR', dir));
    const ran = await forbear(['enrol', file, '--strategy', 'standard-card', '--dry-run', ...named]);
    expect(ran.err).toMatch(says);
    expect(ran.code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

describe('trace', () => {
  it('plays the example that ships, as it expects', async () => {
    const ran = await forbear(['trace', join(EXAMPLES, 'late-card.trace.yaml')]);
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('2026-03-26  reminder');
    expect(ran.out).toContain('The promise of 1,200.00 by 2026-04-10 is accepted.');
  });

  it('says what is not as expected', async () => {
    const file = join(dir, 'wrong.yaml');
    const text = readFileSync(join(EXAMPLES, 'late-card.trace.yaml'), 'utf8');
    writeFileSync(file, text.replace('stage: reminder', 'stage: legal'));
    const ran = await forbear(['trace', file, '--json']);
    expect(ran.code).toBe(1);
    const { failed } = JSON.parse(ran.out) as { failed: unknown };
    expect(failed).toEqual([{ day: '2026-03-26', field: 'stage', expected: 'legal', found: 'reminder' }]);
  });

  const broken: [string, RegExp, (text: string) => string][] = [
    ['a word that is none', /8:7: TRACE_EVENT: .*"pays"/, (text) => text.replace('payment', 'pays')],
    ['a field that is none', /9:7: TRACE_SHAPE: "colour"/, (text) => text.replace('id: x', 'colour: x')],
    ['an amount with too many decimals', /8:16: TOO_MANY_DECIMALS/, (text) => text.replace('1.00', '1.001')],
    [
      'a day that is none',
      /7:3: TRACE_SHAPE: "2026-02-30"/,
      (text) => text.replace('2026-02-20', '2026-02-30'),
    ],
    ['a day out of order', /7:3: TRACE_ORDER/, (text) => text.replace('2026-02-20', '2026-01-20')],
    ['YAML that is none', /TRACE_YAML/, (text) => text.replace('days:', 'days: [')],
  ];
  it.each(broken)('names the place of %s', async (_name, says, breaks) => {
    const lines = [
      'forbear: trace/1',
      'strategy: standard-card',
      'start: 2026-02-01',
      'until: 2026-03-01',
      '# made up',
    ];
    const text = [...lines, 'days:', '  2026-02-20:', '    - payment: 1.00', '      id: x', ''].join('\n');
    const file = join(dir, 'broken.yaml');
    writeFileSync(file, text);
    expect((await forbear(['trace', file])).code).toBe(0);
    writeFileSync(file, breaks(text));
    const ran = await forbear(['trace', file]);
    expect(ran.err).toMatch(says);
    expect(ran.code).toBe(2);
  });
});

it('shows in the README what the trace prints', async () => {
  const readme = readFileSync(join(EXAMPLES, '..', 'README.md'), 'utf8');
  const shown = /\$ forbear trace (\S+)\n([^]*?)```/.exec(readme);
  const { out } = await forbear(['trace', join(EXAMPLES, '..', shown?.[1] ?? '')]);
  const lines = (shown?.[2] ?? '').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !out.split('\n').includes(line))).toEqual([]);
});

describe('a trace that would pass by saying nothing', () => {
  const example = readFileSync(join(EXAMPLES, 'late-card.trace.yaml'), 'utf8');
  const put = (from: string | RegExp, to: string) => {
    expect(example).toMatch(from);
    return example.replace(from, to);
  };
  const wrong: [string, () => string, RegExp][] = [
    [
      'an end before a day that it tells',
      () => put(/^until:.*/m, 'until: 2026-04-12'),
      /TRACE_AFTER_END: .*2026-04-14/,
    ],
    ['an end before its start', () => put(/^until:.*/m, 'until: 2026-01-01'), /TRACE_SHAPE: "until"/],
    ['an end that never comes', () => put(/^until:.*/m, 'until: 9999-12-31'), /TRACE_SHAPE: "until"/],
    [
      'an answer to a misspelt step',
      () => put(/^start:/m, 'answers: { C1O: refused }\nstart:'),
      /TRACE_STEP_UNKNOWN: .*C1O/,
    ],
    [
      'an outage that ends before it begins',
      () => put(/^start:/m, 'down: [{ from: 2026-04-03, until: 2026-04-01 }]\nstart:'),
      /TRACE_SHAPE: "until"/,
    ],
    [
      'one id for two payments',
      () => put(/- payment: 1200.00\n/, '- payment: 3.00\n      id: bank-1\n    - payment: 1200.00\n'),
      /TRACE_ID_TWICE: .*bank-1/,
    ],
    [
      'an amount that is none',
      () => put(/- payment: 1200.00/, '- payment: [1]'),
      /TRACE_SHAPE: "payment" .*an amount such as/,
    ],
    [
      'aliases of aliases',
      () =>
        'a: &a [x, x]\n' +
        [...'bcdefgh']
          .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`)
          .join('\n'),
      /TRACE_YAML: .*aliases/,
    ],
  ];
  it.each(wrong)('%s: refused with its line', async (_name, text, says) => {
    const file = join(dir, 'wrong.trace.yaml');
    writeFileSync(file, text());
    const ran = await forbear(['trace', file]);
    expect(ran.err).toMatch(says);
    expect(ran.err).toMatch(/^\S+wrong\.trace\.yaml:\d+:\d+: /);
    expect(ran).toMatchObject({ code: 2, out: '' });
  });

  it('may name steps that another strategy does not have', async () => {
    const file = join(dir, 'other.trace.yaml');
    writeFileSync(file, put(/^start:/m, 'answers: { C10: refused }\nstart:'));
    expect((await forbear(['trace', file, '--strategy', 'first-steps'])).err).toBe('');
  });
});

describe('strategy', () => {
  it('checks and shows what ships', async () => {
    expect(await forbear(['strategy', 'check', 'standard-card'])).toMatchObject({ code: 0 });
    const shown = await forbear(['strategy', 'show', 'standard-card']);
    expect(shown.out).toContain('C10');
    expect((await forbear(['strategy', 'show', 'standard-card', '--diagram'])).out).toMatch(/^flowchart TD/);
  });
});
