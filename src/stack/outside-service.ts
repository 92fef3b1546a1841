import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Keeper, Service } from './keeper';
import { startNode } from './node-service';
import { isFree } from './ports';

interface OutsidePorts {
  readonly smtpPort: number;
  readonly smppPort: number;
  readonly httpPort: number;
}

/** The mail server, the SMS centre and the mailbox page of this machine: nothing leaves it. */
export interface OutsideService extends OutsidePorts {
  readonly service: Service;
}

/** Starts them, on the same ports as before where these are free. @throws STACK_SERVICE_FAILED, STACK_NOT_BUILT */
export async function startOutsideService(keeper: Keeper, before?: OutsidePorts): Promise<OutsideService> {
  const folder = join(keeper.data, 'outside');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const again = before !== undefined && (await allFree(before)) ? before : undefined;
  const args = [
    ...['--folder', folder, '--smtp-port', `${again?.smtpPort ?? 0}`],
    ...['--smpp-port', `${again?.smppPort ?? 0}`, '--http-port', `${again?.httpPort ?? 0}`],
  ];
  const program = { file: 'stack/outside/main.js', args, env: process.env };
  const { service, ready } = await startNode(keeper, 'outside', program, isPorts);
  return { service, smtpPort: ready.smtpPort, smppPort: ready.smppPort, httpPort: ready.httpPort };
}

async function allFree(ports: OutsidePorts): Promise<boolean> {
  const free = await Promise.all([ports.smtpPort, ports.smppPort, ports.httpPort].map(isFree));
  return free.every((it) => it);
}

function isPorts(line: unknown): line is OutsidePorts {
  const found = line as Partial<OutsidePorts>;
  return [found.smtpPort, found.smppPort, found.httpPort].every((port) => typeof port === 'number');
}
