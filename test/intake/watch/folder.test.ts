import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, filesIn, putAway } from '../../../src/intake/watch/folder';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forbear-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text = name): void => writeFileSync(join(folder, name), text);
const names = (shelf: string): string[] => readdirSync(join(folder, shelf)).sort();

it('sees regular files only, and knows how long nobody has written to them', async () => {
  put('a.csv');
  put('.hidden');
  symlinkSync(join(folder, 'a.csv'), join(folder, 'link.csv'));
  // A sender that keeps the old time of a file does not make it older.
  utimesSync(join(folder, 'a.csv'), new Date(0), new Date(0));
  const files = await filesIn(folder);
  expect(files.map(({ name, claimed }) => [name, claimed])).toEqual([['a.csv', false]]);
  expect(files[0]?.quietSeconds).toBeLessThan(3_600);
  expect(names('.').sort()).toEqual(['.hidden', 'a.csv', 'done', 'link.csv', 'refused', 'taking']);
});

it('says what the file system refuses', async () => {
  await expect(filesIn(join(folder, 'none'))).rejects.toMatchObject({
    code: 'WATCH_FOLDER_UNUSABLE',
    args: { reason: 'ENOENT' },
  });
  put('a.csv');
  await expect(filesIn(join(folder, 'a.csv'))).rejects.toMatchObject({ code: 'WATCH_FOLDER_UNUSABLE' });
});

it('claims a file once, and leaves another one of its name alone until it is put away', async () => {
  put('a.csv', 'first');
  await filesIn(folder);
  const path = await claim(folder, 'a.csv');
  put('a.csv', 'second');
  expect(await claim(folder, 'a.csv')).toBe(path);
  expect(readFileSync(path ?? '', 'utf8')).toBe('first');
  await putAway(folder, 'a.csv', 'done', [], null);
  expect(readFileSync((await claim(folder, 'a.csv')) ?? '', 'utf8')).toBe('second');
  expect(await claim(folder, 'b.csv')).toBeNull();
});

it('puts files away under names of their own, and does it once however often it is asked', async () => {
  for (const text of ['first', 'second']) {
    put('a.csv', text);
    put('a.ok', text);
    await filesIn(folder);
    for (const name of ['a.csv', 'a.ok']) await claim(folder, name);
    writeFileSync(join(folder, 'taking', 'a.csv.rejects.csv'), text);
    const beside = ['a.csv.rejects.csv', 'a.ok'];
    // As if the run had been killed after the first of them: the rest follows.
    if (text === 'second') rmSync(join(folder, 'taking', 'a.ok'));
    for (let tries = 0; tries < 2; tries += 1)
      await putAway(folder, 'a.csv', 'refused', beside, `why ${text}`);
  }
  expect(names('taking')).toEqual([]);
  expect(names('refused')).toEqual([
    ...['a.csv', 'a.csv.2', 'a.csv.2.reason.txt', 'a.csv.2.rejects.csv'],
    ...['a.csv.reason.txt', 'a.csv.rejects.csv', 'a.ok'],
  ]);
  const said = (name: string): string => readFileSync(join(folder, 'refused', name), 'utf8');
  expect([said('a.csv'), said('a.csv.reason.txt')]).toEqual(['first', 'why first\n']);
  expect([said('a.csv.2'), said('a.csv.2.rejects.csv')]).toEqual(['second', 'second']);
});
