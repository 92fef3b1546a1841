import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Keeper } from '../../src/stack/keeper';
import { removePostgresFiles } from '../../src/stack/postgres';

const RUNS = resolve(__dirname, '..', '..', '.forbear', 'test');

/** Each run of the tests keeps its servers in a folder of its own, so that several runs can go on at once. */
export function runFolder(pid: number): string {
  return join(RUNS, String(pid));
}

/** Stops the servers of runs that were killed, and removes what they left. */
export async function sweepDeadRuns(): Promise<void> {
  if (!existsSync(RUNS)) return;
  for (const name of readdirSync(RUNS)) {
    const folder = join(RUNS, name);
    if (await Keeper.sweep(folder)) removeRun(folder);
  }
}

export function removeRun(folder: string): void {
  removePostgresFiles(folder);
  rmSync(folder, { recursive: true, force: true });
}
