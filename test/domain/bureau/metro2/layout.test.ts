import { APPENDAGES } from '../../../../src/domain/bureau/metro2/layout/appendages';
import { BASE } from '../../../../src/domain/bureau/metro2/layout/base';
import { inWords, type Layout } from '../../../../src/domain/bureau/metro2/layout/field';
import { HEADER } from '../../../../src/domain/bureau/metro2/layout/header';
import { TRAILER } from '../../../../src/domain/bureau/metro2/layout/trailer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ALL: readonly Layout[] = [HEADER, BASE, ...Object.values(APPENDAGES), TRAILER];

it.each(ALL.map((layout) => [layout.id, layout] as const))('%s has no gap and no overlap', (_id, layout) => {
  let next = 1;
  for (const { name, at, length } of layout.fields) {
    expect([name, at]).toEqual([name, next]);
    next = at + length;
  }
  expect(next - 1).toBe(layout.length);
  expect(layout.byName.size).toBe(layout.fields.length);
});

it('has the lengths of the format', () => {
  expect(ALL.map(({ id, length }) => `${id} ${length}`)).toEqual([
    ...[
      'header 426',
      'base 426',
      'J1 100',
      'J2 200',
      'K1 34',
      'K2 34',
      'K3 40',
      'K4 30',
      'L1 54',
      'N1 146',
      'trailer 426',
    ],
  ]);
});

it('marks what is of a person, and whose word a position is', () => {
  for (const name of [
    'surname',
    'socialSecurityNumber',
    'dateBirth',
    'firstLineAddress',
    'consumerAccountNumber',
  ])
    expect([name, BASE.byName.get(name)?.personal]).toEqual([name, true]);
  expect(BASE.byName.get('accountStatus')).toMatchObject({ personal: false, number: '17A', source: 'both' });
  expect(TRAILER.byName.get('totalBaseRecords')).toMatchObject({ source: 'moov' });
  expect(inWords('dateFirstDelinquency')).toBe('date first delinquency');
});

const facts = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'facts/metro2.md');
const whenPresent = existsSync(facts) ? it : it.skip;
if (!existsSync(facts)) console.log(`skipped: the format's tables are not in ${facts}`);

/** The tables that were written down from two public sources, position by position. */
whenPresent('stands as the table of facts has it', () => {
  const text = readFileSync(facts, 'utf8');
  const compare = (layout: Layout, rows: readonly (readonly [string, number, number])[]) => {
    expect(layout.fields.map(({ name, at, length }) => [name.toLowerCase(), at, at + length - 1])).toEqual(
      rows.map(([name, start, end]) => [name.toLowerCase(), start, end]),
    );
  };
  const table = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name, start, end]) => [name!, Number(start), Number(end)] as const);
  const base = table(/^\| \d+[AB]? \| (\w+) \| (\d+) \| (\d+) \|/gm);
  compare(BASE, base);
  const [, after] = text.split('## 3. Header record');
  const [heads, rest] = after!.split('## 4. Trailer');
  compare(
    HEADER,
    [...heads!.matchAll(/^\| (\w+) \| (\d+) \| (\d+) \|/gm)].map(
      ([, n, s, e]) => [n!, Number(s), Number(e)] as const,
    ),
  );
  const [trailer, segments] = rest!.split('## 5. Appendage');
  compare(
    TRAILER,
    [...trailer!.matchAll(/(\w+) (\d+)-(\d+)/g)].map(([, n, s, e]) => [n!, Number(s), Number(e)] as const),
  );
  for (const [id, layout] of Object.entries(APPENDAGES)) {
    const line = segments!.split('\n').find((row) => row.startsWith(`- **${id}**`))!;
    compare(
      layout,
      [...line.matchAll(/(\w+) (\d+)-(\d+) \(/g)].map(([, n, s, e]) => [n!, Number(s), Number(e)] as const),
    );
  }
});
