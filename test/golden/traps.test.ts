import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(__dirname, 'TRAPS.md'), 'utf8');
const FACTS = join(ROOT, '..', 'shared', 'facts');

interface Trap {
  readonly no: number;
  readonly stories: readonly string[];
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

/** The rows of the table below a heading of the page. */
function trapsOf(heading: string): readonly Trap[] {
  const [, after = ''] = page.split(`## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return section
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, no]) => /^\d+$/.test(no ?? ''))
    .map(([, no, , stories = '', tests = '']) => ({
      no: Number(no),
      stories: [...stories.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      tests: (tests === '' ? [] : tests.split('<br>')).map((one) => {
        const [, file = '', name = ''] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
        return { file, name };
      }),
    }));
}

const LISTS = [
  ['Of the field', 'field', 15],
  ['Of the ladders', 'ladders', 20],
] as const;

describe('the traps', () => {
  test.each(LISTS)(
    '%s: each stands once, and has a story, a test, or a word why not',
    (heading, of, count) => {
      const traps = trapsOf(heading);
      expect(traps.map(({ no }) => no)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      const [, notShown = ''] = page.split('## Not shown');
      for (const { no, stories, tests } of traps) {
        const shown = stories.length + tests.length > 0;
        expect(`${of} ${no}: ${shown !== notShown.includes(`- ${of} ${no}:`)}`).toBe(`${of} ${no}: true`);
      }
    },
  );

  test.each(LISTS)('%s: every story and test that is named is there', (heading) => {
    for (const { stories, tests } of trapsOf(heading)) {
      for (const story of stories)
        expect([story, existsSync(join(__dirname, `${story}.trace.yaml`))]).toEqual([story, true]);
      for (const { file, name } of tests) {
        const text = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
        expect([file, name, text.includes(`'${name}'`)]).toEqual([file, name, true]);
      }
    }
  });

  test('there are eighty stories or more', () => {
    const stories = readdirSync(__dirname).filter((file) => file.endsWith('.trace.yaml'));
    expect(stories.length).toBeGreaterThanOrEqual(80);
  });

  const known = existsSync(FACTS) ? test : test.skip;
  known('as many as the facts list, where those are beside the repository', () => {
    const numbered = (text: string): number => text.split('\n').filter((line) => /^\d+\. /.test(line)).length;
    const field = readFileSync(join(FACTS, 'field.md'), 'utf8');
    const [, traps = ''] = field.split(/^## Traps[^\n]*$/m);
    expect(numbered(traps.split('\n## ')[0] ?? '')).toBe(trapsOf('Of the field').length);
    const ladders = readFileSync(join(FACTS, 'ladders.md'), 'utf8');
    const [, own = ''] = ladders.split(/^## 16\. [^\n]*$/m);
    expect(numbered(own)).toBe(trapsOf('Of the ladders').length);
  });
});
