import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { isCode } from '../../../src/book/book-error';
import { detectEncoding } from '../../../src/intake/file/encoding';
import { readPortfolio, type ReadOptions, type ReadRow } from '../../../src/client/enrol/read-portfolio';
import { RecordSplitter } from '../../../src/intake/file/records';
import type { EnrolRow } from '../../../src/intake/row/row';

const HEADER =
  'account,person,name,phone,email,product,currency,zone,as_of,past_due,oldest_due,cycles,balance';
const GOOD =
  'A-1,P-1,林美,+8613800138000,,credit_card,CNY,Asia/Shanghai,2026-04-10,1200.50,2026-03-25,1,12310.00';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-enrol-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(
  content: string | Buffer,
  options: Partial<ReadOptions> = {},
  name = 'p.csv',
): Promise<ReadRow[]> {
  const path = join(dir, name);
  writeFileSync(path, content);
  const rows: ReadRow[] = [];
  for await (const row of readPortfolio(path, { defaults: { lender: 'bank' }, ...options })) rows.push(row);
  return rows;
}

function good(rows: readonly ReadRow[]): EnrolRow[] {
  return rows.flatMap((row) => (row.kind === 'good' ? [row.row] : []));
}

function codes(rows: readonly ReadRow[]): string[] {
  return rows.flatMap((row) => (row.kind === 'reject' ? [`${row.record.line} ${row.issues[0]?.code}`] : []));
}

/** One row that is good but for the named cells. */
function row(cells: Record<string, string>): string {
  const values = Object.fromEntries(HEADER.split(',').map((column, i) => [column, GOOD.split(',')[i] ?? '']));
  const all = { ...values, ...cells };
  return `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}\n`;
}

describe('a portfolio in every encoding and with every line end', () => {
  const encodings: [string, (text: string) => Buffer][] = [
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['GB18030', (text) => iconv.encode(text, 'gb18030')],
    [
      'GB18030 with a mark',
      (text) => Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), iconv.encode(text, 'gb18030')]),
    ],
    ['UTF-16 with a mark', (text) => iconv.encode(text, 'utf-16le', { addBOM: true })],
  ];
  const ends: [string, string][] = [
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['a bare CR', '\r'],
  ];
  for (const [encoding, encode] of encodings)
    for (const [name, end] of ends)
      it(`reads ${encoding} with ${name}`, async () => {
        const second = GOOD.replace('A-1', 'A-2').replace('林美', `"王, ""阿""${end}明"`);
        const rows = await read(encode([HEADER, GOOD, second].join(end)));
        expect(codes(rows)).toEqual([]);
        const [first, other] = good(rows);
        expect(first?.person.name).toBe('林美');
        expect(first?.host).toEqual({
          asOf: '2026-04-10T00:00:00.000Z',
          pastDue: 120050,
          oldestDue: '2026-03-25',
          cycles: 1,
          balance: 1231000,
        });
        expect(other?.person.name).toBe(`王, "阿"${end}明`);
        expect(rows[1]?.record.line).toBe(3);
      });

  it('takes a file with one broken byte as UTF-8 and rejects the one row', async () => {
    const rows = GOOD.split('林美');
    const broken = Buffer.concat([
      Buffer.from(`A-9${rows[0]?.slice(3)}`),
      Buffer.from([0xe6, 0x9e]),
      Buffer.from(rows[1] ?? ''),
    ]);
    const whole = Buffer.concat([Buffer.from(`${HEADER}\n${GOOD}\n${GOOD.replace('A-1', 'A-2')}\n`), broken]);
    const found = await read(whole);
    expect(codes(found)).toEqual(['4 ROW_ENCODING']);
    expect(good(found).map((one) => one.person.name)).toEqual(['林美', '林美']);
  });

  it('finds the encoding when the first Chinese letter comes late', async () => {
    const path = join(dir, 'late.csv');
    writeFileSync(path, iconv.encode(`${'a,b\n'.repeat(200_000)}林美\n`, 'gb18030'));
    await expect(detectEncoding(path)).resolves.toBe('gb18030');
  });

  it('reads JSON lines, with facts and obligations as they are', async () => {
    const line = JSON.stringify({
      account: 'L-1',
      email: 'a@Example.COM',
      product: 'consumer_loan',
      currency: 'CNY',
      zone: 'Asia/Shanghai',
      obligations: [
        { due: '2026-04-25', amount: 190 },
        { due: '2026-03-25', amount: '1200.00' },
      ],
      facts: { score: 512, salaried: true },
    });
    const [found] = good(await read(`${line}\r\n\r\n`, {}, 'p.jsonl'));
    expect(found).toMatchObject({
      books: 'obligations',
      endpoints: [{ kind: 'email', value: 'a@example.com' }],
      obligations: [
        { due: '2026-03-25', amount: 120000 },
        { due: '2026-04-25', amount: 19000 },
      ],
      facts: { score: 512, salaried: true },
    });
  });
});

