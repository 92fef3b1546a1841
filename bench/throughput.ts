import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../src/stack/stack';
import { benchLife } from './life/bench-life';
import { lifeBundle, liveOnce } from './life/live';
import { bytesOf, countActions, eventsOf } from './life/count';
import type { Run } from './life/histories';
import { kilobytes, type Row } from './support/row';
import { connectTo } from './support/temporal-place';
import { bareSide } from './throughput/bare';
import { idleSide } from './throughput/idle';
import { realSide } from './throughput/real';
import { together, type Lived, type Side } from './throughput/side';
import { sizesOf } from './throughput/sizes';

/** So many lives at once keep two cores busy all the time: a life waits twenty seconds for its timers alone. */
const LIVES = Number(process.env['FORBEAR_BENCH_LIVES'] ?? 30);
const ROUNDS = Number(process.env['FORBEAR_BENCH_ROUNDS'] ?? 2);
const LEAST_RATIO = 0.9;

/** Lives a second of the engine against a bare workflow's, in turns on one server, so that both meet the same machine. */
export async function main(): Promise<Row[]> {
  const data = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const stack = await startStack({ kind: 'test', data, worker: false });
  try {
    const place = await connectTo(stack.temporalAddress, stack.namespace);
    const bundle = await lifeBundle();
    const script = benchLife();
    const sizes = sizesOf(await liveOnce(place, bundle, script, 'sizes'));
    const bare = await bareSide(place, sizes);
    const idle = idleSide(place, bundle, script);
    const real = await realSide(stack, place, bundle, script);
    const lived = await inTurns([bare, idle, real]);
    const found = rows(lived);
    await real.close();
    await place.close();
    return found;
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function inTurns(sides: readonly Side[]): Promise<readonly Result[]> {
  const lived = new Map<Side, Lived[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of sides) lived.get(side)?.push(await side.live(LIVES));
  }
  return Promise.all(
    sides.map(async (side) => {
      const runs = await side.sample();
      return { side, lived: together(lived.get(side) ?? []), runs };
    }),
  );
}

interface Result {
  readonly side: Side;
  readonly lived: Lived;
  readonly runs: readonly Run[];
}

function rows(all: readonly Result[]): Row[] {
  const rate = ({ lives, seconds }: Lived): number => lives / seconds;
  const base = all[0];
  if (base === undefined) return [];
  const found: Row[] = [{ what: 'lives in each turn, turns of each', measured: `${LIVES}, ${ROUNDS}` }];
  for (const [i, { side, lived, runs }] of all.entries()) {
    const cpu = `${Math.round((lived.cpu * 1000) / lived.lives)} ms`;
    found.push({ what: side.name, measured: `${rate(lived).toFixed(2)} lives a second` });
    found.push({ what: '  processor time of worker and client a life', measured: cpu });
    const carried = `${countActions(runs).total} actions, ${eventsOf(runs)} events, ${kilobytes(bytesOf(runs))}`;
    found.push({ what: '  its first life', measured: carried });
    if (i === 0) continue;
    const ratio = rate(lived) / rate(base.lived);
    const aim = i === 1 ? { aim: `at least ${LEAST_RATIO}`, met: ratio >= LEAST_RATIO } : {};
    found.push({ what: '  of the bare one', measured: ratio.toFixed(2), ...aim });
  }
  return found;
}
