import { benchLife } from '../../bench/life/bench-life';
import { BUDGET } from '../../bench/life/budget';
import { bytesAtRest, countActions, eventsOf } from '../../bench/life/count';
import { lifeBundle, liveOnce } from '../../bench/life/live';
import { takenOver } from '../../bench/life/script';
import { connectTo, quietRuntime, type TemporalPlace } from '../../bench/support/temporal-place';
import type { Run } from '../../bench/life/histories';
import { ownNamespace } from '../support/servers';

const script = benchLife();
let place: TemporalPlace;
let runs: readonly Run[];

beforeAll(async () => {
  quietRuntime();
  const { address, namespace, close } = await ownNamespace();
  await close();
  place = await connectTo(address, namespace);
  runs = await liveOnce(place, await lifeBundle(), script, 'budget');
}, 240_000);
afterAll(() => place?.close());

test('a life of twenty steps and eight messages is billed as planned, not one action more', () => {
  expect(countActions(runs)).toEqual({
    ...{ starts: 5, timers: 20, activities: 21, retries: 0, signals: 8, updates: 0, upserts: 0 },
    total: BUDGET.actions,
  });
});

test('its history is some eight kilobytes on average while it rests, and sixteen at most', () => {
  const { average, most } = bytesAtRest(runs, takenOver(script));
  expect(average).toBeLessThanOrEqual(BUDGET.averageBytes);
  expect(most).toBeLessThanOrEqual(BUDGET.mostBytes);
  expect(most).toBeGreaterThan(0);
});

test('its history has no more events than planned', () => {
  expect(eventsOf(runs)).toBeLessThanOrEqual(BUDGET.events);
});
