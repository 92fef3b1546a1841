import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileCheck } from '../../../../src/domain/bureau/metro2/check/check-file';
import { readFile } from '../../../../src/domain/bureau/metro2/read/read-file';
import type { DataRecord, FileRecord } from '../../../../src/domain/bureau/metro2/record';
import { recordText } from '../../../../src/domain/bureau/metro2/write/record-text';
import { writeFile } from '../../../../src/domain/bureau/metro2/write/write-file';
import { inPieces } from './pieces';

const folder = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'data/metro2');
const file = join(folder, 'unpacked_fixed_file.dat');
const present = existsSync(file);
const whenPresent = present ? it : it.skip;
if (!present) console.log(`skipped: the sample file is not in ${folder}`);

async function sample(size: number): Promise<{ text: string; records: FileRecord[] }> {
  const text = readFileSync(file, 'latin1');
  const records: FileRecord[] = [];
  for await (const { record, flaws } of readFile(inPieces(text, size))) {
    expect(flaws).toEqual([]);
    if (record !== null) records.push(record);
  }
  return { text, records };
}

whenPresent.each([1, 7, 426, 100_000])('is written as it was read, in pieces of %d bytes', async (size) => {
  const { text, records } = await sample(size);
  expect(records.map(({ kind }) => kind)).toEqual(['header', 'data', 'trailer']);
  expect(records.map((record) => recordText(record)).join('')).toBe(text);
});

whenPresent('is written again with a trailer that is counted, not copied', async () => {
  const { text, records } = await sample(1000);
  const [head] = records;
  if (head?.kind !== 'header') throw new Error('no header');
  const data = records.filter((record): record is DataRecord => record.kind === 'data');
  let written = '';
  for await (const piece of writeFile(head, data, { lineEnd: '' })) written += piece;
  expect(written).toBe(text);
});

/** The same record as another program of another maker reads it: names are theirs in another case. */
whenPresent('has the values that the other reader found', async () => {
  const { records } = await sample(1000);
  const theirs = JSON.parse(readFileSync(join(folder, 'unpacked_fixed_file.json'), 'utf8')) as {
    data: readonly Record<string, Readonly<Record<string, unknown>>>[];
    trailer: Readonly<Record<string, unknown>>;
  };
  const data = records.find((record): record is DataRecord => record.kind === 'data')!;
  const expected = theirs.data[0]!;
  compare(expected['base']!, data.base.values);
  for (const { id, values } of data.appendages) {
    const found = expected[id.toLowerCase()];
    compare((Array.isArray(found) ? found[0] : found) as Readonly<Record<string, unknown>>, values);
  }
  const trailer = records.find((record) => record.kind === 'trailer')!;
  if (trailer.kind === 'trailer') compare(theirs.trailer, trailer.trailer.values);
});

function compare(theirs: Readonly<Record<string, unknown>>, ours: object): void {
  const mine = ours as Readonly<Record<string, unknown>>;
  let compared = 0;
  for (const [name, value] of Object.entries(theirs)) {
    if (!(name in mine)) continue;
    const day = typeof value === 'string' && value.endsWith('Z');
    const same = day ? value.slice(0, String(mine[name]).length) : String(value);
    expect([name, String(mine[name])]).toEqual([name, same]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(0);
}

whenPresent('is full of contradictions, each named', async () => {
  const check = new FileCheck({ today: '2026-01-01' });
  const found: string[] = [];
  for await (const read of readFile([readFileSync(file, 'latin1')]))
    found.push(...check.record(read).map(({ rule, field, code }) => `${rule} ${field} ${code}`));
  found.push(...check.end().map(({ code }) => code));
  expect(found).toEqual(expect.arrayContaining(['M6 currentBalance BUREAU_PAID_BUT_OWED']));
  expect(found).toEqual(expect.arrayContaining(['M8 accountType BUREAU_CREDITOR_MISSING']));
  expect(found).toEqual(expect.arrayContaining(['P accountType BUREAU_TYPE_UNFIT']));
  expect(found.filter((line) => line.startsWith('T '))).toEqual([]);
});
