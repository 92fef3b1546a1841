import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Keeper } from '../../src/stack/keeper';
import { prepareNamespace } from '../../src/stack/namespace';
import { createDatabase, dropDatabase, startPostgres } from '../../src/stack/postgres';
import { startTemporal } from '../../src/stack/temporal';
import { findTemporal } from '../../src/stack/temporal-server';

/**
 * One PostgreSQL and one Temporal dev server are shared by all test files of a run. Each file has a database and a
 * namespace of its own in them:
 *
 *     let database: TestDatabase;
 *     beforeAll(async () => { database = await ownDatabase(); });
 *     afterAll(() => database.drop());
 */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestNamespace {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  close(): Promise<void>;
}

/** A new, empty database. */
export async function ownDatabase(): Promise<TestDatabase> {
  const server = postgresAt(await postgresBase());
  const name = `test_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name);
  return { url: server.url(name), drop: () => dropDatabase(server, name) };
}

/** A new namespace with the search attributes, and a client of it. */
export async function ownNamespace(): Promise<TestNamespace> {
  const address = await temporalAddress();
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  await prepareNamespace(address, namespace);
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  return { address, namespace, client, close: () => connection.close() };
}

/** Address of the shared Temporal dev server. */
export function temporalAddress(): Promise<string> {
  return shared('temporal', async (keeper) => {
    const program = await findTemporal(() => undefined);
    return (await startTemporal(keeper, program.path)).address;
  });
}

function postgresBase(): Promise<string> {
  return shared('postgres', async (keeper) => (await startPostgres(keeper, false)).url(''));
}

function postgresAt(base: string): { url(database: string): string } {
  return { url: (database) => `${base}${database}` };
}

/** Test files run in several processes: the first that needs a server starts it, the others wait for its address. */
async function shared(name: string, start: (keeper: Keeper) => Promise<string>): Promise<string> {
  const folder = process.env['FORBEAR_TEST_RUN'];
  if (folder === undefined) throw new Error('These tests run under Jest with its global setup.');
  const ready = join(folder, `${name}.address`);
  const turn = join(folder, `${name}.starting`);
  for (const until = Date.now() + 90_000; Date.now() < until;) {
    if (existsSync(ready)) return readFileSync(ready, 'utf8');
    if (taken(turn)) {
      await new Promise((done) => setTimeout(done, 100));
      continue;
    }
    try {
      const address = await start(Keeper.join(folder));
      writeFileSync(`${ready}.new`, address);
      renameSync(`${ready}.new`, ready);
      return address;
    } finally {
      rmSync(turn, { recursive: true, force: true });
    }
  }
  throw new Error(`The shared ${name} server did not start in time.`);
}

function taken(turn: string): boolean {
  try {
    mkdirSync(turn);
    return false;
  } catch {
    return true;
  }
}
