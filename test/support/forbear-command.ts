import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { House } from './house';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'forbear');

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as people do, as a process of its own, against the stack of the house. */
export function forbear(
  house: House | null,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Said> {
  const where = house === null ? {} : { FORBEAR_DATA: house.stack.data };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      env: { ...process.env, ...where, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
}
