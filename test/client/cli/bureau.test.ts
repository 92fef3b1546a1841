import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CARD, LATE, record, text } from '../../domain/bureau/metro2/good-file';
import { forbear } from './command-line';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'forbear-bureau-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(dir, name);
  writeFileSync(path, content, 'latin1');
  return path;
}

const SECOND = { consumerAccountNumber: 'ACC-0002' };

describe('bureau check', () => {
  it('says that nothing is wrong, and exits with 0', async () => {
    const good = file('good', await text([record(CARD), record({ ...LATE, ...SECOND })]));
    const { code, out } = await forbear(['bureau', 'check', good]);
    expect(out).toBe(`${good}: nothing is wrong. 4 records, 0 errors, 0 warnings.`);
    expect(code).toBe(0);
  });

  it('says record, field and rule of each finding, and exits with 1', async () => {
    const bad = file(
      'bad',
      await text([record(CARD), record({ ...LATE, ...SECOND, dateFirstDelinquency: null })]),
    );
    const { code, out } = await forbear(['bureau', 'check', bad]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /│ 3 +│ base +│ date first delinquency +│ 190 +│ zeros +│ M1 +│ BUREAU_FIRST_DELINQUENCY_MISSING/,
    );
    expect(out).toContain(
      '1 × BUREAU_FIRST_DELINQUENCY_MISSING: Status 78 wants the day of first delinquency.',
    );
    expect(out).not.toContain('LEE');
    const json = JSON.parse((await forbear(['bureau', 'check', bad, '--json'])).out) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({
      ...{ records: 4, errors: 1, warnings: 0, leftOff: 0, activityDate: '2026-03-31' },
      byCode: { BUREAU_FIRST_DELINQUENCY_MISSING: 1 },
      findings: [
        { record: 3, offset: 1654, segment: 'base', field: 'dateFirstDelinquency', at: 190, rule: 'M1' },
      ],
      counted: { totalBaseRecords: 2, totalStatusCode78: 1 },
      trailer: { totalBaseRecords: 2 },
    });
  });

  it('counts what it does not show', async () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      record({ ...CARD, consumerAccountNumber: `A${i}`, amountPastDue: 1 }),
    );
    const ran = await forbear(['bureau', 'check', file('many', await text(many)), '--most', '2']);
    expect(ran.out).toContain('28 more are not shown; --most 30 shows all.');
    expect(ran.out).toContain('30 × BUREAU_PAST_DUE_UNWANTED');
  });

  it('compares with the file before, and with the open disputes', async () => {
    const before = file(
      'before',
      await text([
        record({
          ...LATE,
          identificationNumber: 'OTHER001',
          accountStatus: '71',
          dateAccountInformation: '2026-02-28',
          paymentHistoryProfile: `0E${'0'.repeat(22)}`,
        }),
      ]),
    );
    const now = file('now', await text([record(LATE)]));
    const disputed = file('disputed', 'ACC-0001\r\nACC-9\r\n');
    const args = ['bureau', 'check', now, '--before', before, '--disputed', disputed, '--json'];
    const { byCode } = JSON.parse((await forbear(args)).out) as { byCode: Record<string, number> };
    expect(byCode).toEqual({ BUREAU_IDENTIFICATION_CHANGED: 1, BUREAU_DISPUTE_UNMARKED: 1 });
  });

  it('warnings alone do not fail', async () => {
    const { code, out } = await forbear([
      'bureau',
      'check',
      file('warned', await text([record({ ...CARD, city: 'Springfield' })])),
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining('F (warning)')]);
  });

  it('a cut file, other bytes and a wrong length are findings with their place', async () => {
    const whole = await text([record(CARD), record({ ...LATE, ...SECOND })]);
    const lines = whole.split('\n');
    const cases: [string, string, object][] = [
      ['cut', whole.slice(0, 2000), { code: 'BUREAU_FILE_CUT', record: 3, offset: 1654 }],
      [
        'bytes',
        whole.replace('SPRINGFIELD         IL', 'SPRINGFI\u00c9LD         IL'.slice(0, 20) + 'IL'),
        { code: 'BUREAU_NOT_ASCII', record: 2, field: 'city' },
      ],
      [
        'length',
        [lines[0], lines[1]!.trimEnd(), ...lines.slice(2)].join('\n'),
        { code: 'BUREAU_RECORD_LENGTH', record: 2, offset: 827 },
      ],
    ];
    for (const [name, content, finding] of cases) {
      const { code, out, err } = await forbear(['bureau', 'check', file(name, content), '--json']);
      expect([name, code, err]).toEqual([name, 1, '']);
      expect((JSON.parse(out) as { findings: object[] }).findings[0]).toMatchObject(finding);
    }
  });

  it.each([
    ['04300426HEADER', /BUREAU_VARIABLE_BLOCK: .*variable blocks/],
    ['\u0001\u00aa\u0000\u0000HEADER', /BUREAU_PACKED: .*packed format/],
    ['account,status', /BUREAU_NOT_METRO2/],
    ['', /BUREAU_FILE_EMPTY/],
  ])('%j is refused by its name, with the file', async (content, says) => {
    const path = file('other', content);
    for (const command of ['check', 'show']) {
      const { code, out, err } = await forbear(['bureau', command, path]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(says);
      expect(err.startsWith(`${path}: `)).toBe(true);
    }
  });

  it('a missing file and a number that is none are mistakes of usage', async () => {
    expect(await forbear(['bureau', 'check', join(dir, 'none')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT') as string,
    });
    expect(await forbear(['bureau', 'check', dir])).toMatchObject({
      code: 2,
      err: expect.stringContaining('FILE_UNREADABLE') as string,
    });
    expect(await forbear(['bureau', 'check', 'x', '--most', '0'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--most') as string,
    });
  });
});

describe('bureau show', () => {
  it('reads a record in words, and masks what is personal', async () => {
    const path = file(
      'shown',
      await text([record(CARD), record({ ...LATE, ...SECOND, complianceConditionCode: 'XB' })]),
    );
    const { code, out } = await forbear(['bureau', 'show', path, '--record', '3']);
    expect(code).toBe(0);
    expect(out).toContain('60 to 89 days past due');
    expect(out).toContain('disputed under FCRA, being investigated');
    expect(out).toContain('<text>');
    for (const secret of ['LEE', 'ANN', '123456780', '1980', '5175550100', 'OAK', 'ACC-0002'])
      expect(out).not.toContain(secret);
    const unmasked = await forbear(['bureau', 'show', path, '--account', 'ACC-0002', '--unmask']);
    expect(unmasked.out).toContain('2 OAK ROAD');
    const json = JSON.parse((await forbear(['bureau', 'show', path, '--json'])).out) as {
      kind: string;
      fields: object[];
    };
    expect(json.kind).toBe('header');
    expect(json.fields).toContainEqual(
      expect.objectContaining({ field: 'activity date', value: '2026-03-31', at: 48 }),
    );
  });

  it('says that there is no such record', async () => {
    const path = file('few', await text([record(CARD)]));
    expect(await forbear(['bureau', 'show', path, '--record', '9'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('BUREAU_RECORD_UNKNOWN') as string,
    });
    expect((await forbear(['bureau', 'show', path, '--account', 'ACC-9'])).err).not.toContain('ACC-9');
  });
});
