import { simulateYear } from '../test/domain/policy/pack/simulated-year';
import type { Options } from './support/options';
import { whole, type Row } from './support/row';

const YEARS = 500;

/**
 * Made-up years of made-up people: every contact that the gate allows is judged by the naive checker of the tests. Any
 * number of them with `--years`, from `--seed` on; the first that breaks a rule ends the run and says which.
 */
export function main({ years = YEARS, seed }: Options): Promise<Row[]> {
  const sum = { asked: 0, allowed: 0, deferred: 0, blocked: 0, reviewed: 0 };
  const started = process.cpuUsage();
  for (let n = 0; n < years; n += 1) {
    const year = simulateYear(seed + n);
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += year[key];
    if ((n + 1) % 1_000 === 0) console.log(`${whole(n + 1)} years …`);
  }
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  return Promise.resolve([
    { what: 'made-up years, of which none broke a rule', measured: whole(years) },
    { what: 'contacts asked for', measured: whole(sum.asked) },
    { what: 'allowed, each judged again by the naive checker', measured: whole(sum.allowed) },
    { what: 'put off', measured: whole(sum.deferred) },
    { what: 'refused, asked of a human', measured: `${whole(sum.blocked)}, ${whole(sum.reviewed)}` },
    { what: 'processor time', measured: `${seconds.toFixed(1)} s` },
  ]);
}
