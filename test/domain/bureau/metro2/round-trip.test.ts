import fc from 'fast-check';
import { readRecord } from '../../../../src/domain/bureau/metro2/read/read-record';
import { readFile } from '../../../../src/domain/bureau/metro2/read/read-file';
import {
  baseSegment,
  header,
  type DataRecord,
  type FileRecord,
} from '../../../../src/domain/bureau/metro2/record';
import { recordText } from '../../../../src/domain/bureau/metro2/write/record-text';
import { writeFile } from '../../../../src/domain/bureau/metro2/write/write-file';
import { fitText } from '../../../../src/domain/bureau/metro2/write/fit-text';
import { anyData, anyHeader } from './any-record';
import { inPieces } from './pieces';

const readRecordOf = (text: string) => readRecord({ number: 2, offset: 0, text, flaws: [] });

async function read(text: string, size = 1000): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const { record, flaws } of readFile(inPieces(text, size))) {
    expect(flaws).toEqual([]);
    if (record !== null) records.push(record);
  }
  return records;
}

async function written(...args: Parameters<typeof writeFile>): Promise<string> {
  let text = '';
  for await (const piece of writeFile(...args)) text += piece;
  return text;
}

it.each(['', '\n'] as const)(
  'any records read back equal, with line end %j, in pieces of any size',
  async (lineEnd) => {
    const files = fc.tuple(anyHeader, fc.array(anyData, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }));
    await fc.assert(
      fc.asyncProperty(files, async ([head, records, size]) => {
        const text = await written(head, records, { lineEnd });
        const found = await read(text, size);
        expect(found.slice(0, -1)).toEqual([head, ...records]);
        // What was read is written the same again, the trailer too.
        expect(found.map((record) => recordText(record) + lineEnd).join('')).toBe(text);
      }),
      { numRuns: 60 },
    );
  },
);

it('counts in the trailer what it wrote', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeader, fc.array(anyData, { maxLength: 6 }), async (head, records) => {
      const trailer = (await read(await written(head, records))).at(-1);
      if (trailer?.kind !== 'trailer') throw new Error('no trailer');
      const { values } = trailer.trailer;
      const parts = records.flatMap(({ appendages }) => appendages);
      const people = [
        ...records.map(({ base }) => base.values),
        ...parts.flatMap((part) => (part.id === 'J1' || part.id === 'J2' ? [part.values] : [])),
      ];
      expect(values.totalBaseRecords).toBe(records.length);
      expect(values.blockCount).toBe(records.length + 2);
      expect(values.totalConsumerSegmentsJ1).toBe(parts.filter(({ id }) => id === 'J1').length);
      expect(values.totalEmploymentSegments).toBe(parts.filter(({ id }) => id === 'N1').length);
      expect(values.totalDatesBirthAllSegments).toBe(people.filter((who) => who.dateBirth !== null).length);
      expect(values.totalTelephoneNumbersAllSegments).toBe(
        people.filter((who) => who.telephoneNumber !== '').length,
      );
      expect(values.totalECOACodeZ).toBe(people.filter((who) => who.ecoaCode === 'Z').length);
    }),
    { numRuns: 40 },
  );
});

it('blank-fills every record to one length, and says when one does not fit', async () => {
  const record: DataRecord = { kind: 'data', base: baseSegment({ accountStatus: '11' }), appendages: [] };
  const text = await written(header({}), [record, record], { length: 500 });
  expect(text.split('\n').map((line) => [line.slice(0, 4), line.length])).toEqual([
    ...[0, 1, 2, 3].map(() => ['0500', 500]),
    ['', 0],
  ]);
  await expect(written(header({}), [record], { length: 400 })).rejects.toMatchObject({
    code: 'BUREAU_RECORD_TOO_LONG',
  });
});

it.each([
  ['surname', 'A'.repeat(26)],
  ['surname', 'LÓPEZ'],
  ['socialSecurityNumber', '12345678'],
  ['currentBalance', -1],
  ['currentBalance', 1_000_000_000],
  ['currentBalance', 1.5],
  ['dateOpened', '2026-02-30'],
  ['timeStamp', '2026-02-28T24:00:00'],
])('refuses to write %s when it does not fit, and says no more than the field', (field, value) => {
  const record: DataRecord = { kind: 'data', base: baseSegment({ [field]: value }), appendages: [] };
  expect(() => recordText(record)).toThrow(
    expect.objectContaining({ code: 'BUREAU_VALUE_UNFIT', args: expect.objectContaining({ field }) }),
  );
  try {
    recordText(record);
  } catch (error) {
    expect((error as Error).message).not.toContain(String(value));
  }
});

it.each([
  ['José Müller', 20, 'JOSE MULLER'],
  ['Straße 5,  Łódź', 20, 'STRASSE 5, LODZ'],
  ['O’Brien–Smith', 20, "O'BRIEN-SMITH"],
  ['王小明', 20, ''],
  ['ABCDEF GHI', 7, 'ABCDEF'],
])('fits %j into %d characters', (text, length, fitted) => {
  expect(fitText(text, length)).toBe(fitted);
});

it('keeps what it cannot read as it stands', async () => {
  const good = recordText({ kind: 'data', base: baseSegment({ surname: 'LEE' }), appendages: [] });
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 425 }), fc.integer({ min: 0, max: 255 }), (at, code) => {
      const bad =
        good.slice(0, at) + String.fromCharCode(code === 10 || code === 13 ? 0 : code) + good.slice(at + 1);
      // Synchronous, through the parts that the reader is made of.
      const { record } = readRecordOf(bad);
      expect(record === null ? bad : recordText(record)).toBe(bad);
    }),
    // A tab in a reserved field is no blank.
    { examples: [[214, 9]], numRuns: 300 },
  );
});
