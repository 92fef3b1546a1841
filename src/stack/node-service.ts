import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../domain/errors/forbear-error';
import type { Keeper, Service } from './keeper';

/** Where the built programs stand, from the sources as well as from the build itself. */
export function built(file: string): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const path = join(folder, 'dist', file);
  return existsSync(path) ? path : fail('STACK_NOT_BUILT', { file: path });
}

/**
 * Starts one of our own programs and waits for the line of JSON by which it says that it is ready.
 *
 * @param isReady picks that line among what the program prints
 * @throws STACK_SERVICE_FAILED when the program ends first or says nothing for a minute
 */
export async function startNode<T>(
  keeper: Keeper,
  name: string,
  program: { readonly file: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv },
  isReady: (line: unknown) => line is T,
): Promise<{ readonly service: Service; readonly ready: T }> {
  const service = keeper.spawn(name, {
    command: process.execPath,
    args: ['--enable-source-maps', built(program.file), ...program.args],
    env: program.env,
    ports: {},
    stopSignal: 'SIGTERM',
    graceMs: 20_000,
  });
  const until = Date.now() + 60_000;
  while (service.alive() && Date.now() < until) {
    const ready = readLines(service.out).find(isReady);
    if (ready !== undefined) return { service, ready };
    await new Promise((done) => setTimeout(done, 50));
  }
  const reason = service.alive() ? 'it does not get ready' : 'it ended at once';
  await keeper.stop(name);
  return fail('STACK_SERVICE_FAILED', { service: name, reason, log: service.log });
}

function readLines(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
}
