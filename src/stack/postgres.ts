import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import { fail } from '../domain/errors/forbear-error';
import type { Keeper, Service } from './keeper';
import { freePorts, isFree } from './ports';
import { placeFor, removeElsewhere, type PostgresPlace } from './postgres-place';
import { end, identify } from './process-table';

export interface Postgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly service: Service;
  /** Address of one database. */
  url(database: string): string;
}

const USER = 'forbear';

/**
 * Starts PostgreSQL from npm on loopback, with its files in the keeper's data folder. On the same port as last time
 * where that is free, so that an address that was noted stays right.
 *
 * @param durable whether what is committed must outlive a power cut; tests and the demo do without
 * @throws STACK_SERVICE_FAILED, STACK_NO_POSTGRES, STACK_NO_UNPRIVILEGED_USER
 */
export async function startPostgres(keeper: Keeper, durable: boolean, wanted?: number): Promise<Postgres> {
  const place = placeFor(keeper.data, durable);
  const password = passwordOf(keeper.data);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) await initialise(keeper, place, password, durable);
  for (let attempt = 1; ; attempt++) {
    await clearPidFile(place);
    const port = wanted !== undefined && (await isFree(wanted)) ? wanted : (await freePorts(1))[0]!;
    const service = launch(keeper, place, port, durable);
    if (await answers(service, port, password)) {
      return { port, user: USER, password, service, url: (database) => urlOf(port, password, database) };
    }
    // After a kill -9 the old server's own children hold its shared memory for a moment.
    if (attempt === 5)
      fail('STACK_SERVICE_FAILED', { service: 'postgres', reason: 'it does not answer', log: service.log });
    await keeper.stop('postgres');
    await new Promise((done) => setTimeout(done, 500 * attempt));
  }
}

/** Makes a database unless it is there. */
export async function createDatabase(postgres: Pick<Postgres, 'url'>, database: string): Promise<void> {
  await withClient(postgres.url('postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  });
}

/** Drops a database, whoever is still connected to it. */
export async function dropDatabase(postgres: Pick<Postgres, 'url'>, database: string): Promise<void> {
  await withClient(postgres.url('postgres'), async (client) => {
    await client.query(`drop database if exists ${escapeIdentifier(database)} with (force)`);
  });
}

/** Removes PostgreSQL's files, also those outside the data folder. Only after it was stopped. */
export function removePostgresFiles(data: string): void {
  removeElsewhere(data);
  rmSync(join(data, 'postgres'), { recursive: true, force: true });
}

export function urlOf(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function initialise(
  keeper: Keeper,
  place: PostgresPlace,
  password: string,
  durable: boolean,
): Promise<void> {
  // A folder without its version was left by an initialisation that was cut off.
  rmSync(place.cluster, { recursive: true, force: true });
  mkdirSync(place.cluster, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(place.cluster, '..', 'init-'));
  const passwordFile = join(secret, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.user !== undefined) {
    for (const path of [place.cluster, secret, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  }
  const args = [
    '-D',
    place.cluster,
    '-U',
    USER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  // The order of texts must not depend on which locales the machine has.
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  if (!durable) args.push('--no-sync');
  try {
    await promisify(execFile)(join(place.bin, 'initdb'), args, {
      cwd: '/',
      env: environment(),
      ...place.user,
    });
  } catch (error) {
    const log = keeper.logOf('postgres');
    writeFileSync(log, String((error as { stderr?: string }).stderr ?? error), { flag: 'a' });
    rmSync(place.cluster, { recursive: true, force: true });
    fail('STACK_SERVICE_FAILED', { service: 'postgres', reason: 'initdb failed', log });
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

function launch(keeper: Keeper, place: PostgresPlace, port: number, durable: boolean): Service {
  const on = durable ? 'on' : 'off';
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: on,
    full_page_writes: on,
    // Everywhere: a commit that is only in PostgreSQL's own memory would be lost with a killed process.
    synchronous_commit: 'on',
    // A failed statement and the detail of its error may hold a person's data, and a log is no place for that.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const args = [
    '-D',
    place.cluster,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  return keeper.spawn('postgres', {
    command: join(place.bin, 'postgres'),
    args,
    cwd: '/',
    env: environment(),
    ...place.user,
    ports: { sql: port },
    // Fast shutdown: open sessions are ended, what was committed stays.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
  });
}

async function answers(service: Service, port: number, password: string): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (service.alive() && Date.now() < until) {
    try {
      await withClient(urlOf(port, password, 'postgres'), (client) => client.query('select 1'));
      return service.alive();
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return false;
}

/**
 * PostgreSQL refuses to start when its own pid file names any live process. A postmaster of this very cluster is
 * stopped; a file that names a dead or a foreign process is removed.
 */
async function clearPidFile(place: PostgresPlace): Promise<void> {
  const file = join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const found = identify(Number(readFileSync(file, 'utf8').split('\n')[0]));
  if (found !== null && found.command.includes(place.cluster) && isPostmasterOf(found.pid, place.cluster)) {
    await end(found, 'SIGINT', 20_000);
  }
  rmSync(file, { force: true });
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

function passwordOf(data: string): string {
  const file = join(data, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}
