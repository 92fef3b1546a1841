import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPortfolio, type ReadRow } from '../../../src/client/enrol/read-portfolio';
import { rowHash, toAccount } from '../../../src/intake/row/to-account';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-parties-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(file: string, content: string): Promise<ReadRow[]> {
  writeFileSync(join(dir, file), content);
  const rows: ReadRow[] = [];
  const defaults = { lender: 'bank', country: 'CN', language: 'zh' } as const;
  for await (const row of readPortfolio(join(dir, file), { defaults })) rows.push(row);
  return rows;
}

const LOAN = {
  account: 'L-1',
  person: 'P-1',
  phone: '13800138000',
  product: 'consumer_loan',
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  obligations: [{ due: '2026-03-25', amount: '1200.00' }],
};
const json = (parties?: unknown) => `${JSON.stringify({ ...LOAN, parties })}\n`;

describe('other people on an account, in a portfolio', () => {
  test('a JSON line has them as a list, a CSV as the same list in a cell', async () => {
    const list = [
      { role: 'guarantor', person: 'G-1', name: '李娜', phone: '139 0013 9000', limitation: '2027-04-30' },
      { role: 'supplementary', person: 'S-1' },
    ];
    const [line] = await read('a.jsonl', json(list));
    const cell = JSON.stringify(list).replaceAll('"', '""');
    const csv = `account,person,phone,product,currency,zone,obligations,parties\nL-1,P-1,13800138000,consumer_loan,CNY,Asia/Shanghai,2026-03-25:1200.00,"${cell}"\n`;
    const [other] = await read('a.csv', csv);
    if (line?.kind !== 'good' || other?.kind !== 'good') throw new Error(JSON.stringify([line, other]));
    expect(other.row).toEqual(line.row);
    expect(toAccount(line.row, 'hash', '2026-04-01T02:00:00.000Z').parties).toEqual([
      {
        role: 'guarantor',
        limitation: '2027-04-30',
        person: {
          lender: 'bank',
          lenderPerson: 'G-1',
          name: '李娜',
          language: 'zh',
          zone: 'Asia/Shanghai',
          endpoints: [{ kind: 'mobile', value: '+8613900139000' }],
        },
      },
      expect.objectContaining({ role: 'supplementary' }),
    ]);
  });

  test('a row without them is what it was, and an account known before is still the same', async () => {
    const [row] = await read('b.jsonl', json());
    const [empty] = await read('c.jsonl', json([]));
    if (row?.kind !== 'good' || empty?.kind !== 'good') throw new Error('not good');
    expect(row.row).not.toHaveProperty('parties');
    expect(rowHash(empty.row)).toBe(rowHash(row.row));
  });

  test.each([
    ['no JSON', 'not a list', 'ROW_FIELD_MALFORMED', 'parties'],
    [
      'a role that nobody has',
      [{ role: 'neighbour', person: 'N-1' }],
      'ROW_FIELD_MALFORMED',
      'parties[0].role',
    ],
    ['nobody', [{ role: 'joint' }], 'ROW_FIELD_MALFORMED', 'parties[0].person'],
    [
      'an impossible day',
      [{ role: 'joint', person: 'J', limitation: '2026-02-30' }],
      'ROW_FIELD_MALFORMED',
      'parties[0].limitation',
    ],
    ['the main party again', [{ role: 'joint', person: 'P-1' }], 'ROW_CONTRADICTS', undefined],
    [
      'one twice',
      [
        { role: 'joint', person: 'J' },
        { role: 'joint', person: 'J' },
      ],
      'ROW_CONTRADICTS',
      undefined,
    ],
  ])('%s is refused by its place, without its value', async (_what, list, code, field) => {
    const [row] = await read('d.jsonl', json(list));
    if (row?.kind !== 'reject') throw new Error('not rejected');
    expect(row.issues[0]).toMatchObject({ code, args: field === undefined ? {} : { field } });
    expect(JSON.stringify(row.issues)).not.toContain('neighbour');
  });
});
