import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../domain/errors/forbear-error';
import { lock, ownerOf, unlock } from './lock';
import { end, identify, runs, type Identity } from './process-table';

/** What a started service is remembered by, in `<data>/run/<name>.json`. */
export interface ServiceRecord {
  readonly name: string;
  readonly process: Identity;
  readonly ports: Readonly<Record<string, number>>;
  readonly stopSignal: NodeJS.Signals;
  readonly graceMs: number;
  /** Order of starting: services are stopped the other way round. */
  readonly place: number;
}

export interface ServiceStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Another user to run as; only root may name one. */
  readonly uid?: number;
  readonly gid?: number;
  readonly ports: Readonly<Record<string, number>>;
  readonly stopSignal: NodeJS.Signals;
  readonly graceMs: number;
}

export interface Service {
  readonly name: string;
  readonly pid: number;
  /** Standard output and standard error; files, so that a service outlives nobody's broken pipe. */
  readonly out: string;
  readonly log: string;
  alive(): boolean;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
}

/**
 * Keeps the processes of one data folder. Each is written down before anything else is done with it, and known again
 * by pid, start time and command together: never by name or port.
 */
export class Keeper {
  private closed: Promise<void> | undefined;
  /** Processes that were ended on purpose: their exit may be seen only after the stop is done. */
  private readonly ended = new Set<number>();

  private constructor(
    readonly data: string,
    readonly run: string,
  ) {}

  /**
   * Takes a data folder for this process and stops what a killed run left in it.
   *
   * @throws STACK_DATA_IN_USE, STACK_DATA_UNUSABLE
   */
  static async open(folder: string): Promise<Keeper> {
    const keeper = Keeper.join(folder);
    lock(keeper.data, keeper.run);
    await keeper.stopAll();
    return keeper;
  }

  /** Joins a data folder that another process of the same run has taken. */
  static join(folder: string): Keeper {
    const data = resolve(folder);
    const run = join(data, 'run');
    try {
      // Root's PostgreSQL runs as another user and must get through to its own folder.
      mkdirSync(run, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
      mkdirSync(join(data, 'log'), { recursive: true, mode: 0o700 });
    } catch (error) {
      fail('STACK_DATA_UNUSABLE', {
        folder: data,
        reason: (error as NodeJS.ErrnoException).code ?? 'unknown',
      });
    }
    return new Keeper(data, run);
  }

  /** Stops what a dead run left in a folder, if it left anything. Returns false when its owner still lives. */
  static async sweep(folder: string): Promise<boolean> {
    const keeper = Keeper.join(folder);
    const owner = ownerOf(keeper.run);
    if (owner !== null && runs(owner)) return false;
    await keeper.stopAll();
    return true;
  }

  /** Where a service writes. */
  logOf(name: string): string {
    return join(this.data, 'log', `${name}.log`);
  }

  /** @throws STACK_INTERRUPTED once the keeper is closing */
  spawn(name: string, start: ServiceStart): Service {
    if (this.closed !== undefined) fail('STACK_INTERRUPTED');
    const out = join(this.data, 'log', `${name}.out`);
    const log = this.logOf(name);
    const outFd = openSync(out, 'w');
    const logFd = openSync(log, 'a');
    let child: ChildProcess;
    try {
      child = spawn(start.command, [...start.args], {
        cwd: start.cwd ?? this.data,
        env: start.env ?? process.env,
        uid: start.uid,
        gid: start.gid,
        // A session of its own: Ctrl-C in the terminal reaches only us, and we stop the services in order.
        detached: true,
        stdio: ['ignore', outFd, logFd],
      });
    } finally {
      closeSync(outFd);
      closeSync(logFd);
    }
    const pid = child.pid;
    // A program that cannot be run has no pid; its error event says no more than that.
    child.on('error', () => undefined);
    if (pid === undefined)
      return fail('STACK_SERVICE_FAILED', { service: name, reason: `cannot run ${start.command}`, log });
    const known = identify(pid);
    if (known !== null) this.write(name, start, known);
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.unref();
    return { name, pid, out, log, alive: () => child.exitCode === null && child.signalCode === null, ended };
  }

  /** Whether this process of ours ended because it was told to, or nothing is to run any more. */
  wasStopped(pid: number): boolean {
    return this.closed !== undefined || this.ended.has(pid);
  }

  records(): ServiceRecord[] {
    return readdirSync(this.run)
      .filter((file) => file.endsWith('.service.json'))
      .flatMap((file) => {
        try {
          return [JSON.parse(readFileSync(join(this.run, file), 'utf8')) as ServiceRecord];
        } catch {
          return [];
        }
      })
      .sort((a, b) => b.place - a.place);
  }

  recordOf(name: string): ServiceRecord | undefined {
    return this.records().find((record) => record.name === name);
  }

  async stop(name: string): Promise<void> {
    const record = this.recordOf(name);
    if (record === undefined) return;
    this.ended.add(record.process.pid);
    await end(record.process, record.stopSignal, record.graceMs);
    rmSync(this.fileOf(name), { force: true });
  }

  /** Stops every service, the last started first, and gives the folder back. */
  close(): Promise<void> {
    this.closed ??= this.closeOnce();
    return this.closed;
  }

  private async closeOnce(): Promise<void> {
    await this.stopAll();
    unlock(this.run);
  }

  private async stopAll(): Promise<void> {
    for (const record of this.records()) await this.stop(record.name);
  }

  private fileOf(name: string): string {
    return join(this.run, `${name}.service.json`);
  }

  private write(name: string, start: ServiceStart, known: Identity): void {
    const before = this.recordOf(name);
    const place = before?.place ?? Math.max(0, ...this.records().map((record) => record.place)) + 1;
    const { ports, stopSignal, graceMs } = start;
    const record: ServiceRecord = { name, process: known, ports, stopSignal, graceMs, place };
    const file = this.fileOf(name);
    writeFileSync(`${file}.new`, JSON.stringify(record));
    renameSync(`${file}.new`, file);
  }
}
