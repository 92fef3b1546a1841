import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../domain/errors/forbear-error';
import { copyNative, hydrate, nativeFolder, reachableByAll } from './postgres-binaries';

/** Where PostgreSQL's programs and files stand, and as whom it runs. */
export interface PostgresPlace {
  readonly bin: string;
  readonly cluster: string;
  /** Set when root started us: PostgreSQL refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Set when the files stand outside the data folder, because that user cannot reach into it. */
  readonly elsewhere?: string;
}

/**
 * The files stand in the data folder. Only root's PostgreSQL, which runs as another user, may have to stand elsewhere:
 * below /var/lib when they must last, else in the folder for temporary files. A note in the data folder says where.
 */
export function placeFor(data: string, durable: boolean): PostgresPlace {
  const native = nativeFolder();
  if (process.getuid?.() !== 0)
    return { bin: runnable(native, join(data, 'postgres')), cluster: join(data, 'postgres', 'cluster') };

  const user = unprivileged();
  const within = join(data, 'postgres');
  if (reachableByAll(within) && reachableByAll(native)) {
    mkdirSync(within, { recursive: true, mode: 0o755 });
    return { bin: runnable(native, within), cluster: join(within, 'cluster'), user };
  }
  const noted = notedPlace(data);
  const elsewhere =
    noted ?? (reachableByAll(within) ? within : join(outside(durable), `forbear-${hash(data)}`));
  own(elsewhere);
  if (elsewhere !== within) writeFileSync(noteFile(data), `${elsewhere}\n`);
  copyNative(native, join(elsewhere, 'native'));
  const place = { bin: join(elsewhere, 'native', 'bin'), cluster: join(elsewhere, 'cluster'), user };
  return elsewhere === within ? place : { ...place, elsewhere };
}

/** Removes what was put outside the data folder. */
export function removeElsewhere(data: string): void {
  const elsewhere = notedPlace(data);
  if (elsewhere === undefined) return;
  rmSync(elsewhere, { recursive: true, force: true });
  rmSync(noteFile(data), { force: true });
}

function runnable(native: string, fallback: string): string {
  try {
    hydrate(native);
    return join(native, 'bin');
  } catch {
    // node_modules may be read-only.
    copyNative(native, join(fallback, 'native'));
    return join(fallback, 'native', 'bin');
  }
}

function unprivileged(): { uid: number; gid: number } {
  for (const name of ['nobody', 'postgres']) {
    try {
      const ask = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: ask('-u'), gid: ask('-g') };
    } catch {
      continue;
    }
  }
  return fail('STACK_NO_UNPRIVILEGED_USER');
}

function outside(durable: boolean): string {
  if (durable) return '/var/lib/forbear';
  return reachableByAll(tmpdir()) ? tmpdir() : '/tmp';
}

/** In a folder that everybody may write to, a name is ours only if the folder behind it is. */
function own(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    fail('STACK_DATA_UNUSABLE', { folder, reason: 'it belongs to another user' });
  }
}

function hash(data: string): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 12);
}

function noteFile(data: string): string {
  return join(data, 'postgres-stands-at.txt');
}

function notedPlace(data: string): string | undefined {
  const note = noteFile(data);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() || undefined : undefined;
}
