import type { Promised } from '../account/state';
import { addDays } from '../calendar/day';
import { lastDayFor } from '../promise/judge';
import { rulesFor } from '../promise/rules';
import { activeHolds } from '../hold/active';
import type { Instant } from '../units';
import { localDate } from '../calendar/zone';
import type { Decision, Why } from './decision';
import { candidates, UNTIL_AN_EVENT } from './due-steps';
import { momentOf } from './ladder-day';
import type { Situation } from './situation';
import { stageWakes } from './stage';
import { why } from './why';

interface Wake {
  readonly at: Instant;
  readonly why: Why;
}

/**
 * Nothing is to be done now: when the account looks again, and why then. Anchored to due dates and absolute moments,
 * never to when something happened to run; `until` null waits for news only.
 */
export function waiting(situation: Situation): Decision {
  const { now } = situation;
  let next: Wake | null = null;
  for (const wake of wakes(situation)) {
    if (wake.at > now && wake.at < UNTIL_AN_EVENT && (next === null || wake.at < next.at)) next = wake;
  }
  if (next === null) return { at: now, action: { do: 'wait', until: null }, why: why('wait-nothing') };
  return { at: next.at, action: { do: 'wait', until: next.at }, why: next.why };
}

function* wakes(situation: Situation): Iterable<Wake> {
  const { account, strategy, standing } = situation;
  const dayOf = (at: Instant): string => localDate(at, account.terms.zone);

  for (const { step, ready, origin } of candidates(situation)) {
    const on = dayOf(ready);
    const reason =
      origin === 'put-off'
        ? why('wait-put-off', { step: step.title, on })
        : why('wait-step', { title: step.title, step: step.name, on });
    yield { at: ready, why: reason };
  }
  for (const { at, stage } of stageWakes(situation))
    yield { at, why: why('wait-stage', { stage, on: dayOf(at) }) };
  for (const promise of account.promises) {
    if (promise.status !== 'open') continue;
    const at = judgedAt(situation, promise);
    yield { at, why: why('wait-promise', { date: promise.date, on: dayOf(at) }) };
  }
  for (const hold of activeHolds(account.holds, situation.day)) {
    if (hold.until === null) continue;
    yield {
      at: momentOf(situation, addDays(hold.until, 1)),
      why: why('wait-hold', { hold: hold.type, until: hold.until }),
    };
  }
  for (const task of account.open)
    yield { at: task.until, why: why('wait-task', { step: task.step, on: dayOf(task.until) }) };
  if (account.episode?.curedOn) {
    const at = momentOf(situation, addDays(account.episode.curedOn, strategy.counting.watchDays));
    yield { at, why: why('wait-watch', { on: dayOf(at) }) };
  }
  if (standing.nextDue !== null && account.terms.books === 'obligations') {
    yield {
      at: momentOf(situation, addDays(standing.nextDue, 1)),
      why: why('wait-due', { due: standing.nextDue }),
    };
  }
}

/** A promise is judged on the first posting run after its grace: the next day's moment. */
export function judgedAt(situation: Situation, promise: Promised): Instant {
  const { account, strategy } = situation;
  const last = lastDayFor(promise, rulesFor(strategy, account.path), account.terms.zone);
  return momentOf(situation, addDays(last, 1));
}
