import { addDays } from '../calendar/day';
import { stoppedBy } from '../hold/active';
import type { Stage } from '../strategy/strategy';
import type { Instant } from '../units';
import { meets, testsOf } from './condition';
import { countsFrom } from './facts';
import { dayOfLadder, ladderDay, momentOf } from './ladder-day';
import type { Situation } from './situation';

/**
 * The stage that the facts give now: the last one in the document whose day has come and whose condition holds; one
 * that was entered is kept until its `leave` holds. Days follow the facts, so a payment takes the account back at once.
 * A hold that freezes the stage keeps it from going further.
 */
export function stageNow(situation: Situation): string | null {
  const { account, strategy, day } = situation;
  const { stages } = strategy;
  const reached = ladderDay(situation);
  const to = stages.reduce((last, stage, index) => (isMet(stage, reached, situation) ? index : last), -1);
  const now = stages.findIndex((stage) => stage.name === account.stage);
  if (to > now && stoppedBy(account.holds, day, 'stage') !== null) return account.stage;
  return stages[to]?.name ?? null;
}

function isMet(stage: Stage, reached: number | null, { account, facts, standing }: Situation): boolean {
  const from = fromDay(stage, account.path);
  if (from === null) return false;
  // What is entered early still needs a debt: nothing past due is no stage, unless the books wrote it off.
  const owes = standing.treatmentDue !== null || account.writtenOff;
  const early = stage.early !== undefined && owes && meets(stage.early, facts);
  const itsDay = reached !== null && reached >= from && (owes || from < 0);
  if (!early && !itsDay) return false;
  if (stage.name === account.stage) return stage.leave === undefined || !meets(stage.leave, facts);
  return meets(stage.enter, facts);
}

function fromDay(stage: Stage, path: string | null): number | null {
  return path === null ? null : (stage.from[path] ?? null);
}

/** Moments after now at which the mere passing of days may change the stage. */
export function stageWakes(
  situation: Situation,
): readonly { readonly at: Instant; readonly stage: string }[] {
  const { account, strategy, standing, now } = situation;
  const wakes: { at: Instant; stage: string }[] = [];
  for (const stage of strategy.stages) {
    const from = fromDay(stage, account.path);
    if (from === null) continue;
    const days = [dayOfLadder(situation, from)];
    for (const test of [...testsOf(stage.enter), ...testsOf(stage.early), ...testsOf(stage.leave)]) {
      if (typeof test.value !== 'number') continue;
      const start = countsFrom(test.fact, account, standing);
      // `> 90` turns on the day after `>= 90` would: one day more covers both.
      if (test.fact === 'dpd')
        days.push(dayOfLadder(situation, test.value), dayOfLadder(situation, test.value + 1));
      else if (start !== null) days.push(addDays(start, test.value), addDays(start, test.value + 1));
    }
    for (const day of days) {
      const at = day === null ? null : momentOf(situation, day);
      if (at !== null && at > now) wakes.push({ at, stage: stage.name });
    }
  }
  return wakes;
}
