import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enoughRounds, planRoutes } from '../src/domain/visit/route/search';
import { readSolomon } from '../src/domain/visit/route/solomon';
import { ROOT } from './support/root';
import type { Row } from './support/row';

const FOLDER = join(ROOT, '..', 'shared', 'data', 'solomon');
const CUSTOMERS = [25, 50, 100] as const;
const WITHIN = [5, 5, 8] as const;

/** Best known distances of the first 25, 50 and 100 customers, each way cut to one decimal. */
const BEST: Readonly<Record<string, readonly number[]>> = {
  C101: [191.3, 362.4, 827.3],
  R101: [617.1, 1044.0, 1637.7],
  RC101: [461.1, 944.0, 1619.8],
};

/** Three instances of Solomon against the best known, with the rounds that the command takes by itself. */
export function main(): Promise<Row[]> {
  if (!existsSync(FOLDER))
    return Promise.resolve([{ what: 'skipped', measured: 'the instances are not here' }]);
  return Promise.resolve(
    Object.keys(BEST).flatMap((name) => CUSTOMERS.map((_, index) => planned(name, index))),
  );
}

function planned(name: string, index: number): Row {
  const file = join(FOLDER, `${name}.txt`);
  const customers = CUSTOMERS[index] ?? 0;
  const { problem } = readSolomon(readFileSync(file, 'utf8'), file, customers);
  const started = process.cpuUsage();
  const plan = planRoutes(problem, { seed: 1, rounds: enoughRounds(customers) });
  const { user, system } = process.cpuUsage(started);
  const best = BEST[name]?.[index] ?? 0;
  const length = plan.distance / 10_000;
  const gap = (length / best - 1) * 100;
  const seconds = (user + system) / 1e6;
  const most = WITHIN[index] ?? 0;
  return {
    what: `${name}, ${customers} customers: distance, above the best known, processor time`,
    measured: `${length.toFixed(1)}, ${gap.toFixed(2)} %, ${seconds.toFixed(1)} s`,
    aim: `within ${most} % in 10 s`,
    met: plan.leftOut.length === 0 && gap <= most && seconds < 10,
  };
}