describe('a row that cannot be enrolled', () => {
  const cases: [string, Record<string, string>, string][] = [
    ['no account', { account: '' }, 'ROW_FIELD_MISSING'],
    ['no as_of', { as_of: '' }, 'ROW_FIELD_MISSING'],
    ['no currency', { currency: '' }, 'ROW_FIELD_MISSING'],
    ['no oldest due date', { oldest_due: '' }, 'ROW_FIELD_MISSING'],
    ['nothing owed said', { as_of: '', past_due: '', balance: '' }, 'ROW_NO_OBLIGATION'],
    ['a date of another shape', { oldest_due: '25.03.2026' }, 'ROW_FIELD_MALFORMED'],
    ['an unknown product', { product: 'mortgage' }, 'ROW_FIELD_MALFORMED'],
    ['cycles that are no number', { cycles: 'two' }, 'ROW_FIELD_MALFORMED'],
    ['a name as a fact', { 'fact.note': 'Lin Mei 138' }, 'ROW_FIELD_MALFORMED'],
    ['the 30th of February', { oldest_due: '2026-02-30' }, 'ROW_DATE_IMPOSSIBLE'],
    ['a thirteenth month', { as_of: '2026-13-01' }, 'ROW_DATE_IMPOSSIBLE'],
    ['a negative amount', { past_due: '-1.00' }, 'ROW_AMOUNT_NEGATIVE'],
    ['an amount in words', { balance: 'much' }, 'ROW_AMOUNT_MALFORMED'],
    ['three decimals of a yuan', { past_due: '1.001' }, 'ROW_DECIMALS'],
    ['decimals of a yen', { currency: 'JPY', past_due: '1.5' }, 'ROW_DECIMALS'],
    ['a currency that is none', { currency: 'RMB' }, 'ROW_CURRENCY_UNKNOWN'],
    ['a zone that is none', { zone: 'Asia/Peking' }, 'ROW_ZONE_UNKNOWN'],
    ['an offset as a zone', { zone: '+08:00' }, 'ROW_ZONE_UNKNOWN'],
    ['no contact', { phone: '' }, 'ROW_NOT_REACHABLE'],
    ['a number without a country', { phone: '13800138000' }, 'ROW_NOT_REACHABLE'],
    ['a number that is too short', { phone: '+86138' }, 'ROW_NOT_REACHABLE'],
    ['more past due than owed', { balance: '1.00' }, 'ROW_CONTRADICTS'],
    ['a due date after as_of', { oldest_due: '2026-05-25' }, 'ROW_CONTRADICTS'],
    ['two kinds of books', { obligations: '2026-03-25:1.00' }, 'ROW_CONTRADICTS'],
  ];
  it.each(cases)('%s', async (_name, cells, code) => {
    expect(codes(await read(row(cells)))).toEqual([`2 ${code}`]);
  });

  it('more facts than an account keeps, and takes as many as it does', async () => {
    const line = (count: number) =>
      JSON.stringify({
        ...{ account: `L-${count}`, email: 'a@example.com', product: 'consumer_loan', currency: 'CNY' },
        ...{ zone: 'Asia/Shanghai', obligations: [{ due: '2026-04-25', amount: 190 }] },
        facts: Object.fromEntries(Array.from({ length: count }, (_v, k) => [`f${k}`, k])),
      });
    const found = await read(`${line(41)}\n${line(40)}\n`, {}, 'p.jsonl');
    expect(codes(found)).toEqual(['1 ROW_FACTS_TOO_MANY']);
    expect(good(found)).toHaveLength(1);
  });

  it('keeps every reason of a row', async () => {
    const [found] = await read(row({ zone: 'x', oldest_due: 'y', account: '' }));
    expect(found?.kind === 'reject' && found.issues.map((issue) => issue.code).sort()).toEqual([
      'ROW_FIELD_MALFORMED',
      'ROW_FIELD_MISSING',
      'ROW_ZONE_UNKNOWN',
    ]);
  });

  it('refuses what the strategy is not for', async () => {
    const only = { product: 'consumer_loan', currency: 'CNY' } as const;
    expect(codes(await read(row({}), { defaults: { lender: 'bank', only } }))).toEqual([
      '2 ROW_NOT_FOR_STRATEGY',
    ]);
  });

  it('takes an account twice with the same content once, with another content not', async () => {
    const rows = await read([HEADER, GOOD, GOOD, GOOD.replace('1200.50', '1.00')].join('\n'));
    expect(rows.map((one) => one.kind)).toEqual(['good', 'again', 'reject']);
    expect(codes(rows)).toEqual(['4 ROW_TWICE_DIFFERENT']);
    expect(rows[2]?.kind === 'reject' && rows[2].issues[0]?.args).toEqual({ line: 2 });
  });

  it('loses one line to a quote that is never closed, and none behind it', async () => {
    const lost = GOOD.replace('林美', '"林美');
    const rest = Array.from({ length: 300 }, (_v, i) => GOOD.replace('A-1', `B-${i}`));
    const found = await read([HEADER, lost, ...rest].join('\n'));
    expect(codes(found)).toEqual(['2 ROW_NOT_READABLE']);
    expect(good(found)).toHaveLength(300);
  });

  it('loses two lines to two stray quotes, and none between them', async () => {
    const lines = ['A-1', '"A-2', 'A-3', 'A-4', '"A-5', 'A-6'].map((account) => GOOD.replace('A-1', account));
    const found = await read([HEADER, ...lines].join('\r\n'));
    expect(codes(found)).toEqual(['3 ROW_NOT_READABLE', '6 ROW_NOT_READABLE']);
    expect(good(found).map((one) => one.account)).toEqual(['A-1', 'A-3', 'A-4', 'A-6']);
  });

  it('rejects what no database keeps and what JSON has rounded', async () => {
    const json = (cells: object) =>
      JSON.stringify({
        ...{ account: 'J', phone: '+8613800138000', as_of: '2026-04-10', past_due: '1.00', balance: '2.00' },
        ...{ oldest_due: '2026-03-25', cycles: 1, currency: 'CNY', product: 'credit_card' },
        ...{ zone: 'Asia/Shanghai', ...cells },
      });
    const lines = [
      json({ account: 'J-1' }),
      json({ account: 'J-2', name: 'a\u0000b' }),
      json({ account: 'J-3', name: 'a\ud800' }),
      json({ account: 'J-4', parties: [{ role: 'guarantor', person: 'P', name: 'a\u0000' }] }),
      json({}).replace('"J"', '6222020200112233445'),
    ];
    const rows = await read(lines.join('\n'), {}, 'p.jsonl');
    expect(codes(rows)).toEqual([2, 3, 4, 5].map((line) => `${line} ROW_FIELD_MALFORMED`));
    expect(good(rows).map((row) => row.account)).toEqual(['J-1']);
    expect(codes(await read(row({ name: 'a\0b' })))).toEqual(['2 ROW_FIELD_MALFORMED']);
  });

  it('rejects a row with a field too many, and what is not JSON', async () => {
    expect(codes(await read(`${HEADER}\n${GOOD},x`))).toEqual(['2 ROW_NOT_READABLE']);
    expect(codes(await read('{"account":\n[1]\n{"acount":"x"}', {}, 'p.jsonl'))).toEqual([
      '1 ROW_NOT_READABLE',
      '2 ROW_NOT_READABLE',
      '3 ROW_FIELD_MISSING',
    ]);
  });
});

