import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's own folder for what is fetched or built once: servers, never data. Made when missing. */
export function cacheFolder(part: string): string {
  const base =
    process.env['FORBEAR_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'forbear');
  const folder = join(base, part);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Receives one line for a person about what the stack is doing. */
export type Say = (line: string) => void;
