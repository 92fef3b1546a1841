import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../domain/errors/forbear-error';
import { identify, runs, type Identity } from './process-table';

/**
 * Takes a data folder for this process, so that two runs never share one. A lock whose owner is dead is taken over.
 *
 * @throws STACK_DATA_IN_USE when another live process has it
 */
export function lock(folder: string, runFolder: string): void {
  const me = identify(process.pid);
  const file = lockFile(runFolder);
  for (let round = 0; round < 5; round++) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(runFolder);
    if (owner !== null && runs(owner)) return fail('STACK_DATA_IN_USE', { folder, pid: owner.pid });
    setAside(file, owner);
  }
  fail('STACK_DATA_IN_USE', { folder, pid: ownerOf(runFolder)?.pid ?? 0 });
}

/** Gives the folder back if this process has it. */
export function unlock(runFolder: string): void {
  if (ownerOf(runFolder)?.pid === process.pid) rmSync(lockFile(runFolder), { force: true });
}

/** Who took the folder, or null when nobody did or the file was cut off by a crash. */
export function ownerOf(runFolder: string): Identity | null {
  try {
    return JSON.parse(readFileSync(lockFile(runFolder), 'utf8')) as Identity;
  } catch {
    return null;
  }
}

function lockFile(runFolder: string): string {
  return join(runFolder, 'lock.json');
}

/** Two runs may find the same dead owner: only the one that moves that owner's file away may go on from it. */
function setAside(file: string, dead: Identity | null): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readFileSync(aside, 'utf8');
    if (dead !== null && moved !== JSON.stringify(dead)) renameSync(aside, file);
    else rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