describe('a file that is no portfolio', () => {
  const refusal = (content: string) =>
    read(content).then(
      () => 'read',
      (error: unknown) => error,
    );
  it('is refused as a whole', async () => {
    expect(isCode(await refusal('acount,name\n1,2'), 'ENROL_COLUMN_UNKNOWN')).toBe(true);
    expect(isCode(await refusal('person,name\n1,2'), 'ENROL_COLUMN_MISSING')).toBe(true);
    expect(isCode(await refusal('account,account\n1,2'), 'ENROL_COLUMN_TWICE')).toBe(true);
    expect(isCode(await refusal(' \n\n'), 'ENROL_EMPTY')).toBe(true);
    expect(isCode(await refusal(HEADER), 'ENROL_EMPTY')).toBe(true);
    const gone = readPortfolio(join(dir, 'not-there.csv'), { defaults: { lender: 'bank' } }).next();
    await expect(gone).rejects.toMatchObject({ code: 'ENROL_FILE_MISSING' });
  });

  it.each([
    ['an archive', Buffer.from('PK\u0003\u0004\u0000\u0000a,b\n1,2\n')],
    ['UTF-16 without a mark', iconv.encode(`${HEADER}\n${GOOD}\n`, 'utf-16le')],
  ])('%s is named as no text, without showing its bytes', async (_name, bytes) => {
    const said = await read(bytes).catch((error: Error) => error.message);
    expect(said).toContain('ENROL_NOT_TEXT');
    expect(said).not.toMatch(/[^\P{Cc}]/u);
  });

  it('reads other delimiters and leaves out ignored columns', async () => {
    const text = `${HEADER},branch\n${GOOD},7`.replaceAll(',', ';');
    expect(good(await read(text, { ignore: ['branch'] }))).toHaveLength(1);
  });
});

