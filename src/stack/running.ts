import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownerOf } from './lock';
import { runs } from './process-table';

export type StackKind = 'demo' | 'up' | 'test';

/** Everything needed to work with a running stack; kept in `<data>/stack.json`, for this user's eyes only. */
export interface StackInfo {
  readonly kind: StackKind;
  readonly data: string;
  readonly temporalAddress: string;
  /** Whether the address came from the user's environment or profile, and more of it is needed to connect. */
  readonly temporalProfile: boolean;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Temporal's own UI, where the stack started the server. */
  readonly uiAddress: string | null;
  readonly bookUrl: string;
  readonly smtpUrl: string;
  readonly smppUrl: string;
  /** Page that shows every message received on this machine. */
  readonly mailboxAddress: string;
}

/** Data folder of a stack unless `--data` names another. */
export function defaultData(kind: StackKind): string {
  return resolve('.forbear', kind);
}

/** The stack that runs on this data folder now, or null. */
export function runningStack(data: string): StackInfo | null {
  const folder = resolve(data);
  const owner = ownerOf(join(folder, 'run'));
  return owner !== null && runs(owner) ? noted(folder) : null;
}

/** The stack that last ran on this data folder, running or not. */
export function noted(data: string): StackInfo | null {
  try {
    return JSON.parse(readFileSync(join(data, 'stack.json'), 'utf8')) as StackInfo;
  } catch {
    return null;
  }
}

export function note(info: StackInfo): void {
  const file = join(info.data, 'stack.json');
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify(info, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
