import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappedLayout } from '../../../src/intake/feed/layout';
import { mustBeWhole, readFile, type FileFacts } from '../../../src/intake/feed/read-file';
import { Totals } from '../../../src/intake/feed/totals';
import { amountReader, dayReader } from '../../../src/intake/mapping/forms';
import { mappingJsonSchema } from '../../../src/intake/mapping/mapping.schema';
import { checkMapping, readMapping } from '../../../src/intake/mapping/read-mapping';

const ROOT = join(__dirname, '..', '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'bank-cards.mapping.yaml');

it('reads the example with its totals, amounts, days, facts and guarantor', async () => {
  const layout = mappedLayout(readMapping(readFileSync(EXAMPLE, 'utf8'), EXAMPLE));
  const facts: FileFacts = { totals: new Totals('CNY'), announced: {}, controls: 0 };
  const values: unknown[] = [];
  for await (const rows of readFile(join(ROOT, 'examples', 'bank-cards.csv'), layout, 'CNY', facts))
    for (const row of rows) values.push('values' in row ? row.values : row.issue);
  mustBeWhole(layout, facts, {});
  expect(facts.announced).toEqual({ date: '2026-04-10', rows: 4, sum: 3140000 });
  expect(values).toHaveLength(4);
  expect(values[0]).toMatchObject({
    ...{ account: '0101-70001', past_due: '1200.00', oldest_due: '2026-03-25', balance: '12000.00' },
    ...{ 'fact.autopay': false, 'fact.credit_limit': 2000000, currency: 'CNY' },
  });
  expect(values[1]).not.toHaveProperty('oldest_due');
  expect(values[2]).toMatchObject({ parties: [{ role: 'guarantor', person: 'C-9', name: '示例九' }] });
});

it('says every mistake of a mapping with its line and column', () => {
  const { problems } = checkMapping(
    [
      'forbear: mapping/1',
      'name: x',
      'kind: accounts',
      'lender: bank',
      'columns:',
      '  account: A',
      '  past_due: { from: B, value: 1 }',
      '  blance: C',
    ].join('\n'),
    'm.yaml',
  );
  expect(problems.map(({ code, where }) => `${where.line}:${where.column} ${code}`)).toEqual([
    '5:1 MAPPING_LACKS',
    '7:3 MAPPING_SHAPE',
    '8:3 MAPPING_COLUMN',
  ]);
  const shapes = checkMapping('forbear: mapping/1\nname: X Y\nkinds: accounts', 'm.yaml').problems;
  expect(shapes.map(({ where }) => where.line)).toEqual(expect.arrayContaining([2, 3]));
  expect(checkMapping('a: [', 'm.yaml').problems[0]?.code).toBe('MAPPING_YAML');
});

it('keeps its schema for editors up to date', () => {
  expect(readFileSync(join(ROOT, 'schemas', 'mapping.schema.json'), 'utf8')).toBe(mappingJsonSchema());
});

it.each([
  [{ unit: 'minor' } as const, '120050', '1200.50'],
  [{ unit: 'minor' } as const, '-5', '-0.05'],
  [{ decimal: ',', thousands: '.' } as const, '1.200,50', '1200.50'],
  [{ sign: 'trailing' } as const, '12.00-', '-12.00'],
  [{ sign: 'reversed' } as const, '-12.00', '12.00'],
  [{ sign: 'reversed' } as const, '0.00', '0.00'],
])('reads an amount written as %j', (form, said, meant) => {
  expect(amountReader(form)(said, 'CNY')).toBe(meant);
});

it('reads days by their form and leaves alone what does not fit', () => {
  expect(dayReader('DD/MM/YYYY')('25/03/2026')).toBe('2026-03-25');
  expect(dayReader('YYYYMMDD')('2026-03-25')).toBe('2026-03-25');
});
