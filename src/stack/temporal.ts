import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { fail } from '../domain/errors/forbear-error';
import type { Keeper, Service } from './keeper';
import { freePorts, isFree } from './ports';

export interface TemporalServer {
  /** Host and port for clients and workers. */
  readonly address: string;
  /** Temporal's own UI. */
  readonly ui: string;
  readonly ports: TemporalPorts;
  readonly service: Service;
}

export interface TemporalPorts extends Readonly<Record<string, number>> {
  readonly grpc: number;
  readonly ui: number;
}

/**
 * Starts Temporal's dev server on loopback with its SQLite file in the keeper's data folder.
 *
 * @param program from `findTemporal`
 * @param wanted the ports of last time, taken again where they are free
 * @throws STACK_SERVICE_FAILED
 */
export async function startTemporal(
  keeper: Keeper,
  program: string,
  wanted?: TemporalPorts,
): Promise<TemporalServer> {
  const file = join(keeper.data, 'temporal', 'temporal.db');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt++) {
    const [grpc, ui, http, metrics] = await choose(wanted);
    const ports: TemporalPorts = { grpc, ui };
    const service = keeper.spawn('temporal', {
      command: program,
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${grpc}`, '--ui-port', `${ui}`],
        ...['--http-port', `${http}`, '--metrics-port', `${metrics}`],
        ...['--db-filename', file, '--log-level', 'error', '--color', 'never'],
        // Neither the user's profile nor their environment may lead this server anywhere else.
        ...['--disable-config-file', '--disable-config-env'],
      ],
      env: withoutTemporal(process.env),
      ports,
      stopSignal: 'SIGTERM',
      graceMs: 8_000,
    });
    const address = `127.0.0.1:${grpc}`;
    if (await answers(service, address)) return { address, ui: `http://127.0.0.1:${ui}`, ports, service };
    await keeper.stop('temporal');
    if (attempt === 3) {
      fail('STACK_SERVICE_FAILED', { service: 'temporal', reason: 'it does not answer', log: service.log });
    }
  }
}

/** The environment without what steers Temporal's clients and server. */
export function withoutTemporal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function choose(wanted?: TemporalPorts): Promise<[number, number, number, number]> {
  const [grpc, ui, http, metrics] = (await freePorts(4)) as [number, number, number, number];
  const again = wanted !== undefined && (await isFree(wanted.grpc)) && (await isFree(wanted.ui));
  return again ? [wanted.grpc, wanted.ui, http, metrics] : [grpc, ui, http, metrics];
}

async function answers(service: Service, address: string): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (service.alive() && Date.now() < until) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '2s' });
      await connection.close();
      return service.alive();
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  return false;
}