describe('properties of the reader', () => {
  it('gives the same records however the text is cut into pieces', () => {
    const cell = fc.constantFrom('a', '"b"', '"c,""d"', '"e\r\nf"', '"g', 'h"i', '');
    const line = fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(','));
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end), { maxLength: 12 }), fc.array(fc.nat(40)), (lines, cuts) => {
        const text = lines.map(([body, stop]) => body + stop).join('');
        const options = { delimiter: ',', fits: (record: string) => record.split(',').length <= 3 };
        const whole = new RecordSplitter(options);
        const expected = [...whole.push(text), ...whole.end()];
        const pieces = new RecordSplitter(options);
        const found = [];
        let at = 0;
        for (const cut of cuts) {
          found.push(...pieces.push(text.slice(at, at + cut)));
          at = Math.min(text.length, at + cut);
        }
        found.push(...pieces.push(text.slice(at)), ...pieces.end());
        expect(found).toEqual(expected);
      }),
    );
  });

  it('answers every line of any text and throws for none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), async (lines) => {
        const clean = lines.map((line) => line.replace(/[\r\n"]/g, '')).filter((line) => line !== '');
        const found = await read([HEADER, GOOD, ...clean].join('\n'), { encoding: 'utf-8' });
        expect(found).toHaveLength(clean.length + 1);
        expect(found[0]?.kind).toBe('good');
      }),
      { numRuns: 60 },
    );
  });
});
