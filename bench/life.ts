import { BUDGET } from './life/budget';
import { benchLife } from './life/bench-life';
import { coldWakes } from './life/cold-wake';
import { bytesAtRest, bytesOf, countActions, eventsOf, type Actions } from './life/count';
import { highestRisk } from './life/highest-risk';
import { lifeBundle, liveOnce } from './life/live';
import type { Run } from './life/histories';
import { takenOver } from './life/script';
import { atMost, kilobytes, whole, type Row } from './support/row';
import { startPlace } from './support/temporal-place';

/** What one account's life costs, and beside it the longest and hardest path of the standard card. */
export async function main(): Promise<Row[]> {
  const place = await startPlace();
  try {
    const bundle = await lifeBundle();
    const scripts = { life: benchLife(), hard: highestRisk() };
    const [runs, hard] = await Promise.all([
      liveOnce(place, bundle, scripts.life, 'life'),
      liveOnce(place, bundle, scripts.hard, 'hard'),
    ]);
    const wake = await coldWakes(runs, scripts.life.strategy, bundle);
    const hardWake = await coldWakes(hard, scripts.hard.strategy, bundle);
    return [
      ...rows('life of 20 steps and 8 messages', runs, takenOver(scripts.life), true),
      ...wakeRows(wake),
      ...rows('highest-risk path of standard-card', hard, takenOver(scripts.hard), false),
      ...wakeRows(hardWake),
    ];
  } finally {
    await place.close();
  }
}

function rows(name: string, runs: readonly Run[], from: string, isBudget: boolean): Row[] {
  const actions = countActions(runs);
  const { average, most } = bytesAtRest(runs, from);
  const largest = Math.max(...runs.map(({ bytes }) => bytes));
  // The aims are those of the life that the budget was made for; the other is shown beside it.
  const held = (what: string, measured: number, aim: number, text = whole): Row =>
    isBudget ? atMost(what, measured, aim, text) : { what, measured: text(measured) };
  return [
    held(`${name}: billable actions`, actions.total, BUDGET.actions),
    { what: '  of these', measured: parts(actions) },
    held('  history events', eventsOf(runs), BUDGET.events),
    held('  history at rest, average over its days', average, BUDGET.averageBytes, kilobytes),
    held('  history at rest, at most', most, BUDGET.mostBytes, kilobytes),
    { what: '  largest run, its end included', measured: kilobytes(largest) },
    { what: '  all runs together', measured: kilobytes(bytesOf(runs)) },
  ];
}

function parts({ starts, timers, activities, retries, signals, updates, upserts }: Actions): string {
  const some = { starts, timers, activities, retries, signals, updates, upserts };
  return Object.entries(some)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

function wakeRows({ wakes, average, most }: { wakes: number; average: number; most: number }): Row[] {
  const ms = (n: number): string => `${n.toFixed(1)} ms`;
  return [
    { what: `  processor time of a cold wake, average of ${wakes}`, measured: ms(average) },
    { what: '  processor time of the coldest wake', measured: ms(most) },
  ];
}
