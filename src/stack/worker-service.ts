import type { Keeper, Service } from './keeper';
import { startNode } from './node-service';
import { withoutTemporal } from './temporal';
import { writeWorkerEnvironment, type WorkerEnvironment } from './worker-environment';

/**
 * Starts the worker. It is ready when it has printed a line of JSON with `"ready": true`.
 *
 * @throws STACK_SERVICE_FAILED, STACK_NOT_BUILT
 */
export async function startWorkerService(
  keeper: Keeper,
  settings: WorkerEnvironment,
): Promise<{ readonly service: Service }> {
  const inherited = settings.temporalProfile ? process.env : withoutTemporal(process.env);
  const env = { ...inherited, ...writeWorkerEnvironment(settings) };
  return startNode(keeper, 'worker', { file: 'worker.js', args: [], env }, isReady);
}

function isReady(line: unknown): line is { ready: true } {
  return (line as { ready?: unknown }).ready === true;
}
