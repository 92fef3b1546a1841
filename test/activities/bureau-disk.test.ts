import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../src/activities/bureau/whole-file';
import { bureauStage } from './bureau-under-test';

async function* lines(count: number, bytes: number): AsyncGenerator<string> {
  for (let i = 0; i < count; i += 1) yield `${'x'.repeat(bytes - 1)}\n`;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forbear-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file is there whole, and for its owner only', async () => {
  const path = join(folder, 'made', 'file.txt');
  const whole = await writeWhole(path, lines(5_000, 526), 'latin1');
  expect(whole).toMatchObject({ bytes: 5_000 * 526 });
  const [sum] = execFileSync('sha256sum', [path], { encoding: 'utf8' }).split(' ');
  expect(whole?.hash).toBe(sum);
  expect(execFileSync('stat', ['-c', '%a', path], { encoding: 'utf8' }).trim()).toBe('600');
  expect(readdirSync(join(folder, 'made'))).toEqual(['file.txt']);
});

/** A file system of one megabyte, where this process may mount one; a device that is always full elsewhere has no names. */
function smallDisk(): string | null {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
  return status === 0 ? disk : null;
}

test('a full disk leaves nothing under the name, nor a part, and what was there before stays', async () => {
  const disk = smallDisk();
  if (disk === null) {
    console.warn('No file system can be mounted here: the full disk is tried by a limit on file sizes only.');
    return;
  }
  try {
    const path = join(disk, 'file.txt');
    writeFileSync(path, 'before');
    await expect(writeWhole(path, lines(5_000, 526), 'latin1')).rejects.toMatchObject({
      ...{ code: 'FILE_UNWRITABLE', args: { reason: 'ENOSPC' } },
    });
    expect(readdirSync(disk)).toEqual(['file.txt']);
    expect(execFileSync('cat', [path], { encoding: 'utf8' })).toBe('before');
  } finally {
    spawnSync('umount', [disk], { stdio: 'ignore' });
  }
});

test('a month whose disk is full is told when there is room: the same file, whole', async () => {
  const stage = await bureauStage();
  const kept = stage.reporting.keep;
  mkdirSync(kept, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', kept], { stdio: 'ignore' });
  try {
    for (let i = 0; i < 30; i += 1) await stage.noticed(await stage.card(), '2026-03-05');
    const file = await stage.upToFields('2026-03');
    if (mounted.status === 0) {
      await expect(stage.act.writeBureauFile(file)).rejects.toMatchObject({ type: 'FILE_UNWRITABLE' });
      expect(readdirSync(kept)).toEqual([]);
      expect(stage.sent()).toEqual([]);
      spawnSync('mount', ['-o', 'remount,size=4m', kept], { stdio: 'ignore' });
    } else console.warn('No file system can be mounted here: the month is told without a full disk.');
    await stage.send(file);
    expect((await stage.records('usbureaus202603.txt')).size).toBe(30);
  } finally {
    spawnSync('umount', [kept], { stdio: 'ignore' });
    await stage.close();
  }
});

test('what whoever makes the pieces throws passes as it is, and the part goes', async () => {
  const path = join(folder, 'file.txt');
  async function* broken(): AsyncGenerator<string> {
    yield 'a'.repeat(400_000);
    throw new Error('the book is away');
  }
  await expect(writeWhole(path, broken(), 'latin1')).rejects.toThrow('the book is away');
  expect(readdirSync(folder)).toEqual([]);
});
