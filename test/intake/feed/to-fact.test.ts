import { mappedLayout, plainLayout, type Layout } from '../../../src/intake/feed/layout';
import { factReader } from '../../../src/intake/feed/to-fact';
import { readMapping } from '../../../src/intake/mapping/read-mapping';

const AT = '2026-04-14T01:00:00.000Z';

/** What the rows of one file become: the event without what every one has, or the column that is wrong. */
function read(layout: Layout, rows: readonly Record<string, string>[]): unknown[] {
  const map = layout.map('CNY');
  const fact = factReader({ layout, currency: 'CNY', asOf: AT });
  return rows.map((row) => {
    const mapped = map(row);
    const told = 'issue' in mapped ? mapped : fact(mapped.values);
    return 'issue' in told ? [told.issue.code, told.issue.args['field']] : told.event;
  });
}

const money = (rows: readonly Record<string, string>[]): unknown[] =>
  read(
    plainLayout('bank', 'payments'),
    rows.map((row) => ({ account: 'K-1', amount: '60.00', value_date: '2026-04-11', ...row })),
  );
const debits = (rows: readonly Record<string, string>[]): unknown[] =>
  read(
    plainLayout('bank', 'debits'),
    rows.map((row) => ({ account: 'K-1', date: '2026-04-13', result: 'failed', ...row })),
  );

test('a payment posts the announced one that it names by its reference', () => {
  const [announced, posted] = money([
    { id: 'A-1', kind: 'pending' },
    { id: 'T-1', posts: 'A-1' },
  ]) as [{ id: string }, { id: string }];
  expect(announced).toMatchObject({ kind: 'payment', pending: true });
  expect(posted).toMatchObject({ kind: 'payment', posts: announced.id });
  expect(posted.id).not.toBe(announced.id);
  expect(posted).not.toHaveProperty('pending');
});

test('an announced payment fails by a reversal of its reference', () => {
  const [announced, failed] = money([
    { id: 'A-1', kind: 'pending' },
    { kind: 'reversal', of: 'A-1' },
  ]) as [{ id: string }, unknown];
  expect(failed).toMatchObject({ kind: 'reversal', of: announced.id });
});

test.each([
  ['what is announced', { id: 'A-2', kind: 'pending', posts: 'A-1' }],
  ['a refund', { kind: 'refund', posts: 'A-1' }],
  ['money that lowers the balance only', { counts: 'false', posts: 'A-1' }],
  ['an adjustment', { kind: 'adjustment', posts: 'A-1' }],
  ['what has the same reference', { id: 'A-1', posts: 'A-1' }],
])('%s posts no announced payment: the row is rejected by its column', (_what, row) => {
  expect(money([row])).toEqual([['ROW_FIELD_MALFORMED', 'posts']]);
});

test('a debit says for which due date it was, and when it is tried again', () => {
  expect(debits([{ due: '2026-04-10', retry_on: '2026-04-16' }])).toEqual([
    expect.objectContaining({
      kind: 'debit-result',
      date: '2026-04-13',
      result: 'failed',
      due: '2026-04-10',
      retryOn: '2026-04-16',
    }),
  ]);
  const [plain] = debits([{}]);
  expect(plain).not.toHaveProperty('due');
  expect(plain).not.toHaveProperty('retryOn');
});

test('the same result without a reference is the same fact, and one for another due date is another', () => {
  const id = (row: Record<string, string>): string => (debits([row]) as [{ id: string }])[0].id;
  expect(id({})).toBe(id({ due: '', retry_on: '' }));
  expect(new Set([id({}), id({ due: '2026-04-10' }), id({ due: '2026-03-10' })]).size).toBe(3);
});

test.each([
  ['a paid one', { result: 'paid', retry_on: '2026-04-16' }, 'retry_on'],
  ['a try before the debit', { retry_on: '2026-04-12' }, 'retry_on'],
  ['no day', { due: '10.4.' }, 'due'],
])('%s is rejected by its column', (_what, row, field) => {
  expect(debits([row])).toEqual([['ROW_FIELD_MALFORMED', field]]);
});

test("a bank's own layout names these columns and writes its days its own way", () => {
  const mapping = (lines: readonly string[]): Layout =>
    mappedLayout(
      readMapping(
        ['forbear: mapping/1', 'name: own', 'lender: bank', 'dates: DD/MM/YYYY', ...lines].join('\n'),
        'own.yaml',
      ),
    );
  const results = mapping([
    'kind: debits',
    'columns:',
    '  account: KONTO',
    '  date: TAG',
    '  due: FAELLIG',
    '  retry_on: ERNEUT',
    '  result: { from: STATUS, map: { "00": paid, "51": failed } }',
  ]);
  const row = { konto: 'K-1', tag: '13/04/2026', faellig: '10/04/2026', erneut: '16/04/2026', status: '51' };
  expect(read(results, [row])).toEqual([
    expect.objectContaining({
      date: '2026-04-13',
      result: 'failed',
      due: '2026-04-10',
      retryOn: '2026-04-16',
    }),
  ]);
  const payments = mapping([
    'kind: payments',
    'columns: { account: KONTO, id: REF, amount: BETRAG, value_date: WERT, posts: AVIS }',
  ]);
  const [posted] = read(payments, [
    { konto: 'K-1', ref: 'T-1', betrag: '60.00', wert: '11/04/2026', avis: 'A-1' },
  ]);
  const [announced] = money([{ id: 'A-1', kind: 'pending' }]) as [{ id: string }];
  expect(posted).toMatchObject({ posts: announced.id, valueDate: '2026-04-11' });
});
