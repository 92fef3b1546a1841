import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which process it is: a pid alone is used again by another process sooner or later. */
export interface Identity {
  readonly pid: number;
  /** When it began, in the operating system's own form; only compared, never read. */
  readonly started: string;
  readonly command: string;
}

/** The process that has this pid now, or null when there is none (a dead one not yet reaped is none). */
export function identify(pid: number): Identity | null {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/**
 * Whether this very process still runs. One that is just ending has given up its command with its memory, but has its
 * ports and files a moment longer: until it is a dead one it runs.
 */
export function runs(known: Identity): boolean {
  const now = identify(known.pid);
  if (now === null || now.started !== known.started) return false;
  return now.command === known.command || now.command === '';
}

/**
 * Ends this very process and waits until it is gone: first by `signal`, after `graceMs` by SIGKILL.
 * Does nothing when the pid belongs to another process by now.
 */
export async function end(known: Identity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!send(known, signal)) return;
  if (await gone(known, graceMs)) return;
  if (!send(known, 'SIGKILL')) return;
  await gone(known, 10_000);
}

function send(known: Identity, signal: NodeJS.Signals): boolean {
  if (!runs(known)) return false;
  try {
    process.kill(known.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function gone(known: Identity, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (runs(known)) {
    if (Date.now() > until) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
}

function fromProc(pid: number): Identity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return { pid, started: `${bootId()}:${fields[19] ?? ''}`, command };
  } catch {
    return null;
  }
}

/** Start times on Linux count from the boot, so the boot belongs to them. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function fromPs(pid: number): Identity | null {
  const ask = (field: string): string =>
    execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    if (ask('stat').startsWith('Z')) return null;
    return { pid, started: ask('lstart'), command: ask('command') };
  } catch {
    return null;
  }
}
