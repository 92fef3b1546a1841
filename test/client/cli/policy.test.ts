import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPacks, policiesFolder } from '../../../src/book/policy/shipped';
import { forbear } from './command-line';

const EXAMPLE = join(policiesFolder(), '..', 'examples', 'eighth-call.policy.yaml');
let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-policy-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe('policy check', () => {
  it('answers the example as it expects, with every rule that spoke', async () => {
    const { code, out } = await forbear(['policy', 'check', EXAMPLE]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^defer until 2026-03-11T15:00:00\.000Z \(2026-03-11 11:00 in America\/New_York; 2026-03-11 08:00/m,
    );
    expect(out).toMatch(/US-F1 │ defer until .*called about a debt at most seven/);
    expect(out).toContain('12 CFR 1006.14(b)(2)(i)(A)');
    expect(out).toMatch(/packs: us-federal@[0-9a-f]{12} \(calendar US@[0-9a-f]{12}\)/);
  });

  it('says no by its exit code, and what was expected', async () => {
    const text = readFileSync(EXAMPLE, 'utf8');
    const plain = await forbear([
      'policy',
      'check',
      file('plain.yaml', text.slice(0, text.indexOf('# Seven'))),
      '--json',
    ]);
    expect(plain.code).toBe(1);
    expect(JSON.parse(plain.out)).toMatchObject({
      answer: 'defer',
      until: '2026-03-11T15:00:00.000Z',
      zones: ['America/New_York', 'America/Los_Angeles'],
      narrowed: false,
    });
    const other = await forbear([
      'policy',
      'check',
      file('other.yaml', text.replace('answer: defer', 'answer: block')),
    ]);
    expect([other.code, other.out]).toEqual([
      1,
      expect.stringContaining('Not as expected: expected block, found defer.'),
    ]);
  });

  it.each([
    ['a file that is not there', 'none.yaml', null, 2, /FILE_UNREADABLE/],
    [
      'a word that is none',
      'word.yaml',
      'forbear: policy-check/1\npacks: [us-federal]\nnow: 2026-03-10T12:00:00Z\nrequest: {}\nledgers: []\n',
      2,
      /word\.yaml:5:1: POLICY_KEY_UNKNOWN: "ledgers"/,
    ],
    [
      'a pack that is none',
      'pack.yaml',
      'forbear: policy-check/1\npacks: [mars]\nnow: 2026-03-10T12:00:00Z\nrequest: {}\n',
      3,
      /POLICY_UNKNOWN: There is no policy pack mars/,
    ],
  ])('%s', async (_name, name, text, code, says) => {
    const path = text === null ? join(dir, name) : file(name, text);
    const ran = await forbear(['policy', 'check', path]);
    expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(says)]);
  });
});

it('answers the request of the page for compliance officers as that page says', async () => {
  const page = readFileSync(join(policiesFolder(), '..', 'docs', 'compliance.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n([^`]*)```/g)].map((match) => match[1] ?? '');
  const request = blocks.find((block) => block.startsWith('forbear: policy-check/1')) ?? '';
  const { code, out } = await forbear(['policy', 'check', file('page.yaml', request)]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^defer until/)]);
});

describe('policy list, show and explain', () => {
  it('lists what ships, with how far it was read', async () => {
    const { code, out } = await forbear(['policy', 'list', '--json']);
    const packs = JSON.parse(out) as {
      name: string;
      checked: Record<string, number>;
      rules: number;
      on: string[];
    }[];
    expect([code, packs.length]).toEqual([0, 8]);
    for (const { checked, rules } of packs)
      expect(Object.values(checked).reduce((sum, count) => sum + count, 0)).toBe(rules);
    expect(packs.find(({ name }) => name === 'us-ma')?.on).toEqual(['us-federal']);
  });

  it('shows the rules of one, and everything that is wrong with another', async () => {
    const { code, out } = await forbear(['policy', 'show', 'cn-consumer-credit']);
    expect([code, out]).toEqual([0, expect.stringMatching(/CN-F1.*secondary/)]);
    const broken = file('broken.yaml', 'forbear: policy/1\nname: x\n');
    const wrong = await forbear(['policy', 'show', broken]);
    expect([wrong.code, wrong.out.split('\n').length > 3]).toEqual([1, true]);
  });

  it('explains a rule, or says that there is none', async () => {
    const { code, out } = await forbear(['policy', 'explain', 'US-F2']);
    expect(code).toBe(0);
    expect(out).toMatch(/^US-F2 \(cooldown\) of us-federal\nAfter a talk/);
    expect(out).toContain('source: 12 CFR 1006.14(b)(2)(i)(B) [regulation, primary]');
    expect(await forbear(['policy', 'explain', 'US-Z9'])).toMatchObject({ code: 3 });
  });
});

describe('packs that stand on others', () => {
  const overlay = (rule: string, on = 'us-federal') =>
    file(
      'overlay.yaml',
      `forbear: policy/1\nname: overlay\ntitle: An overlay\njurisdiction: US-XX\nfrom: 2026-01-01\non: [${on}]\nzones: [America/New_York]\nholidays: US\nroles: [agency]\ncounting: { first: next-day, roll: false }\nrules:\n  - { id: ${rule}, kind: window, says: Later., open: [{ from: "07:00", to: "23:00" }], sources: [{ text: A law, checked: house, force: house }] }\n`,
    );

  it('bring them along, once', () => {
    expect(loadPacks(['us-ma', 'us-federal']).map(({ name }) => name)).toEqual(['us-federal', 'us-ma']);
    expect(loadPacks([overlay('XX-T1')]).map(({ name }) => name)).toEqual(['us-federal', 'overlay']);
  });

  it('may name each other, and are read once all the same', () => {
    const folder = mkdtempSync(join(dir, 'packs-'));
    const text = readFileSync(overlay('XX-T1'), 'utf8');
    const written = (name: string, rule: string, on: string) =>
      writeFileSync(
        join(folder, `${name}.yaml`),
        text.replace('name: overlay', `name: ${name}`).replace('XX-T1', rule).replace('us-federal', on),
      );
    written('one', 'XX-1', 'two');
    written('two', 'XX-2', 'one');
    expect(loadPacks(['one'], folder).map(({ name }) => name)).toEqual(['two', 'one']);
  });

  it('add rules and replace none', () => {
    expect(() => loadPacks([overlay('US-T1')])).toThrow(
      /POLICY_RULE_TAKEN: The rule US-T1 stands in the pack us-federal/,
    );
    expect(() => loadPacks([overlay('XX-T1', 'mars')])).toThrow(
      /POLICY_BASE_UNKNOWN: The pack overlay stands on mars/,
    );
  });

  it('can only tighten', async () => {
    const wider = overlay('XX-T1');
    const request = readFileSync(EXAMPLE, 'utf8').replace(
      'packs: [us-federal]',
      `packs: [${JSON.stringify(wider)}]`,
    );
    expect(await forbear(['policy', 'check', file('wider.yaml', request)])).toMatchObject({ code: 0 });
  });
});
