import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import { Keeper } from '../../src/stack/keeper';
import { prepareNamespace } from '../../src/stack/namespace';
import { startTemporal } from '../../src/stack/temporal';
import { findTemporal } from '../../src/stack/temporal-server';

/** A Temporal server to live on: a namespace with the search attributes, and both kinds of connection to it. */
export interface TemporalPlace {
  readonly client: Client;
  readonly native: NativeConnection;
  readonly namespace: string;
  close(): Promise<void>;
}

export async function connectTo(address: string, namespace: string): Promise<TemporalPlace> {
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const close = async (): Promise<void> => {
    await Promise.all([connection.close(), native.close()]);
  };
  return { client: new Client({ connection, namespace, identity: 'client' }), native, namespace, close };
}

/** The stack's own dev server, with its SQLite file in a folder that is gone afterwards. */
export async function startPlace(): Promise<TemporalPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  try {
    const program = await findTemporal(() => undefined);
    const { address } = await startTemporal(keeper, program.path);
    await prepareNamespace(address, 'bench');
    const place = await connectTo(address, 'bench');
    const close = async (): Promise<void> => {
      await place.close();
      await keeper.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { ...place, close };
  } catch (error) {
    await keeper.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Once in a process, before anything connects: only what went wrong is said. */
export function quietRuntime(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({
    logger: new DefaultLogger('WARN'),
    telemetryOptions: { logging: { filter, forward: {} } },
  });
}
