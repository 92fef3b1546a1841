import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReporting } from '../../../src/intake/bureau/read-reporting';
import { reportingJsonSchema } from '../../../src/intake/bureau/settings.schema';

const ROOT = join(__dirname, '..', '..', '..');
const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.bureau.yaml'));
const US = readFileSync(join(ROOT, 'examples', 'us.bureau.yaml'), 'utf8');

test.each(examples)('%s is right', (name) => {
  const { problems, reporting } = checkReporting(readFileSync(join(ROOT, 'examples', name), 'utf8'), name);
  expect(problems).toEqual([]);
  expect(reporting).not.toBeNull();
});

test('the schema for editors is the one that is checked by', () => {
  expect(readFileSync(join(ROOT, 'schemas', 'bureau.schema.json'), 'utf8')).toBe(reportingJsonSchema());
});

test.each([
  ["account_type: '18'", "account_type: '01'", 'account_type', 'does not stand under portfolio R'],
  ['identification: EXAMPLE-0001', 'identification: "00000"', 'identification', 'five to twenty'],
  ['zone: America/Chicago', 'zone: Springfield', 'zone', 'no time zone'],
  ['cut_off: last', 'cut_off: 40', 'cut_off', ''],
  ['reporter:', 'reporters:', 'reporters', 'nothing is known of it'],
  [
    'bureau/kept, send: /var/lib/forbear/bureau/out',
    'bureau/out, send: /var/lib/forbear/bureau/out',
    'send',
    'another folder',
  ],
])('%s as %s is named with its place', (from, to, key, reason) => {
  const { problems, reporting } = checkReporting(US.replace(from, to), 'us.bureau.yaml');
  expect(reporting).toBeNull();
  const found = problems.find(({ args }) => args['key'] === key);
  expect(found?.where).toMatchObject({ file: 'us.bureau.yaml', line: expect.any(Number) as number });
  expect(String(found?.args['reason'])).toContain(reason);
});

test('who furnishes by the engine needs all that makes a file; the lender’s own system needs none of it', () => {
  const head = 'forbear: bureau/1\nname: x\nlender: bank\nzone: UTC\nfurnished_by: ';
  const keys = checkReporting(`${head}engine\n`, 'x').problems.map(({ args }) => args['key']);
  expect(keys).toEqual(
    expect.arrayContaining(['format', 'reporter', 'identification', 'products', 'folders']),
  );
  expect(checkReporting(`${head}lender\n`, 'x').problems).toEqual([]);
});
