import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, ForbearError } from '../domain/errors/forbear-error';
import type { Say } from './cache';
import { interruption, untilRaised } from './interruption';
import { Keeper } from './keeper';
import { ownerOf } from './lock';
import { built } from './node-service';
import { end, runs } from './process-table';
import { defaultData, runningStack, type StackInfo } from './running';
import { startStack } from './stack';

export interface UpOptions {
  readonly data?: string;
  readonly say?: Say;
  /** Called once everything runs. */
  readonly ready?: (stack: StackInfo) => void;
}

/**
 * The stack for daily use: runs until Ctrl-C or a request to end, then stops everything in order; the data stays.
 * Returns the code to exit with: 0 after an orderly stop, 1 when a service was lost.
 *
 * @throws STACK_* when it cannot start
 */
export async function up(options: UpOptions): Promise<number> {
  const stopped = interruption();
  const lost = new AbortController();
  try {
    const stack = await startStack({
      kind: 'up',
      data: options.data,
      say: options.say,
      signal: stopped.signal,
      onLost: () => lost.abort(),
    });
    options.ready?.(stack);
    await untilRaised(AbortSignal.any([stopped.signal, lost.signal]));
    options.say?.('Stopping');
    await stack.stop();
    return lost.signal.aborted ? 1 : 0;
  } catch (error) {
    if (error instanceof ForbearError && error.code === 'STACK_INTERRUPTED') return stopped.exitCode();
    throw error;
  } finally {
    stopped.dispose();
  }
}

/**
 * Starts `up` in the background and returns when everything runs. `down` ends it.
 *
 * @throws STACK_DATA_IN_USE, STACK_SERVICE_FAILED
 */
export async function upDetached(options: Pick<UpOptions, 'data' | 'say'>): Promise<StackInfo> {
  const data = resolve(options.data ?? defaultData('up'));
  const owner = ownerOf(join(data, 'run'));
  if (owner !== null && runs(owner)) return fail('STACK_DATA_IN_USE', { folder: data, pid: owner.pid });
  mkdirSync(join(data, 'log'), { recursive: true, mode: 0o700 });
  const log = join(data, 'log', 'up.log');
  const fd = openSync(log, 'w', 0o600);
  const child = spawn(process.execPath, [built('stack/up-main.js'), data], {
    detached: true,
    stdio: ['ignore', fd, fd],
  });
  closeSync(fd);
  let code: number | null = null;
  child.once('exit', (ended) => (code = ended ?? 1));
  for (let said = 0; code === null;) {
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    for (const line of lines.slice(said)) if (line !== READY) options.say?.(line);
    said = lines.length;
    const stack = lines.includes(READY) ? runningStack(data) : null;
    if (stack !== null) {
      child.unref();
      return stack;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  const reason = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? 'it ended';
  return fail('STACK_SERVICE_FAILED', { service: 'up', reason, log });
}

/** The line by which a stack in the background says that everything runs. */
export const READY = 'ready';

/** Stops the stack of a data folder, and what a killed one left. Returns whether there was anything to stop. */
export async function down(data: string = defaultData('up')): Promise<boolean> {
  const owner = ownerOf(join(resolve(data), 'run'));
  if (owner === null) return false;
  const lived = runs(owner);
  await end(owner, 'SIGTERM', 90_000);
  await Keeper.sweep(data);
  return lived;
}
