import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysBetween, dueUntil } from '../../../src/intake/watch/missing-days';
import { companionOf, nameReader } from '../../../src/intake/watch/name-pattern';
import { readAnnounced } from '../../../src/intake/watch/ready-file';
import { checkSettings } from '../../../src/intake/watch/read-settings';
import { settingsJsonSchema } from '../../../src/intake/watch/settings.schema';

const ROOT = join(__dirname, '..', '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'bank.feeds.yaml');
const ZONE = 'Asia/Shanghai';

const problemsOf = (lines: readonly string[], mappings: Readonly<Record<string, string>> = {}) =>
  checkSettings(lines.join('\n'), 'w.yaml', (name) => mappings[name] ?? null).problems.map(
    ({ code, where, args }) => `${where.file}:${where.line}:${where.column} ${code} ${args['key'] ?? ''}`,
  );

const HEAD = ['forbear: feeds/1', 'name: bank', 'lender: bank', 'folder: in', `zone: ${ZONE}`];

it('reads the example, with its mapping and in its order', () => {
  const { settings, problems, mappings } = checkSettings(readFileSync(EXAMPLE, 'utf8'), EXAMPLE, (name) =>
    readFileSync(join(ROOT, 'examples', name), 'utf8'),
  );
  expect(problems).toEqual([]);
  expect(Object.keys(mappings)).toEqual(['bank-cards.mapping.yaml']);
  expect(
    settings?.feeds.map(({ name, layout, missing, lag }) => [name, layout.source, missing, lag]),
  ).toEqual([
    ['cards', 'bank-cards', 'take', 0],
    ['changes', 'accounts', 'wait', 0],
    ['payments', 'accounts', 'wait', 1],
  ]);
});

it('says every mistake with its line and column, those of a mapping in its own file', () => {
  const mapping = 'forbear: mapping/1\nname: x\nkind: payments\nlender: other\ncolumns: { amount: A }';
  const lines = [
    ...[...HEAD, 'feeds:'],
    '  cards: { kind: snapshot, files: cards.csv }',
    '  paid: { kind: payments, files: "paid-{date}.csv", mapping: gone.yaml }',
    '  debits: { kind: debits, files: "debits-{date}.csv", mapping: m.yaml }',
  ];
  expect(problemsOf(lines, { 'm.yaml': mapping })).toEqual([
    ...['m.yaml:5:1 MAPPING_LACKS ', 'm.yaml:5:1 MAPPING_LACKS '],
    ...[
      'w.yaml:7:10 WATCH_SHAPE strategy',
      'w.yaml:7:35 WATCH_SHAPE files',
      'w.yaml:8:62 WATCH_SHAPE mapping',
    ],
  ]);
  const other = mapping.replace('{ amount: A }', '{ amount: A, account: B, value_date: C }');
  expect(problemsOf([...HEAD, 'feeds:', lines[8] ?? ''], { 'm.yaml': other })).toEqual([
    ...['w.yaml:7:64 WATCH_SHAPE mapping', 'w.yaml:7:64 WATCH_SHAPE mapping'],
  ]);
  const shapes = ['forbear: feeds/1', 'name: A b', 'zone: Mars/One', 'every: 5', 'feeds: {}'];
  expect(problemsOf(shapes).map((text) => text.split(' ').at(-1))).toEqual(
    expect.arrayContaining(['name', 'zone', 'every', 'feeds', 'lender', 'folder']),
  );
  expect(problemsOf(['a: ['])[0]).toContain('WATCH_YAML');
});

it('keeps its schema for editors up to date', () => {
  expect(readFileSync(join(ROOT, 'schemas', 'feeds.schema.json'), 'utf8')).toBe(settingsJsonSchema());
});

describe('the name of a file', () => {
  const form = { files: 'cards-{date}.csv', dates: 'YYYYMMDD', lag: 0, zone: ZONE };

  it.each([
    ['cards-20260410.csv', form, { businessDate: '2026-04-10', moment: null }],
    ['cards-20260410.csv', { ...form, lag: 1 }, { businessDate: '2026-04-09', moment: null }],
    [
      'C 10.04.2026',
      { ...form, files: 'C {date}', dates: 'DD.MM.YYYY' },
      { businessDate: '2026-04-10', moment: null },
    ],
    [
      'c_20260410_0830_x7.csv',
      { ...form, files: 'c_{date}_{time}_*.csv' },
      { businessDate: '2026-04-10', moment: '2026-04-10T00:30:00.000Z' },
    ],
    // Under way, with a day that there is not, with a time that there is not, or another file altogether.
    ['cards-20260410.csv.part', form, null],
    ['.cards-20260410.csv', form, null],
    ['cards-20260230.csv', form, null],
    ['cards-20260410-2460.csv', { ...form, files: 'cards-{date}-{time}.csv' }, null],
    ['cards-2026041x.csv', form, null],
    ['cardsX20260410.csv', { ...form, files: 'cards.{date}.csv' }, null],
    ['cards-../../ab.csv', form, null],
  ])('%s', (name, of, said) => {
    expect(nameReader(of)(name)).toEqual(said);
  });

  it('gives the name of the file that says that it is whole', () => {
    const ready = companionOf(
      'c-{date}-{time}-*.csv',
      '*-{date}{time}.ok',
      'YYYYMMDD',
      'c-20260410-0830-x7.csv',
    );
    expect(ready).toBe('x7-202604100830.ok');
  });
});

describe('days without a file', () => {
  const every = { days: 'every', noneOn: [] } as const;

  it('are those between the last and the next on which one is expected', () => {
    expect(daysBetween(every, '2026-04-10', '2026-04-12', ZONE)).toEqual(['2026-04-11']);
    expect(daysBetween(every, '2026-04-10', '2026-04-11', ZONE)).toEqual([]);
    expect(daysBetween(every, null, '2026-04-12', ZONE)).toEqual([]);
    const none = { ...every, noneOn: ['2026-04-11'] };
    expect(daysBetween(none, '2026-04-10', '2026-04-13', ZONE)).toEqual(['2026-04-12']);
    const weekdays = { days: 'weekdays', noneOn: [] } as const;
    expect(daysBetween(weekdays, '2026-04-10', '2026-04-14', ZONE)).toEqual(['2026-04-13']);
    // China's National Day, and the Saturday that is worked for it.
    const business = { days: 'business', noneOn: [] } as const;
    expect(daysBetween(business, '2026-09-29', '2026-10-11', ZONE)).toEqual([
      ...['2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10'],
    ]);
    expect(daysBetween(every, '2020-01-01', '2026-04-12', ZONE)).toHaveLength(31);
  });

  it('are missing only when their time has come', () => {
    const before = '2026-04-11T03:59:00.000Z';
    expect(dueUntil('12:00', '2026-04-11', before, ZONE)).toBe('2026-04-10');
    expect(dueUntil('12:00', '2026-04-11', '2026-04-11T04:00:00.000Z', ZONE)).toBe('2026-04-11');
  });
});

it('reads what the file says that is sent last', () => {
  expect(readAnnounced('rows=120\r\nSUM: 88000.00\r\n', 'a.ok', 'CNY')).toEqual({
    rows: 120,
    sum: 8_800_000,
  });
  expect(readAnnounced('', 'a.ok', 'CNY')).toEqual({});
  expect(readAnnounced('made by night job 7', 'a.ok', 'CNY')).toEqual({});
  expect(() => readAnnounced('rows=12O', 'a.ok', 'CNY')).toThrow(/^FEED_READY_WRONG: .*a\.ok.*rows/);
  expect(() => readAnnounced('sum=1.2.3', 'a.ok', 'CNY')).toThrow(/^FEED_READY_WRONG/);
});
